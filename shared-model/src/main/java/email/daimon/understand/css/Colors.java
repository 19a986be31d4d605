package email.daimon.understand.css;

import email.daimon.DataFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads colours: names, {@code #rgb}, {@code rgb()}, {@code hsl()} (CSS Color 4). */
public final class Colors {
  private static final Map<String, Color> NAMED = named();

  private Colors() {}

  /** The colour of a style; empty where it is none, or of a space that is not known here. */
  public static Optional<Color> of(String text) {
    String all = text.strip().toLowerCase(Locale.ROOT);
    if (all.startsWith("#")) {
      return hex(all.substring(1));
    }
    int open = all.indexOf('(');
    if (open < 0 || !all.endsWith(")")) {
      return Optional.ofNullable(NAMED.get(all));
    }
    List<String> parts = parts(all.substring(open + 1, all.length() - 1));
    return switch (all.substring(0, open)) {
      case "rgb", "rgba" -> rgb(parts);
      case "hsl", "hsla" -> hsl(parts);
      default -> Optional.empty();
    };
  }

  /** The colour of an attribute such as {@code bgcolor}, where the {@code #} may be missing. */
  public static Optional<Color> ofAttribute(String text) {
    String all = text.strip().toLowerCase(Locale.ROOT);
    return of(all).or(() -> hex(all));
  }

  private static Optional<Color> hex(String digits) {
    int size = digits.length();
    if (size != 3 && size != 4 && size != 6 && size != 8) {
      return Optional.empty();
    }
    int each = size > 4 ? 2 : 1;
    double[] channels = {0, 0, 0, 255};
    for (int i = 0; i * each < size; i++) {
      int high = Character.digit(digits.charAt(i * each), 16);
      int low = Character.digit(digits.charAt(i * each + each - 1), 16);
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      channels[i] = high * 16.0 + low;
    }
    return Optional.of(new Color(channels[0], channels[1], channels[2], channels[3] / 255));
  }

  private static List<String> parts(String inside) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= inside.length(); i++) {
      boolean ends = i == inside.length() || " ,/\t\n".indexOf(inside.charAt(i)) >= 0;
      if (ends && i > from) {
        parts.add(inside.substring(from, i));
      }
      from = ends ? i + 1 : from;
    }
    return parts;
  }

  private static Optional<Color> rgb(List<String> parts) {
    double[] n = numbers(parts, 255, 255, 255);
    return n.length == 0 ? Optional.empty() : Optional.of(new Color(n[0], n[1], n[2], n[3]));
  }

  private static Optional<Color> hsl(List<String> parts) {
    double[] n = numbers(parts, 360, 1, 1);
    if (n.length == 0) {
      return Optional.empty();
    }
    double saturation = n[1] > 1 ? n[1] / 100 : n[1];
    double light = n[2] > 1 ? n[2] / 100 : n[2];
    double reach = saturation * Math.min(light, 1 - light);
    return Optional.of(
        new Color(
            255 * channel(0, n[0], light, reach),
            255 * channel(8, n[0], light, reach),
            255 * channel(4, n[0], light, reach),
            n[3]));
  }

  private static double channel(double n, double hue, double light, double reach) {
    double k = (n + ((hue % 360) + 360) / 30) % 12;
    return light - reach * Math.max(-1, Math.min(Math.min(k - 3, 9 - k), 1));
  }

  /** Three channels, a percentage being of the given whole, and alpha; empty where one is none. */
  private static double[] numbers(List<String> parts, double... wholes) {
    if (parts.size() < 3 || parts.size() > 4) {
      return new double[0];
    }
    double[] numbers = {0, 0, 0, 1};
    for (int i = 0; i < parts.size(); i++) {
      Optional<Length> length = Length.of(parts.get(i).replace("deg", ""));
      if (length.isEmpty()) {
        return new double[0];
      }
      double whole = i < 3 ? wholes[i] : 1;
      numbers[i] = length.get().pixels(1, whole);
    }
    return numbers;
  }

  private static Map<String, Color> named() {
    Map<String, Color> colors = new HashMap<>();
    for (String line : DataFile.lines(Colors.class, "colors.txt")) {
      int blank = line.indexOf(' ');
      hex(line.substring(blank + 2)).ifPresent(it -> colors.put(line.substring(0, blank), it));
    }
    colors.put("transparent", Color.TRANSPARENT);
    return Map.copyOf(colors);
  }
}
