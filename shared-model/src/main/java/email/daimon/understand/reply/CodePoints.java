package email.daimon.understand.reply;

/** Counts code points of a text up to places that only grow. */
final class CodePoints {
  private final String text;
  private int units;
  private int points;

  CodePoints(String text) {
    this.text = text;
  }

  int at(int place) {
    points += text.codePointCount(units, place);
    units = place;
    return points;
  }
}
