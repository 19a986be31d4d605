package email.daimon.understand.trust;

/** Which characters words are made of, looked up in a table. */
final class Letters {
  private static final byte OF_WORD = 1;
  private static final byte WITHOUT_BLANKS = 2;
  private static final byte[] KINDS = kinds();

  private Letters() {}

  static boolean isOfWord(char c) {
    return KINDS[c] != 0;
  }

  /** Of a script that sets no blanks between words. */
  static boolean isWithoutBlanks(char c) {
    return KINDS[c] == WITHOUT_BLANKS;
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[1 << 16];
    for (int c = 0; c < kinds.length; c++) {
      int type = Character.getType(c);
      boolean mark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
      if (Character.isLetterOrDigit(c) || mark) {
        boolean without =
            (c >= 0xe00 && c < 0xf00) // Thai, Lao
                || (c >= 0x1000 && c < 0x10a0) // Burmese
                || (c >= 0x1780 && c < 0x1800) // Khmer
                || (c >= 0x2e80 && c < 0xa000); // kana, Han
        kinds[c] = without ? WITHOUT_BLANKS : OF_WORD;
      }
    }
    return kinds;
  }
}
