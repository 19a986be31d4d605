package email.daimon.mime;

import email.daimon.model.CalendarEvent;
import email.daimon.model.Protection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A mail as read by {@link MailParser}. All of it was written by whoever sent it, unless a
 * component says otherwise: data, never instruction.
 *
 * @param subject decoded, one line; empty if there is none
 * @param from authors of the first From field
 * @param authors of all From fields together
 * @param sender of the Sender field
 * @param replyTo where answers are wanted
 * @param to all To fields together
 * @param cc all Cc fields together
 * @param date what the Date field says
 * @param messageId as written, without brackets, up to 998 characters
 * @param inReplyTo ids without brackets, in the order of the field
 * @param references ids without brackets, oldest first, at most {@link Bounds#REFERENCES}
 * @param text plain text, lines ended by LF; empty where the mail has no plain text part
 * @param html HTML as sent, not sanitised, lines ended by LF
 * @param attachments in the order of the mail
 * @param calendar appointments of its calendar parts and files, each once
 * @param protection how it is signed or encrypted, in its own words
 * @param headers lower-case names in order of first appearance, decoded values in order
 * @param transit what the fields of the transport say
 * @param automation what the fields say about who or what wrote the mail
 * @param bodyHash SHA-256 (lower-case hex) of all bytes after the top header block, as handed over
 * @param handedOverHash SHA-256 (lower-case hex) over the header fields below those that the
 *     receiving side wrote, and {@code bodyHash}; two deliveries of one mail share it
 * @param size bytes of the whole mail
 * @param warnings what was odd, each once
 */
public record Mail(
    String subject,
    List<MailAddress> from,
    List<MailAddress> authors,
    List<MailAddress> sender,
    List<MailAddress> replyTo,
    List<MailAddress> to,
    List<MailAddress> cc,
    Optional<Instant> date,
    Optional<String> messageId,
    List<String> inReplyTo,
    List<String> references,
    Optional<String> text,
    Optional<String> html,
    List<Attachment> attachments,
    List<CalendarEvent> calendar,
    Protection protection,
    Map<String, List<String>> headers,
    Transit transit,
    Automation automation,
    String bodyHash,
    String handedOverHash,
    long size,
    List<Warning> warnings) {

  public Mail {
    Objects.requireNonNull(subject, "subject");
    from = List.copyOf(from);
    authors = List.copyOf(authors);
    sender = List.copyOf(sender);
    replyTo = List.copyOf(replyTo);
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    Objects.requireNonNull(date, "date");
    Objects.requireNonNull(messageId, "messageId");
    inReplyTo = List.copyOf(inReplyTo);
    references = List.copyOf(references);
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(html, "html");
    attachments = List.copyOf(attachments);
    calendar = List.copyOf(calendar);
    Objects.requireNonNull(protection, "protection");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(transit, "transit");
    Objects.requireNonNull(automation, "automation");
    Objects.requireNonNull(bodyHash, "bodyHash");
    Objects.requireNonNull(handedOverHash, "handedOverHash");
    warnings = List.copyOf(warnings);
  }

  /** Values of a header field, none if the mail does not have it. The name in lower case. */
  public List<String> header(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /** The Message-ID as users see it, {@code <id>}. */
  public Optional<String> bracketedMessageId() {
    return messageId.map(id -> '<' + id + '>');
  }
}
