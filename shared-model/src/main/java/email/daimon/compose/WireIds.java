package email.daimon.compose;

import email.daimon.thread.MessageIds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Message ids as they may stand in a field. */
final class WireIds {
  // With the longest name of an id field before it and brackets around, it fits a line.
  private static final int LONGEST = 960;

  private WireIds() {}

  /**
   * In brackets, each once. What strangers made up and a 7-bit line cannot hold is left out: the
   * thread's anchor ties the mail without it.
   */
  static List<String> of(List<String> ids) {
    Map<String, String> kept = new LinkedHashMap<>();
    for (String id : ids) {
      String canonical = MessageIds.canonical(id);
      if (!canonical.isEmpty()
          && canonical.length() <= LONGEST
          && canonical.chars().allMatch(c -> c > ' ' && c < 127 && c != '<' && c != '>')) {
        String tight = id.replaceAll("\\s", "");
        int from = tight.startsWith("<") ? 1 : 0;
        kept.putIfAbsent(canonical, '<' + tight.substring(from, from + canonical.length()) + '>');
      }
    }
    return new ArrayList<>(kept.values());
  }
}
