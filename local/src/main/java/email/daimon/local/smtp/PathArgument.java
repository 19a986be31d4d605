package email.daimon.local.smtp;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The argument of MAIL FROM: or RCPT TO: (RFC 5321 4.1.2): a path and its parameters.
 *
 * @param address without angle brackets and source route; empty for the null path
 * @param parameters in upper case
 */
record PathArgument(String address, List<String> parameters) {
  PathArgument {
    parameters = List.copyOf(parameters);
  }

  /** Reads what stands after the keyword; nothing when it is no path. */
  static Optional<PathArgument> parse(String command, String keyword) {
    int start = command.toUpperCase(Locale.ROOT).indexOf(keyword);
    if (start < 0 || !command.substring(4, start).isBlank()) {
      return Optional.empty();
    }
    String rest = command.substring(start + keyword.length()).strip();
    if (!rest.startsWith("<")) {
      return bare(rest);
    }
    int end = closing(rest);
    if (end < 0) {
      return Optional.empty();
    }
    String path = rest.substring(1, end);
    String address = path.startsWith("@") ? path.substring(path.indexOf(':') + 1) : path;
    return isAddress(address)
        ? Optional.of(new PathArgument(address, parameters(rest.substring(end + 1))))
        : Optional.empty();
  }

  /** Size that a client declares, or nothing; a number too big to be one is the biggest. */
  Optional<Long> size() {
    return parameters.stream()
        .filter(parameter -> parameter.matches("SIZE=\\d+"))
        .map(parameter -> parameter.substring(5))
        .map(digits -> digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits))
        .findFirst();
  }

  // Many clients leave the brackets out.
  private static Optional<PathArgument> bare(String rest) {
    int blank = rest.indexOf(' ');
    String address = blank < 0 ? rest : rest.substring(0, blank);
    return address.isEmpty() || !isAddress(address)
        ? Optional.empty()
        : Optional.of(new PathArgument(address, parameters(rest.substring(address.length()))));
  }

  private static int closing(String path) {
    boolean quoted = false;
    for (int i = 1; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '>' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isAddress(String address) {
    return address.chars().noneMatch(Character::isISOControl)
        && (address.isEmpty()
            || address.equalsIgnoreCase("postmaster")
            || (address.lastIndexOf('@') > 0 && !address.endsWith("@")));
  }

  private static List<String> parameters(String rest) {
    return rest.isBlank()
        ? List.of()
        : Arrays.stream(rest.strip().split(" +")).map(p -> p.toUpperCase(Locale.ROOT)).toList();
  }
}
