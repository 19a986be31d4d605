package email.daimon.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * When a webhook that did not take an event is told again: after 5 s, 5 min, 30 min, 2 h, 5 h, 10
 * h, 14 h, 20 h and 24 h, each 20 % more or less, so that not all come back at once; ten calls
 * within about three days (Standard Webhooks 1.0).
 */
public final class WebhookSchedule {
  private static final List<Duration> DELAYS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  /** Calls of one telling. */
  public static final int CALLS = DELAYS.size() + 1;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final double JITTER = 0.2;

  private WebhookSchedule() {}

  /**
   * How long after a failed call the next one comes.
   *
   * @param tried calls so far, at least one
   * @param overloaded whether the endpoint answered 429 or not in time: it has a minute at least
   * @param wish how long it asked to be left alone: granted from the planned time to twice that
   * @param random from 0 to 1
   * @return empty where that was the last call
   */
  public static Optional<Duration> delay(
      int tried, boolean overloaded, Optional<Duration> wish, double random) {
    if (tried >= CALLS) {
      return Optional.empty();
    }
    double factor = 1 - JITTER + 2 * JITTER * random;
    Duration planned =
        Duration.ofMillis(Math.round(DELAYS.get(Math.max(0, tried - 1)).toMillis() * factor));
    if (overloaded && planned.compareTo(PATIENCE) < 0) {
      planned = PATIENCE;
    }
    Duration longest = planned.multipliedBy(2);
    Duration wanted = wish.orElse(planned);
    if (wanted.compareTo(planned) < 0) {
      return Optional.of(planned);
    }
    return Optional.of(wanted.compareTo(longest) > 0 ? longest : wanted);
  }

  /**
   * How long a {@code Retry-After} (RFC 9110, 10.2.3) asks for: seconds, or until a date. Empty for
   * anything else.
   */
  public static Optional<Duration> wish(String retryAfter, Instant now) {
    String text = retryAfter.strip();
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
