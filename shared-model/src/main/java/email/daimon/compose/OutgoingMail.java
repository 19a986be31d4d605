package email.daimon.compose;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mail to be composed. Nothing in it can end a header field or begin another: mailboxes and
 * headers are checked, the subject is brought to one line. Bcc is the envelope's alone.
 *
 * @param from the inbox
 * @param subject one line; empty where there is none
 * @param text plain text with any line ends
 * @param html HTML with any line ends, sent as it is
 * @param headers of the caller's own ({@link CallerHeaders})
 * @param messageId with or without brackets
 * @param inReplyTo with or without brackets
 * @param references oldest first, with or without brackets; {@link
 *     email.daimon.thread.References#toSend}
 * @param automatic whether it answers an automatic mail ({@code Auto-Submitted: auto-replied})
 * @param hop how many mails of platforms like ours led to it; 0 leaves {@code X-Daimon-Hop} out
 */
public record OutgoingMail(
    Mailbox from,
    List<Mailbox> replyTo,
    List<Mailbox> to,
    List<Mailbox> cc,
    String subject,
    String text,
    Optional<String> html,
    List<OutgoingFile> files,
    Map<String, String> headers,
    String messageId,
    Instant date,
    Optional<String> inReplyTo,
    List<String> references,
    boolean automatic,
    int hop) {

  /**
   * Checks and normalises.
   *
   * @throws HeaderRefusedException if one of the headers may not be set
   */
  public OutgoingMail {
    requireNonNull(from, "from is null");
    replyTo = List.copyOf(replyTo);
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    subject = OneLine.of(subject);
    requireNonNull(text, "text is null");
    requireNonNull(html, "html is null");
    files = List.copyOf(files);
    CallerHeaders.check(headers);
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    requireNonNull(messageId, "messageId is null");
    requireNonNull(date, "date is null");
    requireNonNull(inReplyTo, "inReplyTo is null");
    references = List.copyOf(references);
    if (hop < 0) {
      throw new IllegalArgumentException("hop " + hop);
    }
    if (WireIds.of(List.of(messageId)).isEmpty()) {
      throw new IllegalArgumentException("Message-ID '" + messageId + "'");
    }
  }
}
