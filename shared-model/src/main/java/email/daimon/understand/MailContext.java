package email.daimon.understand;

import email.daimon.mime.Attachment;
import email.daimon.mime.Mail;
import email.daimon.mime.MailAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands around the texts of a mail and helps to read them.
 *
 * @param subject decoded
 * @param from authors of the mail
 * @param replyTo where answers are wanted
 * @param unsubscribe values of List-Unsubscribe (RFC 2369, RFC 8058)
 * @param fileNames names of the attachments
 * @param attached texts of the attachments, HTML among them
 * @param fields what fields of the header say that no program shows
 */
public record MailContext(
    String subject,
    List<MailAddress> from,
    List<MailAddress> replyTo,
    List<String> unsubscribe,
    List<String> fileNames,
    List<String> attached,
    List<String> fields) {
  private static final int FIELDS = 20;
  private static final int BLANKS = 3;

  /** Of a text without a mail around it. */
  public static final MailContext NONE =
      new MailContext("", List.of(), List.of(), List.of(), List.of());

  /** Of a mail with no texts but those of its body. */
  public MailContext(
      String subject,
      List<MailAddress> from,
      List<MailAddress> replyTo,
      List<String> unsubscribe,
      List<String> fileNames) {
    this(subject, from, replyTo, unsubscribe, fileNames, List.of(), List.of());
  }

  public MailContext {
    Objects.requireNonNull(subject, "subject");
    from = List.copyOf(from);
    replyTo = List.copyOf(replyTo);
    unsubscribe = List.copyOf(unsubscribe);
    fileNames = List.copyOf(fileNames);
    attached = List.copyOf(attached);
    fields = List.copyOf(fields);
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
        mail.attachments().stream().map(Attachment::filename).toList(),
        mail.attachments().stream().flatMap(MailContext::texts).toList(),
        mail.headers().entrySet().stream()
            .filter(field -> isUnseen(field.getKey()))
            .flatMap(field -> field.getValue().stream())
            .filter(value -> value.chars().filter(c -> c == ' ').count() >= BLANKS)
            .limit(FIELDS)
            .toList());
  }

  private static Stream<String> texts(Attachment file) {
    return Stream.concat(
        file.words().stream(),
        file.forwarded().stream()
            .flatMap(mail ->
                Stream.of(Optional.of(mail.subject()), mail.text(), mail.html())
                    .flatMap(Optional::stream)));
  }

  /** Fields that anybody may invent, but for those that filters write. */
  private static boolean isUnseen(String field) {
    return field.equals("comments")
        || field.equals("keywords")
        || (field.startsWith("x-") && field.indexOf("spam") < 0 && field.indexOf("virus") < 0);
  }
}
