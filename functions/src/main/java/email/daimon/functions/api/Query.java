package email.daimon.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import email.daimon.wire.Times;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The query parameters of a request. A parameter that nobody asks for, stands twice or has a wrong
 * form is a problem; readers get the default meanwhile.
 */
public final class Query {
  private static final List<String> TRUE = List.of("true", "1");
  private static final List<String> FALSE = List.of("false", "0");
  private final Problems problems;
  private final List<String> hints;
  private final Map<String, String> given = new LinkedHashMap<>();
  private final Set<String> asked = new TreeSet<>();

  Query(String raw, Problems problems, List<String> hints) {
    this.problems = problems;
    this.hints = hints;
    for (String pair : raw.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
        if (given.putIfAbsent(name, value) != null) {
          problems.add(name, "is given twice");
        }
      }
    }
  }

  /** A parameter as text. */
  public Optional<String> text(String name) {
    asked.add(name);
    return Optional.ofNullable(given.get(name));
  }

  /** A parameter with one of a few values. */
  public Optional<String> choice(String name, String... values) {
    Optional<String> value = text(name);
    if (value.isPresent() && !Arrays.asList(values).contains(value.get())) {
      problems.add(name, "is one of " + String.join(", ", values));
      return Optional.empty();
    }
    return value;
  }

  /** An id, with its older prefix taken for the present one. */
  public Optional<String> id(String name) {
    return text(name).map(OlderIds::present);
  }

  /** {@code true}, {@code false}, {@code 1} or {@code 0}. */
  public Optional<Boolean> flag(String name) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (TRUE.contains(value.get())) {
      return Optional.of(true);
    }
    if (!FALSE.contains(value.get())) {
      problems.add(name, "is true or false");
    }
    return Optional.of(false);
  }

  /** A whole number within bounds. */
  public int number(String name, int least, int most, int byDefault) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return byDefault;
    }
    try {
      int number = Integer.parseInt(value.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // named below, like a number out of bounds
    }
    problems.add(name, "is a whole number from " + least + " to " + most);
    return byDefault;
  }

  /** A time; one without offset is taken as UTC, and the reply says so. */
  public Optional<Instant> time(String name) {
    return givenTime(name).map(Times.Given::time);
  }

  /** A time, and whether it had no offset. */
  public Optional<Times.Given> givenTime(String name) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Optional<Times.Given> time = Times.parse(value.get());
    if (time.isEmpty()) {
      problems.add(name, "is a time such as 2026-03-16T10:30:00Z");
    }
    if (time.filter(Times.Given::assumedUtc).isPresent()) {
      hints.add(name + " had no offset and was taken as UTC: write it with a Z or an offset");
    }
    return time;
  }

  /** Whether the parameter is given. */
  public boolean has(String name) {
    return text(name).isPresent();
  }

  void refuseUnknown() {
    for (String name : given.keySet()) {
      if (!asked.contains(name)) {
        problems.unknown("query parameter", name, name, asked);
      }
    }
  }

  /** The names of the parameters that are given. */
  public Set<String> names() {
    return given.keySet();
  }

  Map<String, String> given() {
    return given;
  }

  private String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException _) {
      problems.add(text, "is not percent-encoded as RFC 3986 has it");
      return text;
    }
  }
}
