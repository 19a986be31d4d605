package email.daimon.compose;

/** Text for a header field: one line, whatever was handed in. */
final class OneLine {
  private OneLine() {}

  /**
   * Without blanks around; line ends and control characters become single blanks, half surrogate
   * pairs the replacement character, byte order marks nothing.
   */
  static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    boolean control = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean isControl = Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
      if (c == 0xFEFF) {
        continue;
      }
      if (!isControl) {
        line.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 0xFFFD : c);
      } else if (!control) {
        line.append(' ');
      }
      control = isControl;
    }
    return line.toString().strip();
  }
}
