package email.daimon.thread;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

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

  /**
   * The References of a mail that is sent into a thread: the thread's anchor, by which an answer
   * finds the thread though SES gives the mail another id; then the earlier ids, oldest first; the
   * parent last. Each once, without regard to brackets and case. Of a longer chain the first and
   * the last ones.
   *
   * @param earlier ids that have been on the wire, those of the parent's own References included
   * @param most ids in all
   */
  public static List<String> toSend(
      String anchor, List<String> earlier, Optional<String> parent, int most) {
    SequencedMap<String, String> chain = new LinkedHashMap<>();
    chain.put(MessageIds.canonical(anchor), anchor);
    earlier.forEach(id -> chain.putIfAbsent(MessageIds.canonical(id), id));
    parent
        .filter(id -> !MessageIds.canonical(id).equals(MessageIds.canonical(anchor)))
        .ifPresent(id -> chain.putLast(MessageIds.canonical(id), id));
    chain.remove("");
    List<String> ids = List.copyOf(chain.values());
    if (ids.size() <= most) {
      return ids;
    }
    List<String> kept = new ArrayList<>(ids.subList(0, 1));
    kept.addAll(ids.subList(ids.size() - (most - 1), ids.size()));
    return List.copyOf(kept);
  }
}
