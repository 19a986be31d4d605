package email.daimon.understand.words;

/**
 * The first characters of terms, hashed: nearly every place of a text where no term begins is known
 * by them, without a look-up.
 */
public final class Beginnings {
  private static final int BITS = 17;
  private static final int LONGEST = 5;

  /** Of terms that are longer than what is hashed, or just as long. */
  private static final int BEGUN = 1 << 30;

  private final long[] bits = new long[1 << (BITS - 6)];

  /** Adds a term. */
  public void add(CharSequence term) {
    int hash = 0;
    for (int i = 0; i < Math.min(term.length(), LONGEST); i++) {
      hash = hash(hash, term.charAt(i));
      if (i == 2) {
        set(hash ^ BEGUN);
      }
    }
    set(hash);
  }

  /** Whether a term may begin with these, or be one of their beginnings; 0 behind the text. */
  public boolean mayBegin(char a, char b, char c, char d, char e) {
    int one = hash(0, a);
    int two = hash(one, b);
    int three = hash(two, c);
    if (has(three ^ BEGUN)) {
      int four = hash(three, d);
      if (has(three) || has(four) || has(hash(four, e))) {
        return true;
      }
    }
    return has(two) || has(one);
  }

  private static int hash(int before, char c) {
    return (before + c) * 0x2c1b3c6d;
  }

  private void set(int hash) {
    int bit = hash >>> (32 - BITS);
    bits[bit >>> 6] |= 1L << bit;
  }

  private boolean has(int hash) {
    int bit = hash >>> (32 - BITS);
    return (bits[bit >>> 6] & (1L << bit)) != 0;
  }
}
