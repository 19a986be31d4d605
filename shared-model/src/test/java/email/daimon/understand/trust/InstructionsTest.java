package email.daimon.understand.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.Injection;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What instructs machines, and what people write that comes near to it, sentence by sentence. */
class InstructionsTest {
  private static final TrustReader.Labels NO_LABELS = new TrustReader.Labels("", "", "", List.of());

  /** The judge has the last word, and is not always right. */
  @Test
  void whatInstructsAMachineIsFound() throws IOException {
    List<String> all = sentences("attacks.txt");
    List<String> missed = all.stream().filter(it -> found(it).isEmpty()).toList();
    assertThat(missed).hasSizeLessThan(all.size() / 50);
  }

  @Test
  void whatPeopleWriteIsNoInstruction() throws IOException {
    assertThat(sentences("harmless.txt")).allSatisfy(it -> assertThat(found(it)).isEmpty());
  }

  @Test
  void aTextFullOfCuesIsReadInTime() {
    List<String> dense =
        List.of(
            "assistant ai ignore instructions system send password quietly ",
            "if you are an ai, ",
            "<system_prompt_update ",
            "--- new instructions ---\n",
            "to whichever bot model ",
            "ignore forget all all all ",
            "> x = \"you are ");
    for (String one : dense) {
      String text = one.repeat((1 << 20) / one.length());
      found(text);
      long start = System.nanoTime();
      found(text);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(took).as(one).isLessThan(Duration.ofMillis(800));
    }
  }

  private static List<Injection> found(String text) {
    return TrustReader.texts(NO_LABELS, Optional.of(text), Optional.empty(), Optional.empty())
        .injections();
  }

  private static List<String> sentences(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(InstructionsTest.class.getResourceAsStream("/trust/" + file))) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> line.replace("\\n", "\n"))
          .toList();
    }
  }
}
