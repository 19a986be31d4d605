package email.daimon.understand.trust;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A text as it is compared: lower case, without accents, with look-alike letters and digits put
 * right, blanks as one, letters that stand apart drawn together; and where each unit comes from.
 */
final class FoldedText {
  /** Cyrillic and Greek letters that look like Latin ones, and those. */
  private static final String ALIKE =
      "аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwкkмmтtнhвbгrпnαaοoρpνvιiκkτtυuεeηnωwɑaɡgıi";

  private static final int SPACED = 3;

  private static final char[] ASCII = ascii();

  /** What a character of ASCII is in a word; nothing where it ends one. */
  private static final byte[] IN_WORDS = new byte[0x80];

  private static final byte LATIN = 1;
  private static final byte OTHER = 2;

  static {
    for (char c = 0; c < IN_WORDS.length; c++) {
      IN_WORDS[c] = c >= 'a' && c <= 'z' ? LATIN : isFigure(c) ? OTHER : 0;
    }
  }

  private final char[] text;
  private final int[] from;
  private final BitSet drawnTogether = new BitSet();
  private int length;

  /** The word that is being added: where it began, and of what it is. */
  private int word;

  private int kinds;

  /** Words of one character: rows of letters that stand apart have one in their second place. */
  private int[] single = new int[16];

  private int singles;
  private int firstQuote = -1;

  private FoldedText(int most) {
    text = new char[most];
    from = new int[most + 1];
  }

  /** Folds a text in one pass. */
  static FoldedText of(String text) {
    FoldedText folded = new FoldedText(most(text));
    folded.fold(text);
    folded.endWord(' ');
    folded.drawTogether();
    folded.from[folded.length] = text.length();
    return folded;
  }

  /** Only a character beyond ASCII may become several. */
  private static int most(String text) {
    int most = text.length() + 4;
    for (int i = 0; i < text.length(); i++) {
      most += text.charAt(i) < 0x80 ? 0 : 2;
    }
    return most;
  }

  /** Units of the folded text. */
  int length() {
    return length;
  }

  /** One of them. */
  char at(int i) {
    return text[i];
  }

  /** Where a unit comes from in the text given. */
  int source(int i) {
    return from[i];
  }

  /** The first of any quotation marks; the length where there are none. */
  int firstQuote() {
    if (firstQuote < 0) {
      firstQuote = 0;
      while (firstQuote < length && !Quotes.isMark(text[firstQuote])) {
        firstQuote++;
      }
    }
    return firstQuote;
  }

  /** Whether words are not told from each other here. */
  boolean drawnTogether(int i) {
    return drawnTogether.get(i);
  }

  boolean anyDrawnTogether() {
    return !drawnTogether.isEmpty();
  }

  @Override
  public String toString() {
    return new String(text, 0, length);
  }

  private void fold(String source) {
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c < 0x80) {
        add(ASCII[c], i);
      } else if (Character.isHighSurrogate(c) && i + 1 < source.length()) {
        String plain = Normalizer.normalize(source.substring(i, i + 2), Normalizer.Form.NFKC);
        addAll(plain, i++);
      } else if (!isMark(c)) {
        other(c, i);
      }
    }
  }

  private static boolean isMark(char c) {
    return (c >= 0x300 && c <= 0x36f)
        || (c >= 0x200b && c <= 0x200f)
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2060 && c <= 0x2069)
        || (c >= 0x64b && c <= 0x652)
        || (c >= 0x5b0 && c <= 0x5c7)
        || (c >= 0xfe00 && c <= 0xfe0f)
        || c == 0x640
        || c == 0xfeff
        || c == 0xad;
  }

  private void other(char c, int at) {
    if (c >= 0x3040 && c < 0xfb00) {
      add(c, at);
      return;
    }
    switch (c) {
      case '\u00a0', '\u3000', '\u2002', '\u2003', '\u2009', '\u202f' -> add(' ', at);
      case '\u2019', '\u2018', '\u02bc' -> add('\'', at);
      case 'ł', 'Ł' -> add('l', at);
      case 'ø', 'Ø' -> add('o', at);
      case 'đ', 'Đ' -> add('d', at);
      case 'ı' -> add('i', at);
      case 'ς' -> add('σ', at);
      case 'أ', 'إ', 'آ' -> add('ا', at);
      case 'ى', 'ی' -> add('ي', at);
      case 'ک' -> add('ك', at);
      default -> {
        boolean stacks = c >= 0x900 && c < 0x1100;
        Normalizer.Form form = stacks ? Normalizer.Form.NFKC : Normalizer.Form.NFKD;
        addAll(Normalizer.normalize(String.valueOf(c), form), at);
      }
    }
  }

  private void addAll(String plain, int at) {
    for (int i = 0; i < Math.min(plain.length(), 3); i++) {
      char c = Character.toLowerCase(plain.charAt(i));
      if (!isMark(c)) {
        add(c, at);
      }
    }
  }

  private void add(char c, int at) {
    // Two blanks end a word of letters that stand apart.
    if (c == ' ' && length > 1 && text[length - 1] == ' ' && text[length - 2] == ' ') {
      return;
    }
    int kind = c < 0x80 ? IN_WORDS[c] : Character.isLetterOrDigit(c) ? OTHER : 0;
    if (kind == 0) {
      endWord(c);
      word = length + 1;
    }
    kinds |= kind;
    text[length] = c;
    from[length++] = at;
  }

  private static char[] ascii() {
    char[] table = new char[0x80];
    for (char c = 0; c < table.length; c++) {
      table[c] = c <= ' ' && c != '\n' ? ' ' : Character.toLowerCase(c);
    }
    return table;
  }

  private static boolean isFigure(char c) {
    return (c >= '0' && c <= '9') || c == '@' || c == '$' || c == '!';
  }

  private void endWord(char next) {
    if (length - word == 1) {
      if (singles == single.length) {
        single = Arrays.copyOf(single, 2 * singles);
      }
      single[singles++] = word;
    } else if (kinds == (LATIN | OTHER) && length - word > 2 && !isOfAddress(next)) {
      word(word, length);
    }
    kinds = 0;
  }

  /** {@code ann@example.com}: a sign that stands for no letter. */
  private boolean isOfAddress(char next) {
    int at = word + 1;
    while (at < length && text[at] != '@') {
      at++;
    }
    return (next == '.' || next == '-') && at < length - 1;
  }

  /** Look-alikes in words of mixed scripts, digits within words. */
  private void word(int start, int end) {
    boolean latin = false;
    boolean other = false;
    int letters = 0;
    for (int i = start; i < end; i++) {
      char c = text[i];
      latin |= c >= 'a' && c <= 'z';
      other |= c >= 0x370 && c < 0x530;
      letters += isLetter(c) ? 1 : 0;
    }
    boolean mixed = latin && other;
    boolean figures = latin && letters >= 2 && letters < end - start && end - start >= 4;
    // A single figure at the end numbers the word.
    int spelled = end - start - letters > 1 ? end : end - 1;
    for (int i = start; i < end && (mixed || figures); i++) {
      int alike = mixed && text[i] >= 0x80 ? ALIKE.indexOf(text[i]) : -1;
      if (alike >= 0 && alike % 2 == 0) {
        text[i] = ALIKE.charAt(alike + 1);
      } else if (figures && i < spelled) {
        text[i] = letter(text[i]);
      }
    }
  }

  private static boolean isLetter(char c) {
    return c < 0x80 ? c >= 'a' && c <= 'z' : Character.isLetter(c);
  }

  private static char letter(char figure) {
    return switch (figure) {
      case '0' -> 'o';
      case '1', '!' -> 'i';
      case '3' -> 'e';
      case '4', '@' -> 'a';
      case '5', '$' -> 's';
      case '7' -> 't';
      default -> figure;
    };
  }

  /** {@code i g n o r e}, {@code i.g.n.o.r.e}: letters that stand apart are one word. */
  private void drawTogether() {
    int i = firstApart();
    int to = i;
    while (i < length) {
      int end = apart(i);
      if (end > i) {
        for (int k = i; k <= end; k += 2) {
          drawnTogether.set(to);
          move(k, to++);
        }
        i = end + 1;
      } else {
        move(i++, to++);
      }
    }
    length = to;
  }

  private int firstApart() {
    for (int i = 0; i < singles; i++) {
      int start = single[i] - 2;
      if (start >= 0 && apart(start) > start) {
        return start;
      }
    }
    return length;
  }

  private void move(int at, int to) {
    text[to] = text[at];
    from[to] = from[at];
  }

  /** The last letter of a row that begins here: letter, mark, letter, mark, letter. */
  private int apart(int start) {
    // Nearly every character ends here.
    if (start + 4 >= length || !isApart(text[start + 1]) || !isApart(text[start + 3])) {
      return start;
    }
    if (text[start] >= 0x2e80 || !Character.isLetter(text[start]) || !edge(start - 1)) {
      return start;
    }
    int at = start;
    while (at + 2 < length
        && isApart(text[at + 1])
        && Character.isLetter(text[at + 2])
        && (at + 3 >= length || !Character.isLetter(text[at + 3]))) {
      at += 2;
      // A wide gap ends the word; the next begins behind it.
      if (at + 2 < length && text[at + 1] == ' ' && text[at + 2] == ' ') {
        break;
      }
    }
    return at - start >= 2 * (SPACED - 1) ? at : start;
  }

  private boolean edge(int at) {
    return at < 0 || !Character.isLetterOrDigit(text[at]);
  }

  private static boolean isApart(char c) {
    return c <= '_' ? c == ' ' || c == '.' || c == '-' || c == '_' || c == '*' : c == '·';
  }
}
