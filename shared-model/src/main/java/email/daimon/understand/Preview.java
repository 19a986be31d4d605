package email.daimon.understand;

/** The beginning of a text on one line. */
final class Preview {
  private static final int LONGEST = 200;

  private Preview() {}

  /** At most 200 characters, cut between words where one ends near, never within a character. */
  static String of(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length() && line.length() <= LONGEST; i++) {
      char c = text.charAt(i);
      if (!Character.isWhitespace(c) && c != '\u00a0') {
        line.append(c);
      } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    }
    if (line.length() <= LONGEST) {
      return line.toString().strip();
    }
    int end = LONGEST - 1;
    int blank = line.lastIndexOf(" ", end);
    end = blank > end - 30 ? blank : end;
    end -= Character.isHighSurrogate(line.charAt(end - 1)) ? 1 : 0;
    return line.substring(0, end).strip() + '…';
  }
}
