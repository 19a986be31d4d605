package email.daimon.local.services;

import java.time.Duration;
import java.util.Objects;

/**
 * What AWS does and emulators hide; it is put back where it is asked for.
 *
 * @param indexLag how far index queries are behind the table
 * @param throttled share of the calls to tables that are refused at first, 0 to 1
 * @param late queue messages come up to so much later than they might
 * @param doubled share of the queue messages that are sent twice, 0 to 1
 */
public record CloudTraits(Duration indexLag, double throttled, Duration late, double doubled) {
  /** As the emulators are. */
  public static final CloudTraits NONE = new CloudTraits(Duration.ZERO, 0, Duration.ZERO, 0);

  public CloudTraits {
    Objects.requireNonNull(indexLag);
    Objects.requireNonNull(late);
    if (indexLag.isNegative() || late.isNegative()) {
      throw new IllegalArgumentException("a time that is negative");
    }
    if (!(throttled >= 0 && throttled < 1 && doubled >= 0 && doubled <= 1)) {
      throw new IllegalArgumentException("a share that is not between 0 and 1");
    }
  }

  /** Nothing but index lag. */
  public static CloudTraits indexLag(Duration lag) {
    return new CloudTraits(lag, 0, Duration.ZERO, 0);
  }
}
