package email.daimon.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Rule 3.2: rows are whole messages, each text up to 8 KB. */
final class ListFormTest {
  @Test
  void shortMailIsShownWhole() {
    ListForm form = ListForm.of(document("Hello", "Hello", List.of("https://a.example/")));

    assertThat(form.textBody()).isEqualTo("Hello");
    assertThat(form.links()).containsExactly("https://a.example/");
    assertThat(form.truncated()).isEmpty();
  }

  @Test
  void eachTextIsCutAtEightKilobytesAndSaysSo() {
    ListForm form = ListForm.of(document("x".repeat(9000), "short", List.of()));

    assertThat(form.textBody()).hasSize(8192);
    assertThat(form.replyBody()).isEqualTo("short");
    assertThat(form.truncated()).containsExactly("text_body");
  }

  @Test
  void linksAreNeverCutInside() {
    List<String> links =
        List.of("https://a.example/" + "y".repeat(8000), "https://b.example/" + "z".repeat(400));

    ListForm form = ListForm.of(document("t", "t", links));

    assertThat(form.links()).containsExactly(links.getFirst());
    assertThat(form.truncated()).containsExactly("links");
  }

  @Property(tries = 200)
  void headIsTheLongestBeginningThatFits(
      @ForAll String text, @ForAll @IntRange(max = 64) int bytes) {
    String whole = new String(text.getBytes(UTF_8), UTF_8);

    String head = TextCut.head(whole, bytes);

    assertThat(whole).startsWith(head);
    assertThat(head.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(bytes);
    if (head.length() < whole.length()) {
      String next = whole.substring(0, whole.offsetByCodePoints(head.length(), 1));
      assertThat(next.getBytes(UTF_8)).hasSizeGreaterThan(bytes);
    }
  }

  private static MessageDocument document(String text, String reply, List<String> links) {
    return new MessageDocument(
        text,
        "text",
        Optional.empty(),
        reply,
        links,
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Findings.NONE);
  }
}
