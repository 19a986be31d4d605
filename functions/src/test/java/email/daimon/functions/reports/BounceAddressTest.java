package email.daimon.functions.reports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.MessageKey;
import email.daimon.model.SendTags;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Rule 5.9: the envelope sender of mail that leaves by a relay. */
final class BounceAddressTest {
  private static final byte[] SECRET = "secret".getBytes(UTF_8);
  private static final SendTags TAGS = tags("inbox_1", "attempt-1");

  @Test
  void fillsALocalPartAndNoMore() {
    String local = BounceAddress.of(TAGS, SECRET).localPart();

    assertThat(local).hasSize(64).startsWith("bounce+1795256130000-msg_").matches("[!-~]+");
  }

  @Test
  void isReadBackInAnyCase() {
    String local = BounceAddress.of(TAGS, SECRET).localPart();

    for (String written : List.of(local, local.toUpperCase(Locale.ROOT))) {
      assertThat(BounceAddress.parse(written).orElseThrow().isFor(TAGS, SECRET)).isTrue();
    }
  }

  @Test
  void isGoodForItsOwnAttemptAlone() {
    BounceAddress address = BounceAddress.of(TAGS, SECRET);

    assertThat(address.isFor(tags("inbox_1", "attempt-2"), SECRET)).isFalse();
    assertThat(address.isFor(tags("inbox_2", "attempt-1"), SECRET)).isFalse();
    assertThat(address.isFor(TAGS, "other".getBytes(UTF_8))).isFalse();
  }

  @Test
  void anotherFormIsNone() {
    for (String local :
        List.of(
            "bounce",
            "bounce+",
            "bounce+1795256130000-msg_3k9TzQ0aBcDeFgHiJkLmNo",
            "bounce+1795256130000-msg_3k9TzQ0aBcDeFgHiJkLmNo.short",
            "bounce+1795256130000-msg_3k9TzQ0aBcDeFgHiJkLmNo.zzzzzzzzzzzzzzzz")) {
      assertThat(BounceAddress.parse(local)).as(local).isEmpty();
    }
  }

  private static SendTags tags(String inbox, String attempt) {
    return new SendTags(
        "acc_1", inbox, new MessageKey(1_795_256_130_000L, "msg_3k9TzQ0aBcDeFgHiJkLmNo"), attempt);
  }
}
