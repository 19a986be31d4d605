package email.daimon.understand.css;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A number with its unit.
 *
 * @param unit {@code px} for all fixed ones; {@code em} and {@code %} are relative; empty for a
 *     bare number
 */
public record Length(double number, String unit) implements Value {
  private static final double VIEW_WIDTH = 1024;
  private static final double VIEW_HEIGHT = 768;

  /** Reads {@code 12px}, {@code -9999em}, {@code .5}, {@code calc(0px)}. */
  public static Optional<Length> of(String text) {
    String all = text.strip();
    if (all.startsWith("calc(") && all.endsWith(")")) {
      all = all.substring(5, all.length() - 1).strip();
    }
    int end = 0;
    while (end < all.length() && isOfNumber(all.charAt(end), end)) {
      end++;
    }
    // The e of "1em" belongs to the unit.
    if (end == 0 || all.length() - end > 5) {
      return Optional.empty();
    }
    try {
      double number = Double.parseDouble(all.substring(0, end));
      return Optional.ofNullable(length(number, all.substring(end).toLowerCase(Locale.ROOT)));
    } catch (NumberFormatException notOne) {
      return Optional.empty();
    }
  }

  private static boolean isOfNumber(char c, int at) {
    return (c >= '0' && c <= '9') || c == '.' || (at == 0 && (c == '-' || c == '+'));
  }

  private static @Nullable Length length(double number, String unit) {
    return switch (unit) {
      case "", "%", "em", "px" -> new Length(number, unit);
      case "rem" -> new Length(number * 16, "px");
      case "ex", "ch", "lh" -> new Length(number / 2, "em");
      case "pt" -> new Length(number * 4 / 3, "px");
      case "pc" -> new Length(number * 16, "px");
      case "in" -> new Length(number * 96, "px");
      case "cm" -> new Length(number * 96 / 2.54, "px");
      case "mm" -> new Length(number * 9.6 / 2.54, "px");
      case "q" -> new Length(number * 2.4 / 2.54, "px");
      case "vw", "dvw", "svw", "lvw" -> new Length(number * VIEW_WIDTH / 100, "px");
      case "vh", "dvh", "svh", "lvh" -> new Length(number * VIEW_HEIGHT / 100, "px");
      case "vmin" -> new Length(number * VIEW_HEIGHT / 100, "px");
      case "vmax" -> new Length(number * VIEW_WIDTH / 100, "px");
      default -> null;
    };
  }

  /** In pixels where an em has so many, and 100 % are so many. */
  public double pixels(double em, double whole) {
    return switch (unit) {
      case "em" -> number * em;
      case "%" -> number * whole / 100;
      default -> number;
    };
  }
}
