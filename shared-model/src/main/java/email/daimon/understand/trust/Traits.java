package email.daimon.understand.trust;

/**
 * What the judge sees of a sentence, as numbers: its words, two of them together, parts of words,
 * the cues in it and how those stand, its marks, and what stands before it. Words within quotation
 * marks are others than words without.
 */
final class Traits {
  /** Bits of a trait: so many there are. */
  static final int BITS = 17;

  private static final int SHIFT = 32 - BITS;
  private static final int PRIME = 0x01000193;
  private static final int MIX = 0x9E3779B1;

  private static final int LINE = 200;
  private static final int STEM = 5;
  private static final int LONGEST_ROW = 4;

  /** Letters of a word that is none, but a key or a code. */
  private static final int LONGEST = 24;

  private static final int WORD = 0x1357;
  private static final int PAIR = 0x2468;
  private static final int PART = 0x4680;
  private static final int ROW = 0x5791;
  private static final int MARK = 0x6802;
  private static final int BEGIN = 0x7913;
  private static final int LENGTH = 0x8024;
  private static final int KEY = 0x9135;
  private static final int ADDRESS = 0xa246;

  /** Words that are told of: they say something else than those that are said. */
  private static final int QUOTED = 0x7e35;

  /** What stands before the first word. */
  private static final int FIRST = 0x3b9ac9ff;

  /** Of what stands before a word and is none. */
  private static final int MARKED = 1 << 30;

  private final FoldedText text;
  private final CueTraits cues;
  private int last;
  private int beforeLast;
  private int words;
  private boolean addressed;
  private boolean quoted;

  /** Who takes them. */
  interface Taker {
    /** One of a sentence. */
    void take(int trait);

    /** One of a sentence that also says what the whole text is about. */
    void takeTopic(int trait);
  }

  Traits(FoldedText text, Hits hits, Passage passage) {
    this.text = text;
    this.cues = new CueTraits(hits, passage);
  }

  /** One trait of a kind. */
  static int of(int kind, int one, int other) {
    return spread(((kind * PRIME ^ one) * PRIME ^ other) * PRIME);
  }

  private static int spread(int hash) {
    return ((hash ^ (hash >>> 15)) * MIX) >>> SHIFT;
  }

  /** Those of a whole text. */
  void ofText(Taker taker) {
    cues.ofText(taker);
  }

  /** Those of a sentence. */
  void ofSentence(int from, int to, Taker taker) {
    words(from, to, taker);
    cues.ofSentence(from, to, taker);
    marks(from, to, taker);
  }

  private void words(int from, int to, Taker taker) {
    last = FIRST;
    beforeLast = 0;
    words = 0;
    addressed = false;
    quoted = Quotes.within(text, from);
    int i = from;
    while (i < to) {
      char c = text.at(i);
      if (Letters.isWithoutBlanks(c)) {
        i = row(i, to, taker);
      } else if (Letters.isOfWord(c)) {
        i = word(i, to, taker);
      } else {
        if (c > ' ') {
          quoted = Quotes.isMark(c) ? Quotes.opens(c, quoted) : quoted;
          mark(c, taker);
        }
        i++;
      }
    }
    taker.take(of(LENGTH, 32 - Integer.numberOfLeadingZeros(words), 0));
  }

  /** A mark stands between two words as a word of its own. */
  private void mark(char c, Taker taker) {
    if (last != 0 && (last & MARKED) == 0) {
      taker.take(of(MARK, last, c));
    }
    follow(c | MARKED);
  }

  private void follow(int word) {
    beforeLast = last;
    last = word;
  }

  private int word(int from, int to, Taker taker) {
    int end = from;
    int hash = WORD;
    int stem = WORD;
    boolean figures = false;
    while (end < to && Letters.isOfWord(text.at(end)) && !Letters.isWithoutBlanks(text.at(end))) {
      char c = text.at(end);
      boolean figure = c >= '0' && c <= '9';
      figures |= figure;
      hash = (hash ^ (figure ? '0' : c)) * PRIME;
      stem = end - from < STEM ? hash : stem;
      end++;
    }
    words++;
    int behind = Addresses.end(text, from, end, to);
    if (behind > end) {
      if (!addressed) {
        taker.take(of(ADDRESS, 0, 0));
        addressed = true;
      }
      follow(0);
      return behind;
    }
    if (end - from > LONGEST) {
      taker.take(of(KEY, 0, 0));
      follow(0);
      return end;
    }
    stem &= ~MARKED;
    if (quoted) {
      taker.takeTopic(of(QUOTED, hash, 0));
      if (last != 0) {
        taker.take(of(QUOTED, last, stem));
      }
      follow(stem);
      return end;
    }
    taker.takeTopic(of(WORD, hash, 0));
    if (last == FIRST) {
      taker.take(of(BEGIN, hash, 0));
    } else if (beforeLast == FIRST) {
      taker.take(of(BEGIN, last, hash));
    }
    if (last != 0) {
      taker.take(of(PAIR, last, stem));
    }
    if (!figures) {
      parts(from, end, taker);
    }
    follow(stem);
    return end;
  }

  /** Three letters and five, edges of the word among them. */
  private void parts(int from, int to, Taker taker) {
    for (int i = from - 1; i < to - 1; i++) {
      int hash = (PART ^ (i < from ? '_' : text.at(i))) * PRIME;
      hash = (hash ^ text.at(i + 1)) * PRIME;
      hash = (hash ^ (i + 2 < to ? text.at(i + 2) : '_')) * PRIME;
      if (i + 2 < to || i >= from) {
        taker.take(spread(hash));
      }
      if (i + 4 < to || (i + 4 == to && i >= from)) {
        hash = (hash ^ text.at(i + 3)) * PRIME;
        hash = (hash ^ (i + 4 < to ? text.at(i + 4) : '_')) * PRIME;
        taker.take(spread(hash));
      }
    }
  }

  /** One to four characters of a script without blanks. */
  private int row(int from, int to, Taker taker) {
    int end = from;
    while (end < to && Letters.isWithoutBlanks(text.at(end))) {
      end++;
    }
    for (int i = from; i < end; i++) {
      int hash = quoted ? QUOTED : ROW;
      for (int k = i; k < end && k < i + LONGEST_ROW; k++) {
        hash = (hash ^ text.at(k)) * PRIME;
        taker.takeTopic(spread(hash));
        if (i == from && last != 0 && k > i) {
          taker.take(of(BEGIN, last, hash));
        }
      }
    }
    words += (end - from) / 2;
    last = 0;
    beforeLast = 0;
    return end;
  }

  /** How it begins and ends, after what, which marks are in it, whether it is a quotation. */
  private void marks(int from, int to, Taker taker) {
    int first = from;
    while (first < to && text.at(first) <= ' ') {
      first++;
    }
    int end = to - 1;
    while (end > first && text.at(end) <= ' ') {
      end--;
    }
    if (first >= to) {
      return;
    }
    boolean toldOf = Quotes.within(text, from + (to - from) / 2);
    char beginning = text.at(first);
    char ending = text.at(end);
    boolean figure = Character.isDigit(beginning);
    taker.take(of(MARK, 1, toldOf ? 1 : 0));
    taker.take(of(MARK, 2, Letters.isOfWord(beginning) ? figure ? 1 : 0 : beginning));
    taker.take(of(MARK, 3, Letters.isOfWord(ending) ? 0 : ending));
    taker.take(of(MARK, 5, before(first)));
    taker.take(of(MARK, 6, lineBegins(first)));
    int seen = 0;
    for (int i = from; i < to; i++) {
      char c = text.at(i);
      if (c > ' ' && c < 0x80 && !Letters.isOfWord(c) && (seen & 1 << (c & 31)) == 0) {
        seen |= 1 << (c & 31);
        taker.take(of(MARK, 4, c));
      }
    }
  }

  /** The last that is no blank before a sentence; none where an empty line is between. */
  private int before(int first) {
    int lines = 0;
    for (int i = first - 1; i >= 0 && lines < 2; i--) {
      char c = text.at(i);
      if (c > ' ') {
        return Letters.isOfWord(c) ? 1 : c + (lines << 16);
      }
      lines += c == '\n' ? 1 : 0;
    }
    return 0;
  }

  /** With what its line begins: {@code >}, {@code |}, {@code #}, a word. */
  private int lineBegins(int first) {
    int line = first;
    while (line > 0 && first - line < LINE && text.at(line - 1) != '\n') {
      line--;
    }
    char c = text.at(line);
    return Letters.isOfWord(c) ? line == first ? 1 : 0 : c;
  }
}
