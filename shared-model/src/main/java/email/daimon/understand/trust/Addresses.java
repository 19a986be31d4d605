package email.daimon.understand.trust;

/** Addresses of the web and of mailboxes within a text: no words to be read. */
final class Addresses {
  private static final int LONGEST = 400;
  private static final int NAME = 64;
  private static final int FIRST_WITHOUT_BLANKS = 0x2e80;

  private Addresses() {}

  /** Behind the address that begins with a word; the end of the word where none does. */
  static int end(FoldedText text, int from, int end, int to) {
    if (end + 1 >= to) {
      return end;
    }
    boolean address = text.at(end) == ':' && text.at(end + 1) == '/';
    int at = end;
    while (!address && at + 1 < to && at - from < NAME && isOfName(text.at(at))) {
      at++;
      address = text.at(at) == '@' && at + 1 < to && Letters.isOfWord(text.at(at + 1));
    }
    address |= at > end && text.at(end) == '@' && Letters.isOfWord(text.at(end + 1));
    if (!address) {
      return end;
    }
    while (at < to && at - from < LONGEST && isOfAddress(text.at(at))) {
      at++;
    }
    return at;
  }

  private static boolean isOfName(char c) {
    return Letters.isOfWord(c) || c == '.' || c == '-' || c == '_' || c == '+';
  }

  private static boolean isOfAddress(char c) {
    return c > ' ' && c < FIRST_WITHOUT_BLANKS;
  }
}
