package email.daimon.thread;

import java.util.ArrayList;
import java.util.List;

/** Chains of References, which grow with every answer and may be forged to any length. */
public final class References {
  private References() {}

  /** At most that many ids, oldest first: the first half and the last half of a longer chain. */
  public static List<String> bounded(List<String> ids, int most) {
    if (most < 2) {
      throw new IllegalArgumentException("most " + most);
    }
    if (ids.size() <= most) {
      return List.copyOf(ids);
    }
    List<String> kept = new ArrayList<>(ids.subList(0, most / 2));
    kept.addAll(ids.subList(ids.size() - (most - most / 2), ids.size()));
    return List.copyOf(kept);
  }
}
