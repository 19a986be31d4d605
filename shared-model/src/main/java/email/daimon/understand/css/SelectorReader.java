package email.daimon.understand.css;

import email.daimon.understand.css.Selector.Compound;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jsoup.nodes.Element;

/** Reads selectors (Selectors 4) as far as style sheets of mails go. */
final class SelectorReader {
  private static final int LONGEST = 2_000;
  private static final int LONGEST_VALUE = 500;

  private final String text;
  private int at;
  private int ids;
  private int classes;
  private int types;

  private SelectorReader(String text) {
    this.text = text;
  }

  /** Whether a list has a selector that is longer than is read. */
  static boolean isTooLong(String text) {
    return text.length() > LONGEST && longest(text) > LONGEST;
  }

  private static int longest(String text) {
    int longest = 0;
    int from = 0;
    while (from < text.length()) {
      int end = CssText.end(text, from, ",");
      longest = Math.max(longest, end - from);
      from = end + 1;
    }
    return longest;
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
      return (element, _) -> element.hasAttr(name);
    }
    char how = inside.charAt(equals - 1);
    boolean plain = "~|^$*".indexOf(how) < 0;
    String name = inside.substring(0, plain ? equals : equals - 1).strip();
    String key = name.toLowerCase(Locale.ROOT);
    String value = inside.substring(equals + 1).replace("\"", "").replace("'", "").strip();
    return switch (plain ? '=' : how) {
      case '^' -> (element, _) -> value(element, key).startsWith(value);
      case '$' -> (element, _) -> value(element, key).endsWith(value);
      case '*' -> (element, _) -> value(element, key).contains(value);
      case '~' -> (element, _) -> (" " + value(element, key) + " ").contains(" " + value + " ");
      case '|' -> (element, _) -> (value(element, key) + "-").startsWith(value + "-");
      default -> (element, _) -> value(element, key).equalsIgnoreCase(value);
    };
  }

  private static String value(Element element, String name) {
    String value = element.attr(name);
    return value.substring(0, Math.min(value.length(), LONGEST_VALUE));
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
      case "link", "any-link" -> Optional.of((element, _) -> element.hasAttr("href"));
      case "root", "scope" -> Optional.of((element, _) -> element.normalName().equals("html"));
      case "defined", "read-only" -> Optional.of((_, _) -> true);
      case "hover",
          "active",
          "focus",
          "focus-within",
          "focus-visible",
          "visited",
          "target",
          "checked" ->
          Optional.of((_, _) -> false);
      case "empty" -> Optional.of((element, _) -> element.childNodeSize() == 0);
      case "not" -> simple(argument).map(it -> (element, budget) -> !it.matches(element, budget));
      case "is", "where", "matches" -> simple(argument);
      default -> Position.test(name, argument);
    };
  }

  private static Optional<Selector.Test> simple(String argument) {
    List<Selector> inside = list(argument);
    return inside.isEmpty()
        ? Optional.empty()
        : Optional.of((element, budget) ->
            inside.stream().anyMatch(it -> budget.spend(1) && it.matches(element, budget)));
  }
}
