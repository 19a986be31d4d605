package email.daimon.local;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A command line: {@code --name value}, {@code --name=value}, {@code --switch} and plain words. A
 * flag that is not given may come from the environment: {@code DAIMON_SMTP_PORT} is {@code
 * --smtp-port}.
 */
final class Arguments {
  private final Map<String, String> flags = new HashMap<>();
  private final List<String> words = new ArrayList<>();
  private final Map<String, String> environment;

  /**
   * @param valued flags that take a value
   * @param switches flags that do not
   */
  Arguments(
      String[] line, Set<String> valued, Set<String> switches, Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    for (int i = 0; i < line.length; i++) {
      String word = line[i];
      if (!word.startsWith("--")) {
        words.add(word);
        continue;
      }
      int equals = word.indexOf('=');
      String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
      if (switches.contains(name) && equals < 0) {
        flags.put(name, "true");
      } else if (!valued.contains(name)) {
        throw new StartException("unknown flag %s: see --help".formatted(word));
      } else if (equals >= 0) {
        flags.put(name, word.substring(equals + 1));
      } else if (i + 1 < line.length) {
        flags.put(name, line[++i]);
      } else {
        throw new StartException("%s needs a value: see --help".formatted(word));
      }
    }
  }

  List<String> words() {
    return List.copyOf(words);
  }

  Optional<String> text(String name) {
    String variable = "DAIMON_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    return Optional.ofNullable(flags.getOrDefault(name, environment.get(variable)))
        .filter(value -> !value.isEmpty());
  }

  /** A variable of the environment that is no flag. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  boolean on(String name) {
    return text(name).filter(value -> !value.equals("false")).isPresent();
  }

  OptionalInt number(String name) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseUnsignedInt(value.get()));
    } catch (NumberFormatException _) {
      throw new StartException("--%s takes a number, not %s".formatted(name, value.get()));
    }
  }

  /** A time such as {@code PT0.5S}; none where it is not given. */
  Duration duration(String name) {
    Optional<String> value = text(name);
    try {
      Duration duration = value.map(Duration::parse).orElse(Duration.ZERO);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeParseException _) {
      // said below
    }
    throw new StartException(
        "--%s takes a time such as PT0.5S, not %s".formatted(name, value.get()));
  }

  /** A share from 0 to below 1; 0 where it is not given. */
  double share(String name) {
    Optional<String> value = text(name);
    try {
      double share = value.map(Double::parseDouble).orElse(0.0);
      if (share >= 0 && share < 1) {
        return share;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new StartException(
        "--%s takes a share such as 0.1, below 1, not %s".formatted(name, value.get()));
  }

  String choice(String name, String otherwise, Set<String> allowed) {
    String value = text(name).orElse(otherwise);
    if (!allowed.contains(value)) {
      throw new StartException(
          "--%s takes %s, not %s"
              .formatted(name, String.join(" or ", allowed.stream().sorted().toList()), value));
    }
    return value;
  }
}
