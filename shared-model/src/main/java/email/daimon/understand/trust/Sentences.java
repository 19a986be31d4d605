package email.daimon.understand.trust;

import java.util.Arrays;

/**
 * Where the sentences of a folded text end: at their marks, at empty lines, at lines that are no
 * wrapped ones, and at last where one grows too long.
 */
final class Sentences {
  private static final int WRAPPED = 58;
  private static final int LONGEST = 420;
  private static final int SHORTEST = 3;

  /** Units that are taken apart: longer texts are no mails. */
  private static final int MOST = 1 << 18;

  private static final String ENDS = ".!?…";
  private static final String FULL_ENDS = "。！？｡।॥؟۔።་།။៕";
  private static final String BEGINNINGS = ">-*•#|[({<";

  private int[] ends = new int[16];
  private int size;

  private Sentences() {}

  /** Of the beginning of a text: there is none behind that. */
  static Sentences of(FoldedText text) {
    int most = Math.min(text.length(), MOST);
    Sentences sentences = new Sentences();
    int start = 0;
    int line = 0;
    int letters = 0;
    for (int i = 0; i < most; i++) {
      char c = text.at(i);
      if (c > ' ' && Letters.isOfWord(c)) {
        letters++;
      }
      boolean last = ends(text, i, line) || (i - start >= LONGEST && !Letters.isOfWord(c));
      last |= i - start >= 2 * LONGEST;
      if (c == '\n') {
        line = i + 1;
      }
      if (last && letters >= SHORTEST) {
        sentences.add(i + 1);
        start = i + 1;
        letters = 0;
      }
    }
    if (letters > 0) {
      sentences.add(most);
    }
    return sentences;
  }

  private static boolean ends(FoldedText text, int i, int line) {
    char c = text.at(i);
    if (c == '\n') {
      return i - line < WRAPPED || i + 1 >= text.length() || begins(text.at(i + 1));
    }
    if (c < 0x80 || c == '…') {
      return ENDS.indexOf(c) >= 0
          && (i + 1 >= text.length() || text.at(i + 1) <= ' ' || closes(text.at(i + 1)));
    }
    return FULL_ENDS.indexOf(c) >= 0;
  }

  private static boolean begins(char c) {
    return c == '\n' || c == ' ' || BEGINNINGS.indexOf(c) >= 0;
  }

  private static boolean closes(char c) {
    return c == '"' || c == ')' || c == '”' || c == '»' || c == '\'' || c == ']';
  }

  private void add(int end) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size * 2);
    }
    ends[size++] = end;
  }

  int size() {
    return size;
  }

  int start(int i) {
    return i == 0 ? 0 : ends[i - 1];
  }

  int end(int i) {
    return ends[i];
  }
}
