package email.daimon.understand.codes;

/**
 * What stands around a candidate: its sentence, or the lines above one that stands alone.
 *
 * @param before up to the candidate
 * @param after from the candidate to the end of its sentence or line
 * @param below the next line with words, of one that stands alone
 * @param alone whether it has a line for itself
 */
record Surroundings(String before, String after, String below, boolean alone) {
  private static final int LONGEST = 240;
  private static final int LINES_ABOVE = 2;
  private static final int FULL = 50;
  private static final String ENDS = ".!?。！？؟।";
  private static final String DRAWN = " *_[](){}<>\"'`~|:-—–=#>→「」『』【】《》“”‘’«»・.。,";

  static Surroundings of(String text, Candidate candidate) {
    int start = candidate.start();
    int end = candidate.end();
    int lineStart = text.lastIndexOf('\n', start - 1) + 1;
    int lineEnd = text.indexOf('\n', end);
    lineEnd = lineEnd < 0 ? text.length() : lineEnd;
    boolean alone =
        start - lineStart < LONGEST
            && lineEnd - end < LONGEST
            && isDrawn(text, lineStart, start)
            && isDrawn(text, end, lineEnd);
    int from = alone ? linesAbove(text, lineStart) : sentenceStart(text, start);
    String below = alone ? lineBelow(text, lineEnd) : "";
    return new Surroundings(
        text.substring(Math.min(from, start), start),
        text.substring(end, sentenceEnd(text, end, lineEnd)),
        below,
        alone);
  }

  private static boolean isDrawn(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (DRAWN.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static int linesAbove(String text, int lineStart) {
    int least = Math.max(0, lineStart - LONGEST);
    int lines = 0;
    int from = lineStart;
    int at = lineStart - 1;
    while (at >= least && lines < LINES_ABOVE) {
      int start = text.lastIndexOf('\n', at - 1) + 1;
      if (!text.substring(Math.max(start, least), at).isBlank()) {
        lines++;
        from = Math.max(start, least);
      }
      at = start - 1;
    }
    return from;
  }

  private static String lineBelow(String text, int lineEnd) {
    int at = lineEnd;
    int most = Math.min(text.length(), lineEnd + LONGEST);
    while (at < most && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    int end = text.indexOf('\n', at);
    return text.substring(at, Math.max(at, Math.min(end < 0 ? most : end, most)));
  }

  /** Lines are broken within sentences: an empty line ends one, a full stop before a blank too. */
  private static int sentenceStart(String text, int start) {
    int least = Math.max(0, start - LONGEST);
    for (int i = start - 1; i >= least; i--) {
      char c = text.charAt(i);
      boolean empty = c == '\n' && i > 0 && text.charAt(i - 1) == '\n';
      boolean labelled = c == '\n' && isLabel(text, i + 1, start) && isShort(text, i);
      if (empty || labelled || (ENDS.indexOf(c) >= 0 && endsSentence(text, i))) {
        return i + 1;
      }
    }
    return least;
  }

  /** A line that names what it holds: "Customer: 482913". */
  private static boolean isLabel(String text, int from, int to) {
    String label = text.substring(from, to).strip();
    return label.endsWith(":") && label.indexOf('\n') < 0 && label.length() > 1;
  }

  /** Whether the line that ends here was not broken because it was full. */
  private static boolean isShort(String text, int end) {
    return end - text.lastIndexOf('\n', end - 1) < FULL;
  }

  private static int sentenceEnd(String text, int end, int lineEnd) {
    int most = Math.min(lineEnd, end + LONGEST);
    for (int i = end; i < most; i++) {
      if (ENDS.indexOf(text.charAt(i)) >= 0 && endsSentence(text, i)) {
        return i;
      }
    }
    return most;
  }

  /** A full stop after a digit or a short word, as of "no." or "Nr.", may not end anything. */
  private static boolean endsSentence(String text, int at) {
    if (text.charAt(at) > 0x80) {
      return true;
    }
    if (at + 1 < text.length() && text.charAt(at + 1) > ' ') {
      return false;
    }
    int letters = 0;
    while (at - letters > 0 && Character.isLetter(text.charAt(at - letters - 1))) {
      letters++;
    }
    return text.charAt(at) != '.' || letters == 0 || letters > 3 || at + 1 == text.length();
  }
}
