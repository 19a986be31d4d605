package email.daimon.local.operate.deploy;

import static java.util.Objects.requireNonNull;

/**
 * What one check found.
 *
 * @param says one sentence; where something is wrong, with the cure
 */
public record Finding(Verdict verdict, String about, String says) {
  public Finding {
    requireNonNull(verdict, "verdict is null");
    requireNonNull(about, "about is null");
    requireNonNull(says, "says is null");
  }

  /** Whether a deployment may go on. */
  public enum Verdict {
    OK,
    /** It may; the operator should know. */
    NOTE,
    STOP
  }

  String line() {
    String mark =
        switch (verdict) {
          case OK -> "ok  ";
          case NOTE -> "note";
          case STOP -> "STOP";
        };
    return "%s  %-12s  %s".formatted(mark, about, says);
  }
}
