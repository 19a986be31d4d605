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

  /** Whether what stands there without a blank is an address. */
  static boolean around(FoldedText text, int at) {
    int from = at;
    while (from > 0 && at - from < NAME && isOfAddress(text.at(from - 1))) {
      from--;
    }
    for (int i = from; i + 1 < text.length() && i - at < NAME && isOfAddress(text.at(i)); i++) {
      if (text.at(i) == '@' || (text.at(i) == ':' && text.at(i + 1) == '/')) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfName(char c) {
    return Letters.isOfWord(c) || c == '.' || c == '-' || c == '_' || c == '+';
  }

  private static boolean isOfAddress(char c) {
    return c > ' ' && c < FIRST_WITHOUT_BLANKS;
  }
}
