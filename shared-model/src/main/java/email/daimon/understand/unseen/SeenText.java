package email.daimon.understand.unseen;

import static email.daimon.understand.unseen.InvisibleCharacters.*;

import java.util.ArrayList;
import java.util.List;

/**
 * A text without the characters that leave no ink, and what they hid. What a script needs stays:
 * joiners of Persian and of pictures, selectors behind a picture, flags.
 *
 * @param text what is seen; the very text given where nothing is hidden
 * @param hidden what is worth telling: padding is not
 */
public record SeenText(String text, List<Hidden> hidden) {
  /** Runs of so many invisible characters between two words carry something. */
  private static final int PAYLOAD = 16;

  private static final int LONGEST_JOINED = 200;
  private static final int MOST = 300;

  /**
   * What is hidden by characters.
   *
   * @param kind {@code zero_width}, {@code tag_characters}, {@code variation_selectors}, {@code
   *     bidi}
   * @param start in UTF-16 units
   * @param text what it says to one who reads it, as far as it does
   */
  public record Hidden(String kind, int start, int end, String text) {}

  public SeenText {
    hidden = List.copyOf(hidden);
  }

  /** Reads a text in one pass. */
  public static SeenText of(String text) {
    return InvisibleCharacters.mayBeIn(text)
        ? new Reader(text).read()
        : new SeenText(text, List.of());
  }

  private static final class Reader {
    private final String text;
    private final StringBuilder seen;
    private final List<Hidden> hidden = new ArrayList<>();
    private int override = -1;

    private Reader(String text) {
      this.text = text;
      this.seen = new StringBuilder(text.length());
    }

    private SeenText read() {
      int i = 0;
      while (i < text.length()) {
        int c = text.codePointAt(i);
        if (isIgnorable(c)) {
          i = run(i);
        } else {
          if (c == '\n' && override >= 0) {
            endOverride(i);
          }
          seen.appendCodePoint(c);
          i += Character.charCount(c);
        }
      }
      endOverride(text.length());
      return new SeenText(seen.toString(), hidden);
    }

    /** Invisible characters one after the other. */
    private int run(int from) {
      int end = from;
      int count = 0;
      while (end < text.length() && isIgnorable(text.codePointAt(end))) {
        int c = text.codePointAt(end);
        bidi(c, end);
        end += Character.charCount(c);
        count++;
      }
      int before = seen.isEmpty() ? ' ' : seen.codePointBefore(seen.length());
      int after = end < text.length() ? text.codePointAt(end) : ' ';
      if (count == 1 && belongs(text.codePointAt(from), before, after)) {
        seen.append(text, from, end);
      } else if (isFlag(from, end, before) || joinsPictures(from, end, before)) {
        seen.append(text, from, end);
      } else {
        hide(from, end, count, before, after);
      }
      return end;
    }

    private void bidi(int c, int at) {
      if (isOverride(c)) {
        endOverride(at);
        override = at;
      } else if (c == 0x202c) {
        endOverride(at);
      }
    }

    private void endOverride(int end) {
      if (override >= 0 && hidden.size() < MOST && letters(text, override, end)) {
        hidden.add(
            new Hidden("bidi", override, end, text.substring(Math.min(end, override + 1), end)));
      }
      override = -1;
    }

    private static boolean letters(String text, int from, int to) {
      for (int i = from; i < to; i++) {
        if (Character.isLetterOrDigit(text.charAt(i))) {
          return true;
        }
      }
      return false;
    }

    private static boolean belongs(int c, int before, int after) {
      if (isSelector(c)) {
        return Character.isIdeographic(before)
            || (c < 0x10000 && before > ' ' && !Character.isAlphabetic(before));
      }
      if (c == JOINER && isPicture(before)) {
        return true;
      }
      boolean joiner = c == JOINER || c == NON_JOINER || isBidi(c) || (c >= 0x180b && c <= 0x180f);
      return joiner && (joins(before) || joins(after));
    }

    /** Of a region: a black flag, letters and digits as tags, the cancel tag. */
    private boolean isFlag(int from, int end, int before) {
      return before == 0x1f3f4 && end - from <= 16 && text.codePointBefore(end) == 0xe007f;
    }

    private boolean joinsPictures(int from, int end, int before) {
      return end - from == 2
          && isPicture(before)
          && text.charAt(from) == 0xfe0f
          && text.charAt(from + 1) == JOINER;
    }

    private void hide(int from, int end, int count, int before, int after) {
      int tags = 0;
      int selectors = 0;
      boolean filler = false;
      for (int i = from; i < end; i += Character.charCount(text.codePointAt(i))) {
        int c = text.codePointAt(i);
        tags += isTag(c) ? 1 : 0;
        selectors += isSelector(c) ? 1 : 0;
        filler |= isFiller(c);
        // A picture keeps the selector that colours it.
        if (i == from && isSelector(c) && isPicture(before)) {
          seen.appendCodePoint(c);
        }
      }
      if (filler) {
        seen.append(' ');
      }
      if (tags > 1) {
        add("tag_characters", from, end, Payloads.ofTags(text, from, end));
      } else if (selectors > 2) {
        add("variation_selectors", from, end, Payloads.ofSelectors(text, from, end));
      } else if (count >= PAYLOAD && !Payloads.ofBits(text, from, end).isEmpty()) {
        add("zero_width", from, end, Payloads.ofBits(text, from, end));
      } else if (breaksWord(from, before, after)) {
        add("zero_width", from, end, "");
      }
    }

    private boolean breaksWord(int from, int before, int after) {
      int c = text.codePointAt(from);
      if (isBidi(c) || !Character.isLetterOrDigit(before) || !Character.isLetterOrDigit(after)) {
        return false;
      }
      if (joins(before) || joins(after)) {
        return false;
      }
      // Words are hyphenated between syllables, not between all letters.
      return c != SOFT_HYPHEN
          || (!hidden.isEmpty() && hidden.getLast().end() >= from - 1)
          || (from + 2 < text.length() && text.charAt(from + 2) == SOFT_HYPHEN);
    }

    /** Those that break one word after the other are one. */
    private void add(String kind, int from, int end, String says) {
      Hidden last = hidden.isEmpty() ? null : hidden.getLast();
      if (last != null
          && last.kind().equals(kind)
          && from - last.end() <= 12
          && last.text().length() < LONGEST_JOINED) {
        hidden.removeLast();
        hidden.add(new Hidden(kind, last.start(), end, last.text() + says));
      } else if (hidden.size() < MOST) {
        hidden.add(new Hidden(kind, from, end, says));
      }
    }
  }
}
