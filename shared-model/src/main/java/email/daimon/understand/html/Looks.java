package email.daimon.understand.html;

import static email.daimon.understand.css.Property.*;

import email.daimon.understand.css.Cascade;
import email.daimon.understand.css.Color;
import email.daimon.understand.css.Colors;
import email.daimon.understand.css.Length;
import email.daimon.understand.css.Property;
import email.daimon.understand.css.StyleSheets;
import email.daimon.understand.css.Value;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.NodeTraversor;
import org.jspecify.annotations.Nullable;

/** Computes how elements look, each from its parent. */
final class Looks {
  private static final Map<String, Double> SIZES =
      Map.of(
          "xx-small",
          9.0,
          "x-small",
          10.0,
          "small",
          13.0,
          "medium",
          16.0,
          "large",
          18.0,
          "x-large",
          24.0,
          "xx-large",
          32.0,
          "initial",
          16.0);
  private static final Map<String, Double> HEADINGS =
      Map.of(
          "h1", 2.0, "h2", 1.5, "h3", 1.17, "h5", 0.83, "h6", 0.67, "small", 0.83, "sub", 0.83,
          "sup", 0.83, "big", 1.2);
  private static final double[] FONT_SIZES = {9, 10, 13, 16, 18, 24, 32, 48};
  private static final Set<String> GROUNDED =
      Set.of("body", "table", "tbody", "thead", "tfoot", "tr", "td", "th");

  private final StyleSheets sheets = new StyleSheets();
  private final Cascade cascade = new Cascade();

  Looks(Document document) {
    NodeTraversor.traverse(
        (node, _) -> {
          if (node instanceof Element element && element.normalName().equals("style")) {
            // Within SVG it is text like any other.
            String css = element.data().isEmpty() ? element.wholeText() : element.data();
            sheets.add(css, element.attr("media"));
          }
        },
        document);
    sheets.read();
  }

  Look of(Element element, Look parent) {
    if (!parent.removed().isEmpty()) {
      return parent;
    }
    if (sheets.isUnread()) {
      return parent.removed("not_read");
    }
    Double heading = HEADINGS.get(element.normalName());
    if (heading == null && element.attributesSize() == 0 && sheets.isEmpty()) {
      return parent;
    }
    cascade.clear();
    if (heading != null) {
      cascade.hint(FONT_SIZE, new Length(heading, "em"));
    }
    hints(element);
    sheets.declare(element, cascade);
    if (sheets.isUnread()) {
      return parent.removed("not_read");
    }
    if (cascade.isEmpty()) {
      return parent;
    }
    double fontSize = fontSize(parent.fontSize());
    double opacity = parent.opacity() * opacity();
    Look look =
        new Look(
            "",
            cascade.has(VISIBILITY) ? visibility(parent) : parent.shown(),
            fontSize,
            cascade.length(TEXT_INDENT).map(it -> it.pixels(fontSize, 600)).orElse(parent.indent()),
            opacity,
            color(parent),
            ground(parent),
            parent.fixed() || cascade.has(WEBKIT_TEXT_FILL_COLOR));
    String removal = Removal.of(element, cascade, look);
    return removal.isEmpty() ? look : look.removed(removal);
  }

  /** What attributes say, any style going before them (HTML 15.3). */
  private void hints(Element element) {
    if (element.attributesSize() == 0) {
      return;
    }
    String name = element.normalName();
    if (element.hasAttr("hidden")) {
      cascade.hint(DISPLAY, new Value.Word("none"));
    }
    if (GROUNDED.contains(name)) {
      paint(BACKGROUND_COLOR, element.attr("bgcolor"));
      if (!element.attr("background").isEmpty()) {
        cascade.hint(BACKGROUND_IMAGE, new Value.Word("some"));
      }
    }
    switch (name) {
      case "a" -> {
        if (element.hasAttr("href")) {
          cascade.hint(COLOR, new Value.Paint(Color.LINK));
        }
      }
      case "body" -> paint(COLOR, element.attr("text"));
      case "font" -> {
        paint(COLOR, element.attr("color"));
        fontTag(element.attr("size"));
      }
      default -> {}
    }
  }

  private void paint(Property property, String color) {
    if (!color.isEmpty()) {
      Colors.ofAttribute(color).ifPresent(it -> cascade.hint(property, new Value.Paint(it)));
    }
  }

  private void fontTag(String size) {
    Length.of(size)
        .ifPresent(it -> {
          boolean relative = size.startsWith("+") || size.startsWith("-");
          int at = (int) it.number() + (relative ? 3 : 0);
          double pixels = FONT_SIZES[Math.max(1, Math.min(7, at))];
          cascade.hint(FONT_SIZE, new Length(pixels, "px"));
        });
  }

  private boolean visibility(Look parent) {
    String word = cascade.word(VISIBILITY);
    return switch (word) {
      case "inherit", "unset" -> parent.shown();
      case "hidden", "collapse" -> false;
      default -> true;
    };
  }

  private double opacity() {
    return cascade.length(OPACITY).map(it -> Math.clamp(it.pixels(1, 1), 0, 1)).orElse(1.0);
  }

  private double fontSize(double parent) {
    Optional<Length> length = cascade.length(FONT_SIZE);
    if (length.isPresent()) {
      return Math.max(0, length.get().pixels(parent, parent));
    }
    String word = cascade.word(FONT_SIZE);
    return switch (word) {
      case "smaller" -> parent / 1.2;
      case "larger" -> parent * 1.2;
      default -> SIZES.getOrDefault(word, parent);
    };
  }

  private @Nullable Color color(Look parent) {
    Property property = cascade.has(WEBKIT_TEXT_FILL_COLOR) ? WEBKIT_TEXT_FILL_COLOR : COLOR;
    if (!cascade.has(property) || (property == COLOR && parent.fixed())) {
      return parent.color();
    }
    return switch (cascade.word(property)) {
      case "" -> cascade.color(property).orElse(Color.BLACK);
      case "inherit", "currentcolor", "unset" -> parent.color();
      case "initial" -> Color.BLACK;
      default -> null;
    };
  }

  /** Colours lie over each other; what a picture shows is not known. */
  private @Nullable Color ground(Look parent) {
    Color below = cascade.is(BACKGROUND_IMAGE, "some") ? null : parent.ground();
    if (!cascade.has(BACKGROUND_COLOR)) {
      return below;
    }
    Color own = cascade.color(BACKGROUND_COLOR).orElse(null);
    if (own == null) {
      boolean known =
          Set.of("inherit", "initial", "unset", "none", "transparent")
              .contains(cascade.word(BACKGROUND_COLOR));
      return known ? below : null;
    }
    if (cascade.is(BACKGROUND_IMAGE, "some")) {
      return null;
    }
    return own.alpha() >= 1 ? own : below == null ? null : own.over(below);
  }
}
