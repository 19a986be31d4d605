package email.daimon.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.local.operate.Dns;
import email.daimon.local.operate.testing.DnsServer;
import email.daimon.local.operate.testing.FakeAws;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DoctorCommandTest {
  private final DnsServer dns = new DnsServer();
  private final FakeAws aws = new FakeAws();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void credentials() {
    System.setProperty("aws.accessKeyId", "AKID");
    System.setProperty("aws.secretAccessKey", "secret");
    dns.add("example.org", "MX", "10 inbound-smtp.eu-west-1.amazonaws.com")
        .add("example.org", "TXT", "v=spf1 include:amazonses.com ~all")
        .add("_dmarc.example.org", "TXT", "v=DMARC1; p=none")
        .add("api.example.org", "A", "192.0.2.1")
        .add("k._domainkey.example.org", "CNAME", "k.dkim.amazonses.com");
    aws.answer(
        "GET /v2/email/identities/example.org",
        "{\"VerifiedForSendingStatus\":true,\"DkimAttributes\":{\"Tokens\":[\"k\"]}}");
  }

  @AfterEach
  void stop() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    dns.close();
    aws.close();
  }

  @Test
  void aDomainThatIsRightIsExitZeroAndOneThatIsWrongOne() {
    assertThat(doctor("example.org")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("ok     CNAME k._domainkey.example.org: as it should be")
        .contains("weak   MAIL FROM example.org: none is set");
    dns.remove("k._domainkey.example.org", "CNAME");
    assertThat(doctor("EXAMPLE.org")).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("set k._domainkey.example.org. CNAME");
  }

  @Test
  void whatAwsRefusesIsLeftOutAndSaid() {
    aws.refuse("GET /v2/email/identities/example.org", 403, "AccessDeniedException", "no");
    assertThat(doctor("example.org")).isZero();
    assertThat(out.toString(UTF_8)).contains("note   DKIM and MAIL FROM are not looked at");
    aws.refuse("GET /v2/email/identities/example.org", 404, "NotFoundException", "none");
    assertThat(doctor("example.org")).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("does not know the domain");
  }

  @Test
  void itIsCalledWithOneDomainAndAKeyWithItsInbox() {
    assertThat(doctor()).isEqualTo(2);
    assertThat(doctor("example.org", "--send", "me@example.com", "--key", "dm_live_x"))
        .isEqualTo(1);
    assertThat(err.toString(UTF_8)).isEqualTo("daimon: --key needs --api too: see --help\n");
  }

  private int doctor(String... line) {
    Map<String, String> environment = new HashMap<>(aws.environment());
    environment.put("AWS_REGION", "eu-west-1");
    return new DoctorCommand(
            environment,
            Dns.at("127.0.0.1", dns.port()),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8))
        .run(line);
  }
}
