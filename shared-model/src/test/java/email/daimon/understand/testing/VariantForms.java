package email.daimon.understand.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The forms in {@code src/test/resources/variants}: texts, labels, attribution lines, layouts. */
final class VariantForms {
  /** How a client lays out one kind of mail; {@code number} tells its forms apart. */
  record Layout(String client, boolean html, String style, int number, String form) {}

  /** A part of a file: the words after ###, and what stands below. */
  record Section(String head, String body) {
    String word(int number) {
      return head.split(" ")[number];
    }
  }

  /** A form of a line, and the locale of the dates in it. */
  record Line(String form, Locale locale) {}

  private final Map<String, List<String>> texts = pairs("texts.txt");
  private final Map<String, List<String>> labels = pairs("labels.txt");
  private final Map<String, List<String>> lines = pairs("attributions.txt");
  private final List<Layout> layouts = readLayouts();

  List<String> languages() {
    return texts.keySet().stream()
        .filter(key -> key.endsWith(" locale"))
        .map(key -> key.substring(0, key.indexOf(' ')))
        .sorted()
        .toList();
  }

  List<Layout> layouts() {
    return layouts;
  }

  /** What a language has under a key of texts.txt; never empty. */
  List<String> texts(String language, String key) {
    return Objects.requireNonNull(texts.get(language + ' ' + key), language + ' ' + key);
  }

  Locale locale(String language) {
    return Locale.forLanguageTag(texts(language, "locale").getFirst());
  }

  /** A label in a language; in English where the language has none. */
  Optional<String> label(String key, String language) {
    List<String> found = labels.getOrDefault(key + ' ' + language, labels.get(key + " en"));
    return Optional.ofNullable(found).map(List::getFirst);
  }

  /** The attribution line of a client; in English where the client is not localised. */
  Line line(String client, String language) {
    List<String> own = lines.get(client + ' ' + language);
    return own != null
        ? new Line(own.getFirst(), locale(language))
        : new Line(Objects.requireNonNull(lines.get(client + " en"), client).getFirst(), Locale.US);
  }

  private static Map<String, List<String>> pairs(String file) {
    Map<String, List<String>> pairs = new HashMap<>();
    for (String line : resource(file).lines().toList()) {
      if (!line.startsWith("#")) {
        int equals = line.indexOf(" = ");
        pairs
            .computeIfAbsent(line.substring(0, equals), _ -> new ArrayList<>())
            .add(line.substring(equals + 3));
      }
    }
    return pairs;
  }

  private static List<Layout> readLayouts() {
    List<Layout> layouts = new ArrayList<>();
    Map<String, Integer> numbers = new HashMap<>();
    for (Section section : sections("clients.txt")) {
      layouts.add(
          new Layout(
              section.word(0),
              section.word(1).equals("html"),
              section.word(2),
              numbers.merge(section.head(), 1, Integer::sum),
              section.body()));
    }
    return layouts;
  }

  /** The parts of a file that begin with a line of ###. */
  static List<Section> sections(String file) {
    List<Section> sections = new ArrayList<>();
    String[] parts = resource(file).split("(?m)^### ");
    for (int i = 1; i < parts.length; i++) {
      int end = parts[i].indexOf('\n');
      sections.add(
          new Section(parts[i].substring(0, end), parts[i].substring(end + 1).stripTrailing()));
    }
    return sections;
  }

  private static String resource(String file) {
    try (InputStream in = VariantForms.class.getResourceAsStream("/variants/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
