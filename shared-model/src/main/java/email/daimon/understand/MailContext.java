package email.daimon.understand;

import email.daimon.mime.Attachment;
import email.daimon.mime.Mail;
import email.daimon.mime.MailAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What stands around the texts of a mail and helps to read them.
 *
 * @param subject decoded
 * @param from authors of the mail
 * @param replyTo where answers are wanted
 * @param unsubscribe values of List-Unsubscribe (RFC 2369, RFC 8058)
 * @param fileNames names of the attachments
 */
public record MailContext(
    String subject,
    List<MailAddress> from,
    List<MailAddress> replyTo,
    List<String> unsubscribe,
    List<String> fileNames) {
  /** Of a text without a mail around it. */
  public static final MailContext NONE =
      new MailContext("", List.of(), List.of(), List.of(), List.of());

  public MailContext {
    Objects.requireNonNull(subject, "subject");
    from = List.copyOf(from);
    replyTo = List.copyOf(replyTo);
    unsubscribe = List.copyOf(unsubscribe);
    fileNames = List.copyOf(fileNames);
  }

  /** Registrable domains of the authors. */
  Set<String> domains() {
    return from.stream()
        .map(MailAddress::address)
        .map(address -> RegistrableDomain.of(address.substring(address.lastIndexOf('@') + 1)))
        .filter(domain -> !domain.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  static MailContext of(Mail mail) {
    return new MailContext(
        mail.subject(),
        mail.from(),
        mail.replyTo(),
        mail.header("list-unsubscribe"),
        mail.attachments().stream().map(Attachment::filename).toList());
  }
}
