package email.daimon.local.operate.doctor;

import static java.util.Objects.requireNonNull;

/**
 * What was found at one place.
 *
 * @param about the record or hop, such as {@code MX example.org}
 * @param says one sentence; where something is wrong, with what to set
 */
public record Diagnosis(State state, String about, String says) {
  public Diagnosis {
    requireNonNull(state, "state is null");
    requireNonNull(about, "about is null");
    requireNonNull(says, "says is null");
  }

  /** How bad it is. */
  public enum State {
    OK,
    /** Mail goes and comes, but less well than it could. */
    WEAK,
    WRONG
  }

  public String line() {
    String mark =
        switch (state) {
          case OK -> "ok   ";
          case WEAK -> "weak ";
          case WRONG -> "WRONG";
        };
    return "%s  %s: %s".formatted(mark, about, says);
  }
}
