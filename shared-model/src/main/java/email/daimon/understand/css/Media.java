package email.daimon.understand.css;

import java.util.Locale;

/** Whether a media query holds on the light screen of a desk, 1024 by 768 (Media Queries 4). */
final class Media {
  private static final double WIDTH = 1024;
  private static final double HEIGHT = 768;

  private Media() {}

  /** Whether one of a comma list holds; an empty one does. */
  static boolean holds(String query) {
    if (query.isBlank()) {
      return true;
    }
    for (String one : query.toLowerCase(Locale.ROOT).split(",", 20)) {
      if (oneHolds(one.strip())) {
        return true;
      }
    }
    return false;
  }

  private static boolean oneHolds(String query) {
    String rest = query.startsWith("only ") ? query.substring(5) : query;
    boolean not = rest.startsWith("not ");
    rest = not ? rest.substring(4) : rest;
    boolean holds = true;
    for (String part : rest.split("\\band\\b", 20)) {
      holds &= partHolds(part.strip());
    }
    return holds != not;
  }

  private static boolean partHolds(String part) {
    if (!part.startsWith("(")) {
      return part.isEmpty() || part.equals("all") || part.equals("screen");
    }
    String inside = part.substring(1, part.endsWith(")") ? part.length() - 1 : part.length());
    int colon = inside.indexOf(':');
    String name = (colon < 0 ? inside : inside.substring(0, colon)).strip();
    String value = colon < 0 ? "" : inside.substring(colon + 1).strip();
    double number = Length.of(value).map(it -> it.pixels(16, WIDTH)).orElse(Double.NaN);
    return switch (name) {
      case "min-width", "min-device-width" -> WIDTH >= number;
      case "max-width", "max-device-width" -> WIDTH <= number;
      case "min-height", "min-device-height" -> HEIGHT >= number;
      case "max-height", "max-device-height" -> HEIGHT <= number;
      case "orientation" -> value.equals("landscape");
      case "prefers-color-scheme" -> value.equals("light");
      case "prefers-reduced-motion" -> value.equals("no-preference");
      case "hover", "any-hover" -> !value.equals("none");
      case "pointer", "any-pointer" -> !value.equals("coarse") && !value.equals("none");
      case "color", "grid" -> name.equals("color");
      case "-webkit-min-device-pixel-ratio", "min-device-pixel-ratio" -> number <= 1;
      default -> false;
    };
  }
}
