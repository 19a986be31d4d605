package email.daimon.understand.css;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The properties that decide whether text is seen. */
public enum Property {
  DISPLAY,
  VISIBILITY,
  CONTENT_VISIBILITY,
  OPACITY,
  COLOR,
  WEBKIT_TEXT_FILL_COLOR,
  BACKGROUND_COLOR,
  /** {@code none}, or {@code some}: what it shows is not known. */
  BACKGROUND_IMAGE,
  FONT_SIZE,
  LINE_HEIGHT,
  WIDTH,
  HEIGHT,
  MAX_WIDTH,
  MAX_HEIGHT,
  OVERFLOW,
  POSITION,
  LEFT,
  TOP,
  RIGHT,
  BOTTOM,
  TEXT_INDENT,
  MARGIN_LEFT,
  MARGIN_TOP,
  /** What its functions leave of the text: {@code zero_size}, {@code off_screen}, {@code none}. */
  TRANSFORM,
  /** {@code clipped} or {@code none}. */
  CLIP,
  /** {@code clipped} or {@code none}. */
  CLIP_PATH,
  MSO_HIDE;

  private static final Map<String, Property> BY_NAME = byName();

  private static Map<String, Property> byName() {
    Map<String, Property> names = new HashMap<>();
    for (Property property : values()) {
      names.put(property.name().toLowerCase(Locale.ROOT).replace('_', '-'), property);
    }
    names.put("-webkit-text-fill-color", WEBKIT_TEXT_FILL_COLOR);
    names.put("overflow-x", OVERFLOW);
    names.put("overflow-y", OVERFLOW);
    names.put("-webkit-transform", TRANSFORM);
    names.put("-ms-transform", TRANSFORM);
    names.put("-webkit-clip-path", CLIP_PATH);
    return Map.copyOf(names);
  }

  static Optional<Property> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Whether it sets a colour. */
  boolean isColor() {
    return this == COLOR || this == WEBKIT_TEXT_FILL_COLOR || this == BACKGROUND_COLOR;
  }
}
