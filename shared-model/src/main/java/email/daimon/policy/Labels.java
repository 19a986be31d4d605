package email.daimon.policy;

import java.util.Collection;
import java.util.Optional;

/** What a label may be: 1 to 64 visible characters; 50 of them on one message or thread. */
public final class Labels {
  private static final int MOST = 50;
  private static final int LONGEST = 64;

  private Labels() {}

  /** What is wrong with labels; empty where nothing is. */
  public static Optional<String> problem(Collection<String> labels) {
    if (labels.size() > MOST) {
      return Optional.of("are at most " + MOST);
    }
    return labels.stream().map(Labels::problem).flatMap(Optional::stream).findFirst();
  }

  /** What is wrong with a label; empty where nothing is. */
  public static Optional<String> problem(String label) {
    boolean visible =
        label
            .codePoints()
            .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    if (label.isBlank() || label.length() > LONGEST || !visible || !label.equals(label.strip())) {
      return Optional.of("are 1 to " + LONGEST + " visible characters each");
    }
    return Optional.empty();
  }
}
