package email.daimon.understand;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.understand.testing.KeptTexts;
import email.daimon.understand.testing.Variant;
import email.daimon.understand.testing.Variants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Replies made of forms: every client in 40 languages. {@code -Dvariants=held-out} judges the pairs
 * that rules are not made by; {@code -Dvariants.show=fi/gmail} prints those whose name begins so.
 */
class ReplyVariantsTest {
  private static final double WANTED = 0.98;
  private static final double KEPT = 0.98;
  private static final int SHOWN = 60;

  @Test
  void freshTextIsFound() {
    List<Variant> variants = Variants.of("held-out".equals(System.getProperty("variants")));
    List<Variant> misses = variants.stream().filter(it -> !it.accepts(reply(it))).toList();
    print(variants, misses, "language", Variant::language);
    print(variants, misses, "client", it -> it.client() + (it.html() ? " html" : " text"));
    print(variants, misses, "style", Variant::style);
    String show = System.getProperty("variants.show", "-");
    variants.stream()
        .filter(it -> it.id().startsWith(show))
        .forEach(it -> System.out.println(shown(it)));
    double reached = 1 - (double) misses.size() / variants.size();
    System.out.printf(
        "%d of %d variants right%n", variants.size() - misses.size(), variants.size());
    assertThat(reached)
        .as(
            "%d missed:%n%s",
            misses.size(),
            String.join("\n", misses.stream().limit(SHOWN).map(it -> shown(it)).toList()))
        .isGreaterThanOrEqualTo(WANTED);
  }

  @Test
  void whatIsAllNewIsKeptWhole() {
    List<Variant> texts = KeptTexts.all();
    List<String> misses =
        texts.stream().filter(it -> !it.accepts(reply(it))).map(ReplyVariantsTest::shown).toList();
    System.out.printf(
        "%d of %d texts with nothing to cut kept whole%n",
        texts.size() - misses.size(), texts.size());
    assertThat(1 - (double) misses.size() / texts.size())
        .as(String.join("\n", misses))
        .isGreaterThanOrEqualTo(KEPT);
  }

  private static String reply(Variant variant) {
    Optional<String> input = Optional.of(variant.input());
    return (variant.html()
            ? Understanding.of(Optional.empty(), input)
            : Understanding.of(input, Optional.empty()))
        .replyBody();
  }

  private static String shown(Variant variant) {
    return "== %s%n%s%n-- wanted%n%s%n-- found%n%s"
        .formatted(variant.id(), variant.input(), variant.readings().getFirst(), reply(variant));
  }

  private static void print(
      List<Variant> all, List<Variant> misses, String what, Function<Variant, String> group) {
    Map<String, int[]> counts = new TreeMap<>();
    all.forEach(it -> counts.computeIfAbsent(group.apply(it), _ -> new int[2])[0]++);
    misses.forEach(it -> counts.get(group.apply(it))[1]++);
    List<String> words = new ArrayList<>();
    counts.forEach(
        (name, count) -> words.add("%s %d%%".formatted(name, 100 - 100 * count[1] / count[0])));
    System.out.println("by " + what + ": " + String.join(", ", words));
  }
}
