package email.daimon.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.model.TextCut;
import email.daimon.model.TextSpan;
import email.daimon.wire.ThreadDigest.Digest;
import email.daimon.wire.ThreadDigest.Piece;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ThreadDigestTest {
  private static final String NEW = "n".repeat(400);
  private static final String SIGNATURE = "s".repeat(80);
  private static final String QUOTED = "q".repeat(800);

  @Test
  void whatFitsIsNotCut() {
    Digest digest = digest(10_000);
    assertThat(digest.cut()).isEmpty();
    assertThat(text(digest, 0)).isEqualTo(NEW + SIGNATURE + QUOTED);
    assertThat(digest.tokens()).isBetween(950, 1_100);
  }

  @Test
  void quotesGoFirstOfTheOldestFirst() {
    assertThat(digest(900).cut()).isEqualTo(Map.of("m2", List.of("quoted")));
    assertThat(digest(700).cut())
        .isEqualTo(Map.of("m2", List.of("quoted"), "m1", List.of("quoted")));
    Digest without = digest(460);
    assertThat(text(without, 0)).isEqualTo(NEW + SIGNATURE);
    assertThat(without.tokens()).isLessThanOrEqualTo(460);
  }

  @Test
  void thenSignaturesThenTheTextsOfTheOldest() {
    Digest signatures = digest(380);
    assertThat(signatures.cut().get("m2")).containsExactly("quoted", "signature");
    assertThat(text(signatures, 2)).isEqualTo(NEW);
    Digest texts = digest(300);
    assertThat(texts.cut().get("m2")).containsExactly("quoted", "signature", "text");
    assertThat(text(texts, 2)).isEmpty();
    assertThat(text(texts, 0)).isEqualTo(NEW);
  }

  @Test
  void thenTheOldestThemselvesAndNeverWhatIsNewInTheNewest() {
    Digest digest = digest(1);
    assertThat(digest.rows()).hasSize(1);
    assertThat(text(digest, 0)).isEqualTo(NEW);
    assertThat(digest.cut()).isEqualTo(Map.of("m0", List.of("quoted", "signature")));
    assertThat(digest.tokens()).isGreaterThan(1);
  }

  @Test
  void whatIsShownFitsWheneverMoreThanTheNewestIsShown() {
    for (int most = 1; most < 1_100; most += 7) {
      Digest digest = digest(most);
      if (digest.rows().size() > 1) {
        assertThat(digest.tokens()).isLessThanOrEqualTo(most);
      }
      int shown = digest.rows().stream().mapToInt(TokenEstimate::of).sum();
      assertThat(digest.tokens()).isBetween(shown, shown + 20);
      assertThat(text(digest, 0)).startsWith(NEW);
    }
  }

  @Test
  void piecesAreCountedInCharactersAndMayOverlap() {
    String text = "😀a😀b😀c";
    assertThat(TextCut.without(text, List.of(new TextSpan(1, 3)))).isEqualTo("😀b😀c");
    assertThat(TextCut.without(text, List.of(new TextSpan(4, 6), new TextSpan(0, 2))))
        .isEqualTo("😀b");
    assertThat(TextCut.without(text, List.of(new TextSpan(1, 4), new TextSpan(2, 3))))
        .isEqualTo("😀😀c");
    assertThat(TextCut.without(text, List.of(new TextSpan(3, 99)))).isEqualTo("😀a😀");
    assertThat(TextCut.without(text, List.of())).isEqualTo(text);
  }

  @Test
  void manyPiecesTakeLinearTime() {
    String text = "ab".repeat(250_000);
    List<TextSpan> pieces =
        IntStream.range(0, 100_000).mapToObj(i -> new TextSpan(4 * i, 4 * i + 2)).toList();
    long begun = System.nanoTime();
    assertThat(TextCut.without(text, pieces)).hasSize(300_000);
    assertThat(System.nanoTime() - begun).isLessThan(2_000_000_000L);
  }

  @Test
  void tokensAreCountedRatherTooMany() {
    assertThat(TokenEstimate.of("")).isZero();
    assertThat(TokenEstimate.of("four")).isEqualTo(1);
    assertThat(TokenEstimate.of("fours")).isEqualTo(2);
    assertThat(TokenEstimate.of("日本語")).isEqualTo(3);
    assertThat(TokenEstimate.of("ééé")).isEqualTo(2);
    assertThat(TokenEstimate.of("😀😀😀")).isEqualTo(4);
  }

  private static Digest digest(int most) {
    return ThreadDigest.of(List.of(piece("m0"), piece("m1"), piece("m2")), most);
  }

  private static Piece piece(String id) {
    return new Piece(
        id,
        Json.object().put("id", id),
        NEW + SIGNATURE + QUOTED,
        List.of(new TextSpan(480, 1_280)),
        List.of(new TextSpan(400, 480)));
  }

  private static String text(Digest digest, int row) {
    JsonNode json = digest.rows().get(row);
    return json.path("text_body").asText();
  }
}
