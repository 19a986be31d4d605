package email.daimon.functions.api;

/** Ids with the prefixes that older pages have: taken on input, never given out. */
final class OlderIds {
  private OlderIds() {}

  static String present(String id) {
    if (id.startsWith("inb_")) {
      return "inbox_" + id.substring("inb_".length());
    }
    if (id.startsWith("thr_")) {
      return "thread_" + id.substring("thr_".length());
    }
    return id;
  }
}
