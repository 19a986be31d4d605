package email.daimon.mime;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One property of an iCalendar text (RFC 5545, 3.1).
 *
 * @param name upper case
 * @param parameters by upper-case name, without quotes; of a list its first value
 * @param value as it stands
 */
record CalendarLine(String name, Map<String, String> parameters, String value) {
  private static final int MOST_PARAMETERS = 50;

  /** Reads an unfolded line; nothing where it is no property. */
  static Optional<CalendarLine> of(String line) {
    int at = 0;
    while (at < line.length() && isNameCharacter(line.charAt(at))) {
      at++;
    }
    if (at == 0 || at == line.length()) {
      return Optional.empty();
    }
    String name = line.substring(0, at);
    // vCard and old calendars put a group before the name.
    name = name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
    Map<String, String> parameters = new HashMap<>();
    while (at < line.length() && line.charAt(at) == ';' && parameters.size() < MOST_PARAMETERS) {
      at = parameter(line, at + 1, parameters);
    }
    if (at >= line.length() || line.charAt(at) != ':') {
      return Optional.empty();
    }
    return Optional.of(new CalendarLine(name, parameters, line.substring(at + 1)));
  }

  Optional<String> parameter(String wanted) {
    return Optional.ofNullable(parameters.get(wanted)).filter(it -> !it.isBlank());
  }

  /** The value as text (RFC 5545, 3.3.11). */
  String text() {
    if (value.indexOf('\\') < 0) {
      return value.strip();
    }
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        char next = value.charAt(++i);
        text.append(next == 'n' || next == 'N' ? '\n' : next);
      } else {
        text.append(c);
      }
    }
    return text.toString().strip();
  }

  private static int parameter(String line, int from, Map<String, String> parameters) {
    int at = from;
    StringBuilder name = new StringBuilder();
    while (at < line.length() && isNameCharacter(line.charAt(at))) {
      name.append(line.charAt(at++));
    }
    StringBuilder value = new StringBuilder();
    if (at < line.length() && line.charAt(at) == '=') {
      boolean quoted = false;
      boolean first = true;
      at++;
      while (at < line.length()) {
        char c = line.charAt(at);
        if (c == '"') {
          quoted = !quoted;
        } else if (!quoted && (c == ';' || c == ':')) {
          break;
        } else if (!quoted && c == ',') {
          first = false;
        } else if (first && c == '^' && at + 1 < line.length()) {
          at = caret(line, at, value);
        } else if (first) {
          value.append(c);
        }
        at++;
      }
    }
    parameters.putIfAbsent(name.toString().toUpperCase(Locale.ROOT), value.toString());
    return at;
  }

  /** RFC 6868: quotes, line ends and carets within parameters. */
  private static int caret(String line, int at, StringBuilder value) {
    switch (line.charAt(at + 1)) {
      case 'n' -> value.append('\n');
      case '\'' -> value.append('"');
      case '^' -> value.append('^');
      default -> {
        value.append('^');
        return at;
      }
    }
    return at + 1;
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }
}
