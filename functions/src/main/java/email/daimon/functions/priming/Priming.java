package email.daimon.functions.priming;

import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.aws.AwsClientFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a function's own code before the snapshot, against services that only remember. What runs is
 * a second handler with clients, clock and randomness of its own: of these, nothing is left but
 * loaded and compiled code, so that no time, id, key or connection is in the snapshot. Without
 * SnapStart nothing is run: there it would only make the first start longer.
 */
public final class Priming {
  private static final Logger LOG = LoggerFactory.getLogger(Priming.class);
  // What runs so often is compiled by the first compiler.
  private static final int ROUNDS = 10;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private Priming() {}

  /** Called by a handler's constructor for Lambda. A rehearsal that fails costs speed alone. */
  public static void beforeSnapshot(Consumer<Wiring> rehearsal) {
    if ("snap-start".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
      try {
        for (int round = 0; round < ROUNDS; round++) {
          rehearse(System.getenv(), rehearsal);
        }
      } catch (RuntimeException e) {
        LOG.error("metric PrimingFailed 1: starts are slower", e);
      }
    }
  }

  /**
   * Runs a rehearsal once.
   *
   * @param environment of the function
   */
  public static void rehearse(Map<String, String> environment, Consumer<Wiring> rehearsal) {
    rehearsal.accept(
        new Wiring(
            Settings.of(environment),
            AwsClientFactory.offline(environment, new RememberingServices()),
            InstantSource.fixed(NOW),
            new Random(0)));
  }
}
