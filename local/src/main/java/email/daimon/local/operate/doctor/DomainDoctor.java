package email.daimon.local.operate.doctor;

import static java.util.Objects.requireNonNull;

import email.daimon.local.operate.Dns;
import email.daimon.local.operate.DomainRecords;
import email.daimon.local.operate.ExpectedRecord;
import email.daimon.local.operate.Identity;
import email.daimon.local.operate.doctor.Diagnosis.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads every record of DNS that a mail domain needs. */
public final class DomainDoctor {
  private final Dns dns;
  private final String region;

  public DomainDoctor(Dns dns, String region) {
    this.dns = requireNonNull(dns, "dns is null");
    this.region = requireNonNull(region, "region is null");
  }

  /**
   * @param identity of the domain at SES; without it the records that name its keys are not looked
   *     at
   */
  public List<Diagnosis> examine(String domain, Optional<Identity> identity) {
    List<Diagnosis> found = new ArrayList<>();
    found.add(mx(domain));
    found.add(text(DomainRecords.spf(domain), "v=spf1"));
    found.add(dmarc(domain));
    identity.ifPresent(known -> {
      for (ExpectedRecord record : DomainRecords.dkim(domain, known.tokens())) {
        found.add(alias(record));
      }
      if (known.mailFrom().isEmpty()) {
        found.add(
            new Diagnosis(
                State.WEAK,
                "MAIL FROM " + domain,
                "none is set, so SPF is not aligned: aws sesv2 put-email-identity-mail-from-attributes"
                    + " --email-identity %s --mail-from-domain %s%s --region %s"
                        .formatted(domain, DomainRecords.MAIL_FROM_LABEL, domain, region)));
      }
      known.mailFrom().ifPresent(name -> found.addAll(mailFrom(name)));
    });
    found.add(apiHost(domain));
    return found;
  }

  private Diagnosis mx(String domain) {
    ExpectedRecord expected = DomainRecords.mx(domain, region);
    Dns.Answer answer = dns.ask(domain, Dns.Type.MX);
    String host = host(expected.value());
    List<String> hosts = answer.values().stream().map(DomainDoctor::host).toList();
    if (answer.found() && !hosts.contains(host)) {
      return wrong(
          expected,
          "mail goes to %s, not to SES in %s".formatted(String.join(", ", hosts), region));
    }
    if (hosts.size() > 1 && hosts.contains(host)) {
      List<String> others = hosts.stream().filter(other -> !other.equals(host)).toList();
      return new Diagnosis(
          State.WRONG,
          about(expected),
          "some mail goes to %s instead: remove every MX but %s"
              .formatted(String.join(", ", others), expected.line()));
    }
    return simple(expected, answer, answer.found());
  }

  private static String host(String mx) {
    return mx.substring(mx.indexOf(' ') + 1);
  }

  private Diagnosis alias(ExpectedRecord expected) {
    Dns.Answer answer = dns.ask(expected.name(), expected.type());
    if (answer.found() && !answer.values().contains(expected.value())) {
      return wrong(expected, "it names %s".formatted(String.join(", ", answer.values())));
    }
    return simple(expected, answer, answer.found());
  }

  /** One text of this kind, which lets SES send. */
  private Diagnosis text(ExpectedRecord expected, String version) {
    Dns.Answer answer = dns.ask(expected.name(), expected.type());
    List<String> texts =
        answer.values().stream()
            .filter(text -> text.toLowerCase(Locale.ROOT).startsWith(version))
            .toList();
    if (texts.size() > 1) {
      return new Diagnosis(
          State.WRONG,
          about(expected),
          "there are %d records of SPF, which counts as none (RFC 7208 4.5): join them into one"
              .formatted(texts.size()));
    }
    if (texts.size() == 1 && !texts.getFirst().contains("include:amazonses.com")) {
      return new Diagnosis(
          State.WRONG,
          about(expected),
          "\"%s\" does not let SES send: put include:amazonses.com before its end"
              .formatted(texts.getFirst()));
    }
    if (texts.size() == 1 && texts.getFirst().contains("+all")) {
      return new Diagnosis(
          State.WRONG,
          about(expected),
          "+all lets everybody send for the domain: end it with ~all");
    }
    return simple(expected, answer, texts.size() == 1);
  }

  private Diagnosis dmarc(String domain) {
    ExpectedRecord expected = DomainRecords.dmarc(domain);
    Dns.Answer answer = dns.ask(expected.name(), expected.type());
    List<String> texts =
        answer.values().stream().filter(text -> text.startsWith("v=DMARC1")).toList();
    if (texts.isEmpty() && answer.reached()) {
      Optional<Diagnosis> above = inherited(domain);
      if (above.isPresent()) {
        return above.get();
      }
    }
    if (texts.size() > 1) {
      return new Diagnosis(
          State.WRONG, about(expected), "there are several, which counts as none: keep one");
    }
    if (texts.size() == 1 && !texts.getFirst().replace(" ", "").contains(";p=")) {
      return new Diagnosis(
          State.WRONG, about(expected), "it has no policy: add p=none, later p=quarantine");
    }
    Diagnosis simple = simple(expected, answer, texts.size() == 1);
    // Without it mail is accepted still, by most.
    return simple.state() == State.WRONG && answer.reached()
        ? new Diagnosis(State.WEAK, simple.about(), simple.says())
        : simple;
  }

  // RFC 7489 6.6.3: where a subdomain has none, that of the domain above it holds.
  private Optional<Diagnosis> inherited(String domain) {
    int dot = domain.indexOf('.');
    String above = domain.substring(dot + 1);
    if (!above.contains(".")) {
      return Optional.empty();
    }
    return dns.ask("_dmarc." + above, Dns.Type.TXT).values().stream()
        .filter(text -> text.startsWith("v=DMARC1"))
        .findFirst()
        .map(text ->
            new Diagnosis(
                State.OK, "TXT _dmarc." + domain, "that of %s holds: %s".formatted(above, text)));
  }

  private List<Diagnosis> mailFrom(String name) {
    List<Diagnosis> found = new ArrayList<>();
    for (ExpectedRecord expected : DomainRecords.mailFrom(name, region)) {
      if (expected.type() == Dns.Type.TXT) {
        found.add(text(expected, "v=spf1"));
      } else {
        found.add(alias(expected));
      }
    }
    return found;
  }

  private Diagnosis apiHost(String domain) {
    String name = "api." + domain;
    boolean reached = true;
    for (Dns.Type type : new Dns.Type[] {Dns.Type.A, Dns.Type.AAAA, Dns.Type.CNAME}) {
      Dns.Answer answer = dns.ask(name, type);
      if (answer.found()) {
        return new Diagnosis(State.OK, "host " + name, String.join(", ", answer.values()));
      }
      reached &= answer.reached();
    }
    return new Diagnosis(
        reached ? State.WRONG : State.WEAK,
        "host " + name,
        reached
            ? "there is no such host, and links that are handed out lead there: set a CNAME to the"
                + " API's regional domain name, or deploy with another PublicUrl"
            : "DNS gives no answer: try again");
  }

  private static Diagnosis simple(ExpectedRecord expected, Dns.Answer answer, boolean right) {
    if (!answer.reached()) {
      return new Diagnosis(
          State.WRONG,
          about(expected),
          "DNS gives no answer: see the name servers of the domain, then try again");
    }
    return right
        ? new Diagnosis(State.OK, about(expected), "as it should be")
        : wrong(expected, "it is missing");
  }

  private static Diagnosis wrong(ExpectedRecord expected, String what) {
    return new Diagnosis(
        State.WRONG,
        about(expected),
        "%s, so %s: set %s".formatted(what, expected.use(), expected.line()));
  }

  private static String about(ExpectedRecord expected) {
    return expected.type() + " " + expected.name();
  }
}
