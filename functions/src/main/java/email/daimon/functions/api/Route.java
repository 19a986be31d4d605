package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One line of the table of routes.
 *
 * @param pattern such as {@code /v1/inboxes/{id}}
 * @param later whether the route only says that it is not built yet
 */
public record Route(String method, String pattern, Access access, Action action, boolean later) {
  public Route {
    requireNonNull(method, "method is null");
    requireNonNull(pattern, "pattern is null");
    requireNonNull(access, "access is null");
    requireNonNull(action, "action is null");
  }

  /** Looks up what the path names (404) and reads what was sent (400); changes nothing. */
  @FunctionalInterface
  public interface Action {
    Plan prepare(Request request);
  }

  public static Route get(String pattern, Access access, Action action) {
    return new Route("GET", pattern, access, action, false);
  }

  public static Route post(String pattern, Access access, Action action) {
    return new Route("POST", pattern, access, action, false);
  }

  public static Route patch(String pattern, Access access, Action action) {
    return new Route("PATCH", pattern, access, action, false);
  }

  public static Route delete(String pattern, Access access, Action action) {
    return new Route("DELETE", pattern, access, action, false);
  }

  /** The parameters of a path, still encoded, that this route's pattern matches. */
  Optional<Map<String, String>> match(String path) {
    List<String> wanted = segments(pattern);
    List<String> given = segments(path);
    if (wanted.size() != given.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new TreeMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      String name = wanted.get(i);
      if (name.startsWith("{")) {
        if (given.get(i).isEmpty()) {
          return Optional.empty();
        }
        parameters.put(name.substring(1, name.length() - 1), given.get(i));
      } else if (!name.equals(given.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  /** How many segments are literal: of two routes that match, the more literal one is meant. */
  int literals() {
    return (int) segments(pattern).stream().filter(segment -> !segment.startsWith("{")).count();
  }

  /** {@code GET /v1/inboxes/{id}}. */
  public String name() {
    return method + " " + pattern;
  }

  private static List<String> segments(String path) {
    return Arrays.asList(path.split("/", -1));
  }
}
