package email.daimon.understand.links;

/** The sentence that a link stands in, or that leads to it. */
final class Sentences {
  private static final int LONGEST = 300;
  private static final int SHORTEST = 12;
  private static final String ENDS = ".!?。！？؟।";

  private Sentences() {}

  /**
   * What leads to a place: its sentence, and where that says little the one before it.
   *
   * @param floor where the link before ends
   */
  static String before(String text, int floor, int at) {
    int least = Math.max(floor, at - LONGEST);
    int end = at;
    while (end > least && !Character.isLetterOrDigit(text.charAt(end - 1))) {
      end--;
    }
    int from = start(text, least, end);
    if (end - from < SHORTEST && from > least) {
      from = start(text, least, from - 1);
    }
    return text.substring(from, Math.max(from, at)).strip();
  }

  private static int start(String text, int least, int end) {
    int from = end;
    while (from > least && !endsSentence(text, from - 1, end)) {
      from--;
    }
    return from;
  }

  private static boolean endsSentence(String text, int at, int end) {
    char c = text.charAt(at);
    if (c == '\n') {
      return at > 0 && text.charAt(at - 1) == '\n';
    }
    if (ENDS.indexOf(c) < 0) {
      return false;
    }
    return c > 0x80 || (at + 1 < end && Character.isWhitespace(text.charAt(at + 1)));
  }

  /** How the sentence goes on behind a link, on its line. */
  static String after(String text, int at, int ceiling) {
    int most = Math.min(Math.min(text.length(), ceiling), at + LONGEST / 2);
    int end = at;
    while (end < most && text.charAt(end) != '\n' && ENDS.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(at, Math.max(at, end)).strip();
  }
}
