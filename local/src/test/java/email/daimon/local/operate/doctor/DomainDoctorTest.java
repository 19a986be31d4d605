package email.daimon.local.operate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.local.operate.Dns;
import email.daimon.local.operate.Identity;
import email.daimon.local.operate.doctor.Diagnosis.State;
import email.daimon.local.operate.testing.DnsServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each wrong record is explained in one sentence that says what to set. */
final class DomainDoctorTest {
  private static final String DOMAIN = "agents.example.org";
  private static final Optional<Identity> IDENTITY =
      Optional.of(new Identity(DOMAIN, true, List.of("k1", "k2"), Optional.of("mail." + DOMAIN)));
  private final DnsServer dns = new DnsServer();

  @BeforeEach
  void healthy() {
    dns.add(DOMAIN, "MX", "10 inbound-smtp.eu-west-1.amazonaws.com")
        .add(DOMAIN, "TXT", "v=spf1 include:amazonses.com ~all")
        .add(DOMAIN, "TXT", "google-site-verification=abc")
        .add("_dmarc." + DOMAIN, "TXT", "v=DMARC1; p=none; rua=mailto:postmaster@" + DOMAIN)
        .add("k1._domainkey." + DOMAIN, "CNAME", "k1.dkim.amazonses.com")
        .add("k2._domainkey." + DOMAIN, "CNAME", "k2.dkim.amazonses.com")
        .add("mail." + DOMAIN, "MX", "10 feedback-smtp.eu-west-1.amazonses.com")
        .add("mail." + DOMAIN, "TXT", "v=spf1 include:amazonses.com ~all")
        .add("api." + DOMAIN, "CNAME", "d-1.execute-api.eu-west-1.amazonaws.com");
  }

  @AfterEach
  void stop() {
    dns.close();
  }

  @Test
  void aHealthyDomainHasAllRecords() {
    assertThat(examine()).hasSize(8).allMatch(found -> found.state() == State.OK);
  }

  @Test
  void whatIsMissingIsSaidWithTheRecordToSet() {
    dns.remove(DOMAIN, "MX")
        .remove("k2._domainkey." + DOMAIN, "CNAME")
        .remove("api." + DOMAIN, "CNAME");
    assertThat(wrong())
        .containsExactly(
            "WRONG  MX agents.example.org: it is missing, so no mail to the domain arrives: set"
                + " agents.example.org. MX 10 inbound-smtp.eu-west-1.amazonaws.com.",
            "WRONG  CNAME k2._domainkey.agents.example.org: it is missing, so SES does not sign, and"
                + " does not send for the domain: set k2._domainkey.agents.example.org. CNAME"
                + " k2.dkim.amazonses.com.",
            "WRONG  host api.agents.example.org: there is no such host, and links that are handed out"
                + " lead there: set a CNAME to the API's regional domain name, or deploy with another"
                + " PublicUrl");
  }

  @Test
  void mailThatGoesElsewhereIsNamed() {
    dns.remove(DOMAIN, "MX").add(DOMAIN, "MX", "10 aspmx.l.google.com");
    assertThat(wrong())
        .singleElement()
        .asString()
        .contains("mail goes to aspmx.l.google.com, not to SES in eu-west-1");
    dns.add(DOMAIN, "MX", "10 inbound-smtp.eu-west-1.amazonaws.com");
    assertThat(wrong())
        .singleElement()
        .asString()
        .contains("some mail goes to aspmx.l.google.com instead: remove every MX but");
    dns.remove(DOMAIN, "MX").add(DOMAIN, "MX", "10 inbound-smtp.us-east-1.amazonaws.com");
    assertThat(wrong())
        .singleElement()
        .asString()
        .contains("mail goes to inbound-smtp.us-east-1.amazonaws.com, not to SES in eu-west-1");
  }

  @Test
  void wrongSendersPoliciesAreExplained() {
    dns.add(DOMAIN, "TXT", "v=spf1 -all");
    assertThat(wrong()).singleElement().asString().contains("2 records of SPF", "join them");
    dns.remove(DOMAIN, "TXT").add(DOMAIN, "TXT", "v=spf1 include:_spf.google.com ~all");
    assertThat(wrong())
        .singleElement()
        .asString()
        .contains("does not let SES send: put include:amazonses.com before its end");
    dns.remove(DOMAIN, "TXT").add(DOMAIN, "TXT", "v=spf1 include:amazonses.com +all");
    assertThat(wrong()).singleElement().asString().contains("+all lets everybody send");
    dns.remove(DOMAIN, "TXT");
    assertThat(wrong())
        .singleElement()
        .asString()
        .contains("set agents.example.org. TXT \"v=spf1 include:amazonses.com ~all\"");
  }

  @Test
  void dmarcMayComeFromTheDomainAbove() {
    dns.remove("_dmarc." + DOMAIN, "TXT");
    assertThat(states("TXT _dmarc." + DOMAIN)).containsExactly(State.WEAK);
    dns.add("_dmarc.example.org", "TXT", "v=DMARC1; p=reject");
    assertThat(states("TXT _dmarc." + DOMAIN)).containsExactly(State.OK);
    dns.add("_dmarc." + DOMAIN, "TXT", "v=DMARC1; rua=mailto:a@example.org");
    assertThat(wrong()).singleElement().asString().contains("no policy: add p=none");
  }

  @Test
  void aBrokenNameServerIsNotAMissingRecord() {
    dns.fail(DOMAIN);
    assertThat(wrong())
        .hasSize(2)
        .allMatch(line -> line.contains("DNS gives no answer") && !line.contains("missing"));
  }

  @Test
  void withoutAnIdentityItsKeysAreNotLookedAt() {
    assertThat(
            new DomainDoctor(Dns.at("127.0.0.1", dns.port()), "eu-west-1")
                .examine(DOMAIN, Optional.empty()))
        .hasSize(4);
  }

  private List<Diagnosis> examine() {
    return new DomainDoctor(Dns.at("127.0.0.1", dns.port()), "eu-west-1").examine(DOMAIN, IDENTITY);
  }

  private List<String> wrong() {
    return examine().stream()
        .filter(found -> found.state() == State.WRONG)
        .map(Diagnosis::line)
        .toList();
  }

  private List<State> states(String about) {
    return examine().stream()
        .filter(found -> found.about().equals(about))
        .map(Diagnosis::state)
        .toList();
  }
}
