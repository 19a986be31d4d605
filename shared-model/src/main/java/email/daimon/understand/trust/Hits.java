package email.daimon.understand.trust;

import java.util.Arrays;

/** Cues found in a folded text, by where they start. */
final class Hits {
  private static final int MOST = 50_000;

  /** {@code AI} is a machine, {@code ai} may be Italian. */
  private static final int LETTERS_OF_NAMES = 3;

  private final String source;
  private final FoldedText text;
  private long[] kinds = new long[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];

  /** What {@link Address#of} said, one more than that; nothing yet where it is 0. */
  private byte[] addresses = new byte[0];

  private int size;
  private long all;

  private Hits(String source, FoldedText text) {
    this.source = source;
    this.text = text;
  }

  static Hits of(String source, FoldedText folded) {
    Hits hits = new Hits(source, folded);
    Cue.lexicon().scan(folded, hits::found);
    return hits;
  }

  private void found(long kinds, int start, int end) {
    boolean small =
        Cue.MACHINE.in(kinds)
            && end - start <= LETTERS_OF_NAMES
            && Character.isLowerCase(source.charAt(text.source(end - 1)));
    long kept = small ? kinds & ~Cue.MACHINE.bit() : kinds;
    if (Cue.TALK.in(kept) && Addresses.around(text, start)) {
      kept &= ~Cue.TALK.bit();
    }
    if (kept != 0) {
      add(kept, start, end);
    }
  }

  private void add(long found, int start, int end) {
    if (size >= MOST) {
      return;
    }
    // Of words that begin at one place the longest of a kind counts.
    for (int i = size - 1; i >= 0 && starts[i] == start; i--) {
      kinds[i] &= ~found;
    }
    if (size == kinds.length) {
      kinds = Arrays.copyOf(kinds, size * 2);
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    kinds[size] = found;
    starts[size] = start;
    ends[size++] = end;
    all |= found;
  }

  FoldedText text() {
    return text;
  }

  int size() {
    return size;
  }

  long kinds(int i) {
    return kinds[i];
  }

  int start(int i) {
    return starts[i];
  }

  int end(int i) {
    return ends[i];
  }

  /** How a hit is spoken to: asked again for every stretch it lies in, told once. */
  int address(int i) {
    if (addresses.length == 0) {
      addresses = new byte[size];
    }
    if (addresses[i] == 0) {
      addresses[i] = (byte) (Address.of(this, i) + 1);
    }
    return addresses[i] - 1;
  }

  /** Whether any cue of a kind was found. */
  boolean has(Cue cue) {
    return cue.in(all);
  }

  /** The first that starts there or later. */
  int from(int start) {
    int at = Arrays.binarySearch(starts, 0, size, start);
    at = at < 0 ? -at - 1 : at;
    while (at > 0 && starts[at - 1] == start) {
      at--;
    }
    return at;
  }
}
