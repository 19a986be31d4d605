package email.daimon.mime;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a mail within a mail ({@code message/rfc822}) is about. Its own sender is not verified.
 *
 * @param subject decoded, empty if there is none
 * @param from the authors it names
 * @param to whom it went to, in its words
 * @param date what its Date field says
 * @param messageId without brackets
 * @param text the beginning of its plain text
 * @param html the beginning of its HTML, where it has no plain text; not sanitised
 */
public record ForwardedSummary(
    String subject,
    List<MailAddress> from,
    List<MailAddress> to,
    Optional<Instant> date,
    Optional<String> messageId,
    Optional<String> text,
    Optional<String> html) {
  public ForwardedSummary {
    Objects.requireNonNull(subject, "subject");
    from = List.copyOf(from);
    to = List.copyOf(to);
    Objects.requireNonNull(date, "date");
    Objects.requireNonNull(messageId, "messageId");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(html, "html");
  }
}
