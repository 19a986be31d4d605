package email.daimon.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void halfACharacterStaysInAText() throws Exception {
    String halves = "{\"a\":\"\\ud83d and \\ude00\"}";
    assertThat(Json.text(Json.parse(halves))).isEqualTo("{\"a\":\"\ud83d and \ude00\"}");
    assertThat(Json.text(Json.parse(halves.getBytes(UTF_8)))).contains("\ud83d and");
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    String tree = "{\"a\":[1,2.5,-3e40,true,null,\"é\\n\\\"😀\"],\"b\":{},\"c\":[]}";
    assertThat(Json.parse(Json.text(Json.parse(tree)))).isEqualTo(Json.parse(tree));
    assertThat(Json.parse(Json.bytes(Json.parse(tree)))).isEqualTo(Json.parse(tree));
  }

  @Test
  void aNameTwiceIsRefused() {
    byte[] twice = "{\"a\":1,\"a\":2}".getBytes(UTF_8);
    assertThatIOException().isThrownBy(() -> Json.parse(twice));
    assertThatIOException().isThrownBy(() -> Json.parse(new ByteArrayInputStream(twice)));
    assertThatIOException().isThrownBy(() -> Json.parse(new String(twice, UTF_8)));
  }
}
