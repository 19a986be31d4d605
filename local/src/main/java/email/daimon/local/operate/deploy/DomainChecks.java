package email.daimon.local.operate.deploy;

import email.daimon.local.operate.Dns;
import java.util.List;
import java.util.Optional;

/** Whether the domain may be taken for mail. */
final class DomainChecks {
  private static final String PROPOSED_LABEL = "agents.";
  private final Dns dns;
  private final String region;
  private final Checks.Notes notes;

  DomainChecks(Dns dns, String region, Checks.Notes notes) {
    this.dns = dns;
    this.region = region;
    this.notes = notes;
  }

  /** A name to take in its place, where the domain's mail goes elsewhere. */
  Optional<String> mx(String domain) {
    if (!domain.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?") || !domain.contains(".")) {
      notes.stop("domain", "%s is no domain in lower case, such as example.org".formatted(domain));
      return Optional.empty();
    }
    Dns.Answer answer = dns.ask(domain, Dns.Type.MX);
    if (!answer.reached()) {
      notes.stop(
          "domain",
          "DNS gives no answer about %s: try again, or see its name servers".formatted(domain));
      return Optional.empty();
    }
    List<String> hosts =
        answer.values().stream()
            .map(mx -> mx.substring(mx.indexOf(' ') + 1))
            // RFC 7505: a domain that says it takes no mail.
            .filter(host -> !host.isBlank())
            .toList();
    if (hosts.isEmpty()) {
      notes.ok("domain", "%s has no MX yet".formatted(domain));
      return Optional.empty();
    }
    if (hosts.equals(List.of(AccountChecks.receivingHost(region)))) {
      notes.ok("domain", "%s has its MX at SES already".formatted(domain));
      return Optional.empty();
    }
    String better = PROPOSED_LABEL + domain;
    notes.stop(
        "domain",
        "%s receives its mail at %s, which would end: take a subdomain, --domain %s"
            .formatted(domain, String.join(", ", hosts), better));
    return Optional.of(better);
  }
}
