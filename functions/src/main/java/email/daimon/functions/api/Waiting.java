package email.daimon.functions.api;

import com.fasterxml.jackson.databind.node.IntNode;
import java.time.Duration;

/** What calls that wait have in common: how long at most, and what they say of it. */
final class Waiting {
  /** API Gateway gives up after 30 seconds. */
  static final int MOST_SECONDS = 25;

  /** What may be asked for, and is then cut to {@link #MOST_SECONDS}. */
  static final int LONGEST = 3_600;

  private static final int AGAIN_AFTER = 2;

  private Waiting() {}

  /** Seconds to wait; more than {@link #MOST_SECONDS} is taken for that, and said. */
  static Duration time(Request request, String name, int byDefault) {
    int given = request.query().number(name, 0, LONGEST, byDefault);
    if (given > MOST_SECONDS) {
      request.hint(name + " is at most " + MOST_SECONDS + " seconds: call again for more");
    }
    return Duration.ofSeconds(Math.min(given, MOST_SECONDS));
  }

  /** Whole seconds that a call was ready to wait. */
  static long applied(Holding.Held<?> held) {
    return held.applied().plusMillis(999).toSeconds();
  }

  /** Tells when to come again where too many calls wait already. */
  static Reply told(Reply reply, Holding.Held<?> held) {
    return held.refused()
        ? reply
            .header("Retry-After", Integer.toString(AGAIN_AFTER))
            .beside("retry_after", IntNode.valueOf(AGAIN_AFTER))
        : reply;
  }
}
