package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a mail that is attached to a mail is about, in its own words: nobody verified its sender.
 *
 * @param from bare addresses
 * @param to bare addresses, at most {@link #MOST}
 * @param messageId with brackets
 * @param preview beginning of its text on one line, at most 200 characters
 */
public record ForwardedMail(
    String subject,
    List<String> from,
    List<String> to,
    Optional<Instant> date,
    Optional<String> messageId,
    String preview) {
  /** Addresses that are kept of one field. */
  public static final int MOST = 10;

  public ForwardedMail {
    requireNonNull(subject, "subject is null");
    from = List.copyOf(from);
    to = List.copyOf(to);
    requireNonNull(date, "date is null");
    requireNonNull(messageId, "messageId is null");
    requireNonNull(preview, "preview is null");
  }

  /** Bytes that it takes in a row, about. */
  public long size() {
    long size = 100 + TextCut.size(subject) + TextCut.size(preview);
    size += messageId.map(TextCut::size).orElse(0L);
    for (String address : from) {
      size += 4 + TextCut.size(address);
    }
    for (String address : to) {
      size += 4 + TextCut.size(address);
    }
    return size;
  }
}
