package email.daimon.functions.store;

import java.time.Instant;
import java.util.List;

/**
 * The generated secret that signs cursors and tokens. Deploying may move the present one to the
 * previous place; what that signed stays good.
 */
public interface SigningSecrets {
  /** The secrets to try, the one to sign with first. At most five minutes old. */
  List<byte[]> at(Instant now);
}
