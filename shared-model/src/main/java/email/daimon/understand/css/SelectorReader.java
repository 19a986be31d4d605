package email.daimon.understand.css;

import email.daimon.understand.css.Selector.Compound;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jsoup.nodes.Element;

/** Reads selectors (Selectors 4) as far as style sheets of mails go. */
final class SelectorReader {
  private static final int LONGEST = 500;

  private final String text;
  private int at;
  private int ids;
  private int classes;
  private int types;

  private SelectorReader(String text) {
    this.text = text;
  }

  /** Those of a comma list that can be read. */
  static List<Selector> list(String text) {
    List<Selector> found = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = CssText.end(text, from, ",");
      if (end - from <= LONGEST) {
        new SelectorReader(text.substring(from, end).strip()).selector().ifPresent(found::add);
      }
      from = end + 1;
    }
    return found;
  }

  private Optional<Selector> selector() {
    List<Compound> compounds = new ArrayList<>();
    StringBuilder combinators = new StringBuilder();
    while (at < text.length()) {
      Optional<Compound> compound = compound();
      if (compound.isEmpty()) {
        return Optional.empty();
      }
      compounds.addFirst(compound.get());
      if (at < text.length()) {
        combinators.insert(0, combinator());
      }
    }
    return compounds.isEmpty() || combinators.length() != compounds.size() - 1
        ? Optional.empty()
        : Optional.of(new Selector(compounds, combinators.toString(), specificity()));
  }

  private int specificity() {
    return (Math.min(ids, 255) << 16) | (Math.min(classes, 255) << 8) | Math.min(types, 255);
  }

  private char combinator() {
    char found = ' ';
    while (at < text.length() && " \t\r\n\f>+~".indexOf(text.charAt(at)) >= 0) {
      char c = text.charAt(at++);
      found = c > ' ' ? c : found;
    }
    return found;
  }

  private Optional<Compound> compound() {
    int start = at;
    String tag = "";
    String id = "";
    List<String> names = new ArrayList<>();
    List<Selector.Test> tests = new ArrayList<>();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '*') {
        at++;
      } else if (c == '.') {
        at++;
        names.add(name());
        classes++;
      } else if (c == '#') {
        at++;
        id = name();
        ids++;
      } else if (c == '[') {
        tests.add(attribute());
        classes++;
      } else if (c == ':') {
        Optional<Selector.Test> test = pseudo();
        if (test.isEmpty()) {
          return Optional.empty();
        }
        tests.add(test.get());
        classes++;
      } else if (isOfName(c) && at == start) {
        tag = name().toLowerCase(Locale.ROOT);
        types++;
      } else {
        break;
      }
    }
    return at == start || names.contains("")
        ? Optional.empty()
        : Optional.of(new Compound(tag, id, List.copyOf(names), List.copyOf(tests)));
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '\\' || c > 127;
  }

  private String name() {
    int from = at;
    while (at < text.length() && isOfName(text.charAt(at))) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at, text.length());
    return CssText.unescaped(text.substring(from, at));
  }

  /** {@code [name]}, {@code [name=value]}, {@code [name*="value"]} … */
  private Selector.Test attribute() {
    int end = text.indexOf(']', at);
    end = end < 0 ? text.length() : end;
    String inside = text.substring(at + 1, end);
    at = Math.min(text.length(), end + 1);
    int equals = inside.indexOf('=');
    if (equals <= 0) {
      String name = inside.strip().toLowerCase(Locale.ROOT);
      return element -> element.hasAttr(name);
    }
    char how = inside.charAt(equals - 1);
    boolean plain = "~|^$*".indexOf(how) < 0;
    String name = inside.substring(0, plain ? equals : equals - 1).strip();
    String key = name.toLowerCase(Locale.ROOT);
    String value = inside.substring(equals + 1).replace("\"", "").replace("'", "").strip();
    return switch (plain ? '=' : how) {
      case '^' -> element -> value(element, key).startsWith(value);
      case '$' -> element -> value(element, key).endsWith(value);
      case '*' -> element -> value(element, key).contains(value);
      case '~' -> element -> (" " + value(element, key) + " ").contains(" " + value + " ");
      case '|' -> element -> (value(element, key) + "-").startsWith(value + "-");
      default -> element -> value(element, key).equalsIgnoreCase(value);
    };
  }

  private static String value(Element element, String name) {
    String value = element.attr(name);
    return value.substring(0, Math.min(value.length(), LONGEST));
  }

  private Optional<Selector.Test> pseudo() {
    at++;
    if (at < text.length() && text.charAt(at) == ':') {
      return Optional.empty();
    }
    String name = name().toLowerCase(Locale.ROOT);
    String argument = "";
    if (at < text.length() && text.charAt(at) == '(') {
      int end = CssText.end(text, at + 1, ")");
      argument = text.substring(at + 1, end).strip();
      at = Math.min(text.length(), end + 1);
    }
    return switch (name) {
      case "link", "any-link" -> Optional.of(element -> element.hasAttr("href"));
      case "root" -> Optional.of(element -> element.normalName().equals("html"));
      case "first-child" -> Optional.of(element -> element.previousElementSibling() == null);
      case "last-child" -> Optional.of(element -> element.nextElementSibling() == null);
      case "nth-child" -> nth(argument);
      case "not" -> simple(argument).map(it -> element -> !it.matches(element));
      case "is", "where", "matches" -> simple(argument);
      default -> Optional.empty();
    };
  }

  private static Optional<Selector.Test> simple(String argument) {
    if (argument.indexOf('(') >= 0) {
      return Optional.empty();
    }
    List<Selector> inside = list(argument);
    return inside.isEmpty()
        ? Optional.empty()
        : Optional.of(
            element -> inside.stream().anyMatch(it -> it.compounds().getFirst().matches(element)));
  }

  private static Optional<Selector.Test> nth(String argument) {
    return switch (argument) {
      case "odd", "2n+1" -> Optional.of(element -> position(element) % 2 == 1);
      case "even", "2n" -> Optional.of(element -> position(element) % 2 == 0);
      default ->
          Length.of(argument)
              .filter(it -> it.unit().isEmpty())
              .map(it -> element -> position(element) == (int) it.number());
    };
  }

  /** Among its siblings, from 1; no farther than a hundred. */
  private static int position(Element element) {
    int position = 1;
    Element before = element.previousElementSibling();
    while (before != null && position <= 100) {
      position++;
      before = before.previousElementSibling();
    }
    return position;
  }
}
