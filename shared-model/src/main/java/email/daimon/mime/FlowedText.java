package email.daimon.mime;

/**
 * Undoes format=flowed (RFC 3676): paragraphs that were folded at a blank become one line again.
 */
final class FlowedText {
  private FlowedText() {}

  /**
   * Joins flowed lines of one quote depth. The signature line {@code -- } is never joined.
   *
   * @param text lines ended by LF
   * @param deleteSpace the DelSp parameter: the blank at the fold is no part of the text
   */
  static String unfold(String text, boolean deleteSpace) {
    StringBuilder out = new StringBuilder(text.length());
    boolean joining = false;
    int depthBefore = 0;
    int at = 0;
    while (at < text.length()) {
      int lineEnd = text.indexOf('\n', at);
      int end = lineEnd < 0 ? text.length() : lineEnd;
      int from = at;
      while (from < end && text.charAt(from) == '>') {
        from++;
      }
      int depth = from - at;
      if (from < end && text.charAt(from) == ' ') {
        from++;
      }
      boolean signature = isSignature(text, from, end);
      if (joining && (depth != depthBefore || signature)) {
        out.append('\n');
        joining = false;
      }
      if (!joining && depth > 0) {
        out.repeat('>', depth).append(end > from ? " " : "");
      }
      boolean flowed = end > from && text.charAt(end - 1) == ' ' && !signature && lineEnd >= 0;
      out.append(text, from, flowed && deleteSpace ? end - 1 : end);
      if (!flowed && lineEnd >= 0) {
        out.append('\n');
      }
      joining = flowed;
      depthBefore = depth;
      at = end + 1;
    }
    return out.toString();
  }

  private static boolean isSignature(String text, int from, int end) {
    return end - from == 3 && text.startsWith("-- ", from);
  }
}
