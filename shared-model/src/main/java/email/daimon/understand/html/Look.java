package email.daimon.understand.html;

import email.daimon.understand.css.Color;
import org.jspecify.annotations.Nullable;

/**
 * How text of an element looks.
 *
 * @param removed kind of hiding that no descendant undoes; empty where there is none
 * @param shown what {@code visibility} says
 * @param fontSize in pixels
 * @param indent of the first line in pixels
 * @param opacity of all ancestors together
 * @param color of the text; null where it is not known
 * @param ground what is behind it; null where it is not known, such as a picture
 * @param fixed whether {@code color} is of -webkit-text-fill-color, which goes before color
 */
record Look(
    String removed,
    boolean shown,
    double fontSize,
    double indent,
    double opacity,
    @Nullable Color color,
    @Nullable Color ground,
    boolean fixed) {
  static final Look PAGE = new Look("", true, 16, 0, 1, Color.BLACK, Color.WHITE, false);

  /** Below it text is a line of dust: the smallest print that is meant to be read has 6 pixels. */
  private static final double TINY = 4;

  private static final double ZERO = 0.5;
  private static final double OFF_SCREEN = -500;

  /** How text of the element is hidden; empty where it is seen. */
  String hiding() {
    if (!removed.isEmpty()) {
      return removed;
    }
    if (!shown) {
      return "invisible";
    }
    if (fontSize < TINY) {
      return fontSize < ZERO ? "zero_size" : "tiny";
    }
    if (indent <= OFF_SCREEN) {
      return "off_screen";
    }
    if (color == null) {
      return "";
    }
    if (color.alpha() < 0.1) {
      return "transparent";
    }
    return ground != null && color.faded(opacity).isLostOn(ground) ? "same_color" : "";
  }

  /** Whether pictures are seen where text is not. */
  boolean showsPictures() {
    return removed.isEmpty() && shown && indent > OFF_SCREEN;
  }

  Look removed(String kind) {
    return new Look(kind, shown, fontSize, indent, opacity, color, ground, fixed);
  }
}
