package email.daimon.local.ses;

import email.daimon.compose.AttachmentTypes;
import email.daimon.mime.Attachment;
import email.daimon.mime.Mail;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What SES takes and what it refuses. Source: Amazon SES developer guide, "Service quotas" and
 * "Amazon SES email sending errors", and API reference v2, SendEmail.
 */
public final class SendingRules {
  private static final int MOST_RECIPIENTS = 50;
  private static final int LARGEST_MAIL = 40 << 20;
  private static final int LONGEST_TAG = 256;
  private static final List<String> ONCE =
      List.of(
          "From",
          "Sender",
          "Reply-To",
          "To",
          "Cc",
          "Bcc",
          "Subject",
          "Date",
          "Message-ID",
          "In-Reply-To",
          "References",
          "MIME-Version",
          "Content-Type",
          "Content-Transfer-Encoding");
  private final Set<String> verifiedDomains;
  private final Set<String> configurationSets;
  private final Tenants tenants;

  /**
   * @param verifiedDomains from which, and from whose subdomains, mail may be sent; lower case
   */
  public SendingRules(Set<String> verifiedDomains, Set<String> configurationSets, Tenants tenants) {
    this.tenants = Objects.requireNonNull(tenants);
    this.verifiedDomains = Set.copyOf(verifiedDomains);
    this.configurationSets = Set.copyOf(configurationSets);
  }

  /** Throws a {@link SesRefusal} for what SES would not send. */
  void check(SendRequest request, HeaderBlock headers, Mail mail) {
    request
        .configurationSet()
        .filter(name -> !configurationSets.contains(name))
        .ifPresent(name -> {
          throw SesRefusal.notFound("Configuration set <%s> does not exist.".formatted(name));
        });
    request.tags().forEach(SendingRules::checkTag);
    checkRecipients(request.recipients());
    int length = request.raw().asByteArrayUnsafe().length;
    if (length > LARGEST_MAIL) {
      throw SesRefusal.badRequest(
          "Message length is more than %d bytes long: '%d'.".formatted(LARGEST_MAIL, length));
    }
    for (Attachment attachment : mail.attachments()) {
      String name = attachment.declaredName().orElse("");
      if (AttachmentTypes.refused(name).isPresent()) {
        throw SesRefusal.rejected("Illegal filename '%s'.".formatted(name));
      }
    }
    for (String name : ONCE) {
      if (headers.fields().stream().filter(f -> f.name().equalsIgnoreCase(name)).count() > 1) {
        throw SesRefusal.badRequest("Duplicate header '%s'.".formatted(name));
      }
    }
    String from =
        headers
            .first("From")
            .orElseThrow(() -> SesRefusal.badRequest("Missing required header 'From'."));
    checkVerified(from, headers.fromDomain());
    request
        .tenant()
        .ifPresent(tenant ->
            tenants.check(
                tenant,
                verified(headers.fromDomain()).orElse(""),
                request.configurationSet().orElse("")));
    if (!request.from().isEmpty()) {
      checkAddress(bare(request.from()));
      checkVerified(request.from(), domain(bare(request.from())));
    }
  }

  private static void checkRecipients(List<String> recipients) {
    if (recipients.isEmpty()) {
      throw SesRefusal.badRequest("Provide at least one destination.");
    }
    if (recipients.size() > MOST_RECIPIENTS) {
      throw SesRefusal.badRequest("Recipient count exceeds 50.");
    }
    recipients.forEach(address -> checkAddress(bare(address)));
  }

  private void checkVerified(String identity, String domain) {
    if (verified(domain).isEmpty()) {
      throw SesRefusal.rejected(
          "Email address is not verified. The following identities failed the check in region US-EAST-1: "
              + identity);
    }
  }

  private Optional<String> verified(String domain) {
    String wanted = domain.toLowerCase(Locale.ROOT);
    return verifiedDomains.stream()
        .filter(own -> wanted.equals(own) || wanted.endsWith("." + own))
        .findFirst();
  }

  private static void checkTag(String name, String value) {
    for (String text : List.of(name, value)) {
      if (!text.matches("[A-Za-z0-9_-]{1," + LONGEST_TAG + "}")) {
        throw SesRefusal.badRequest("Invalid message tag: '%s'.".formatted(text));
      }
    }
  }

  private static void checkAddress(String address) {
    int at = address.lastIndexOf('@');
    if (at < 1 || at == address.length() - 1) {
      throw SesRefusal.badRequest("Missing final '@domain'");
    }
    String local = address.substring(0, at);
    if (local.chars().anyMatch(c -> c <= ' ' || c == 127)) {
      throw SesRefusal.badRequest("Local address contains control or whitespace");
    }
    if (local.chars().anyMatch(c -> c > 127)) {
      throw SesRefusal.badRequest("Local address contains a character that is not ASCII");
    }
    String domain = address.substring(at + 1);
    if (!domain.matches("[A-Za-z0-9.-]+")) {
      throw SesRefusal.badRequest("Domain contains illegal character");
    }
    if (domain.startsWith(".") || domain.endsWith(".") || domain.contains("..")) {
      throw SesRefusal.badRequest("Domain contains dot-dot, or begins or ends with a dot");
    }
  }

  /** Without a display name. */
  static String bare(String address) {
    int open = address.lastIndexOf('<');
    int close = address.indexOf('>', open + 1);
    return open >= 0 && close > open ? address.substring(open + 1, close) : address.strip();
  }

  static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }
}
