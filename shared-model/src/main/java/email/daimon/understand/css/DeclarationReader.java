package email.daimon.understand.css;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads what stands within {@code style=""} or the braces of a rule; leaves out what is unknown.
 */
final class DeclarationReader {
  private static final int LONGEST_VALUE = 2_000;

  private final List<Declaration> found = new ArrayList<>();
  private final Variables variables;

  private DeclarationReader(Variables variables) {
    this.variables = variables;
  }

  static List<Declaration> read(String css, Variables variables) {
    DeclarationReader reader = new DeclarationReader(variables);
    int from = 0;
    while (from < css.length()) {
      int end = CssText.end(css, from, ";");
      reader.declaration(css, from, end);
      from = end + 1;
    }
    return reader.found.isEmpty() ? List.of() : reader.found;
  }

  private void declaration(String css, int from, int end) {
    int colon = css.indexOf(':', from);
    if (colon < 0 || colon >= end || end - colon > LONGEST_VALUE) {
      return;
    }
    String name = CssText.withoutComments(css.substring(from, colon)).strip();
    if (name.length() < 3 || name.length() > 24) {
      return;
    }
    String value = CssText.withoutComments(css.substring(colon + 1, end));
    value = variables.resolved(value).strip().toLowerCase(Locale.ROOT);
    boolean important = value.endsWith("important") && value.lastIndexOf('!') >= 0;
    if (important) {
      value = value.substring(0, value.lastIndexOf('!')).strip();
    }
    if (!value.isEmpty()) {
      set(CssText.unescaped(name).toLowerCase(Locale.ROOT), CssText.unescaped(value), important);
    }
  }

  private void set(String name, String value, boolean important) {
    switch (name) {
      case "background" -> background(value, important);
      case "font" -> font(value, important);
      case "margin" -> sides(value, important, Property.MARGIN_TOP, Property.MARGIN_LEFT);
      case "inset" -> sides(value, important, Property.TOP, Property.LEFT);
      case "scale", "zoom" -> {
        boolean nothing = Length.of(value).filter(it -> it.pixels(1, 1) < 0.05).isPresent();
        add(Property.TRANSFORM, new Value.Word(nothing ? "zero_size" : "none"), important);
      }
      case "translate", "rotate" ->
          add(
              Property.TRANSFORM,
              new Value.Word(Shapes.transform(name + "(" + value.replace(' ', ',') + ")")),
              important);
      case "filter", "-ms-filter" ->
          Shapes.opacity(value)
              .ifPresent(it -> add(Property.OPACITY, new Length(it, ""), important));
      default ->
          Property.named(name)
              .flatMap(property -> value(property, value))
              .ifPresent(it -> add(Property.named(name).orElseThrow(), it, important));
    }
  }

  private static Optional<Value> value(Property property, String text) {
    if (property.isColor()) {
      return Optional.of(
          Colors.of(CssText.fallback(text))
              .<Value>map(Value.Paint::new)
              .orElseGet(() -> new Value.Word(CssText.firstWord(text))));
    }
    return Optional.of(
        switch (property) {
          case BACKGROUND_IMAGE -> new Value.Word(text.equals("none") ? "none" : "some");
          case TRANSFORM -> new Value.Word(Shapes.transform(text));
          case CLIP -> new Value.Word(Shapes.clip(text));
          case CLIP_PATH -> new Value.Word(Shapes.clipPath(text));
          default ->
              Length.of(CssText.fallback(text))
                  .<Value>map(it -> it)
                  .orElseGet(() -> new Value.Word(CssText.firstWord(text)));
        });
  }

  private void background(String value, boolean important) {
    Value color = new Value.Paint(Color.TRANSPARENT);
    boolean image = value.contains("url(") || value.contains("gradient(");
    for (String part : CssText.parts(value)) {
      Optional<Color> one = Colors.of(CssText.fallback(part));
      if (one.isPresent()) {
        color = new Value.Paint(one.get());
      } else if (part.equals("inherit") || part.startsWith("var(")) {
        color = new Value.Word(part.startsWith("var(") ? "unknown" : part);
      }
    }
    add(Property.BACKGROUND_COLOR, color, important);
    add(Property.BACKGROUND_IMAGE, new Value.Word(image ? "some" : "none"), important);
  }

  /** The size is the first length of the shorthand; the height of lines stands behind a slash. */
  private void font(String value, boolean important) {
    for (String part : CssText.parts(value)) {
      int slash = part.indexOf('/');
      Optional<Length> size = Length.of(slash < 0 ? part : part.substring(0, slash));
      boolean weight = size.filter(it -> it.unit().isEmpty() && it.number() >= 1).isPresent();
      if (size.isPresent() && !weight) {
        add(Property.FONT_SIZE, size.get(), important);
        if (slash >= 0) {
          Length.of(part.substring(slash + 1))
              .ifPresent(it -> add(Property.LINE_HEIGHT, it, important));
        }
        return;
      }
    }
  }

  /** One to four values: top, right, bottom, left. */
  private void sides(String value, boolean important, Property top, Property left) {
    List<String> parts = CssText.parts(value);
    for (int i : new int[] {0, parts.size() > 3 ? 3 : parts.size() > 1 ? 1 : 0}) {
      Property side = i == 0 ? top : left;
      if (i < parts.size()) {
        Length.of(parts.get(i)).ifPresent(it -> add(side, it, important));
      }
    }
    if (parts.size() == 1) {
      Length.of(parts.getFirst()).ifPresent(it -> add(left, it, important));
    }
  }

  private void add(Property property, Value value, boolean important) {
    found.add(new Declaration(property, value, important));
  }
}
