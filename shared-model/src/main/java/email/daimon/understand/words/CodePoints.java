package email.daimon.understand.words;

import email.daimon.model.TextSpan;

/** Counts code points where Java counts UTF-16 units; quick where places are asked in order. */
public final class CodePoints {
  private static final int EXCERPT = 200;

  private final String text;
  private final boolean same;
  private int units;
  private int points;

  public CodePoints(String text) {
    this.text = text;
    this.same = text.codePointCount(0, text.length()) == text.length();
  }

  /** The span of a stretch given in UTF-16 units; what lies outside of the text is cut off. */
  public TextSpan span(int start, int end) {
    int from = Math.clamp(start, 0, text.length());
    int to = Math.clamp(end, from, text.length());
    return same ? new TextSpan(from, to) : new TextSpan(point(from), point(to));
  }

  /** Where a code point begins in UTF-16 units: the end of the text where it has fewer. */
  public int unit(int point) {
    if (same) {
      return Math.min(point, text.length());
    }
    if (point < points) {
      units = 0;
      points = 0;
    }
    while (points < point && units < text.length()) {
      units += Character.charCount(text.codePointAt(units));
      points++;
    }
    return units;
  }

  /** The beginning of a text, up to 200 units, no character cut in two. */
  public static String excerpt(String text) {
    if (text.length() <= EXCERPT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(EXCERPT - 1)) ? EXCERPT - 1 : EXCERPT;
    return text.substring(0, end);
  }

  private int point(int at) {
    if (at >= units) {
      points += text.codePointCount(units, at);
    } else if (at < units / 2) {
      points = text.codePointCount(0, at);
    } else {
      points -= text.codePointCount(at, units);
    }
    units = at;
    return points;
  }
}
