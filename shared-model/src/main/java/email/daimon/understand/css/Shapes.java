package email.daimon.understand.css;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What functions that move, shrink and cut leave of a text. */
final class Shapes {
  /** So far out that no screen shows it. */
  private static final double FAR = 1_000;

  private static final double EM = 16;

  private Shapes() {}

  /** {@code zero_size}, {@code off_screen} or {@code none}. */
  static String transform(String text) {
    for (Function function : functions(text)) {
      List<Length> values = function.lengths();
      if (function.name().startsWith("scale")
          && values.stream().anyMatch(it -> Math.abs(it.pixels(1, 1)) < 0.05)) {
        return "zero_size";
      }
      if (function.name().startsWith("translate")
          && values.stream()
              .anyMatch(it -> Math.abs(it.pixels(EM, it.number() <= -150 ? FAR : 1)) >= FAR)) {
        return "off_screen";
      }
      if ((function.name().equals("rotatex") || function.name().equals("rotatey"))
          && function.inside().strip().matches("-?90deg")) {
        return "zero_size";
      }
    }
    return "none";
  }

  /** {@code rect(top right bottom left)} of CSS 2. */
  static String clip(String text) {
    for (Function function : functions(text)) {
      List<Length> sides = function.lengths();
      if (function.name().equals("rect") && sides.size() == 4) {
        double height = sides.get(2).pixels(EM, 0) - sides.get(0).pixels(EM, 0);
        double width = sides.get(1).pixels(EM, 0) - sides.get(3).pixels(EM, 0);
        return height <= 1 || width <= 1 ? "clipped" : "none";
      }
    }
    return "none";
  }

  /** CSS Masking 1: nothing is left within the shape. */
  static String clipPath(String text) {
    for (Function function : functions(text)) {
      List<Length> values = function.lengths();
      boolean nothing =
          switch (function.name()) {
            case "inset" -> !values.isEmpty() && leavesNothing(values);
            case "circle", "ellipse" -> !values.isEmpty() && values.getFirst().number() == 0;
            case "polygon", "rect" ->
                values.size() >= 2 && values.stream().map(Length::number).distinct().count() == 1;
            default -> false;
          };
      if (nothing) {
        return "clipped";
      }
    }
    return "none";
  }

  private static boolean leavesNothing(List<Length> sides) {
    double top = sides.getFirst().pixels(EM, 100);
    double right = sides.size() > 1 ? sides.get(1).pixels(EM, 100) : top;
    double bottom = sides.size() > 2 ? sides.get(2).pixels(EM, 100) : top;
    double left = sides.size() > 3 ? sides.get(3).pixels(EM, 100) : right;
    return top + bottom >= 99 || left + right >= 99;
  }

  /** Of {@code filter: opacity(0)}, and of {@code alpha(opacity=0)} as old programs write it. */
  static Optional<Double> opacity(String text) {
    int old = text.indexOf("opacity=");
    if (old >= 0) {
      int end = text.indexOf(')', old);
      return Length.of(text.substring(old + 8, end < 0 ? text.length() : end))
          .map(it -> it.number() / 100);
    }
    for (Function function : functions(text)) {
      if (function.name().equals("opacity") && !function.lengths().isEmpty()) {
        return Optional.of(function.lengths().getFirst().pixels(1, 1));
      }
    }
    return Optional.empty();
  }

  private record Function(String name, String inside) {
    /** The lengths among its arguments, in their order. */
    private List<Length> lengths() {
      List<Length> lengths = new ArrayList<>();
      for (String part : CssText.parts(inside.replace(',', ' '))) {
        Length.of(part).ifPresent(lengths::add);
      }
      return lengths;
    }
  }

  private static List<Function> functions(String text) {
    List<Function> functions = new ArrayList<>();
    int from = 0;
    for (int open = text.indexOf('('); open >= 0; open = text.indexOf('(', from)) {
      int close = text.indexOf(')', open);
      close = close < 0 ? text.length() : close;
      functions.add(
          new Function(text.substring(from, open).strip(), text.substring(open + 1, close)));
      from = Math.min(text.length(), close + 1);
    }
    return functions;
  }
}
