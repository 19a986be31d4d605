package email.daimon.local.http;

import email.daimon.local.lambda.LocalFunction;
import email.daimon.local.stack.Function.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the route of a request as an HTTP API does: the one with the most literal beginning, a
 * method before ANY, and {@code $default} where none fits.
 */
final class RouteTable {
  private final List<Entry> entries = new ArrayList<>();
  private Optional<Entry> byDefault = Optional.empty();

  /** A route and the function behind it. */
  record Entry(Route route, LocalFunction function) {
    List<String> segments() {
      return List.of(route.path().orElseThrow().split("/", -1));
    }

    /** Literal segments sort before parameters, place by place. */
    String rank() {
      StringBuilder rank = new StringBuilder();
      segments().forEach(segment -> rank.append(isParameter(segment) ? '1' : '0'));
      return rank.append(route.method().equals("ANY") ? '1' : '0').toString();
    }
  }

  /** A route that fits, with the values of its parameters, decoded. */
  record Match(Entry entry, Map<String, String> parameters) {}

  void add(Route route, LocalFunction function) {
    if (route.path().isEmpty()) {
      byDefault = Optional.of(new Entry(route, function));
    } else {
      entries.add(new Entry(route, function));
      entries.sort(Comparator.comparing(Entry::rank));
    }
  }

  Optional<Match> find(String method, String path) {
    List<String> segments = List.of(path.split("/", -1));
    return entries.stream()
        .filter(e -> e.route.method().equals(method) || e.route.method().equals("ANY"))
        .flatMap(entry -> match(entry, segments).stream())
        .findFirst()
        .or(() -> byDefault.map(entry -> new Match(entry, Map.of())));
  }

  private static Optional<Match> match(Entry entry, List<String> segments) {
    List<String> pattern = entry.segments();
    if (pattern.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < pattern.size(); i++) {
      String expected = pattern.get(i);
      String actual = segments.get(i);
      if (isParameter(expected) && !actual.isEmpty()) {
        parameters.put(expected.substring(1, expected.length() - 1), Call.decoded(actual));
      } else if (!expected.equals(actual)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Match(entry, parameters));
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }
}
