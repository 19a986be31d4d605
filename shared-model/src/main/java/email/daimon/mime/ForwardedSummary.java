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
 * @param date what its Date field says
 */
public record ForwardedSummary(String subject, List<MailAddress> from, Optional<Instant> date) {
  public ForwardedSummary {
    Objects.requireNonNull(subject, "subject");
    from = List.copyOf(from);
    Objects.requireNonNull(date, "date");
  }
}
