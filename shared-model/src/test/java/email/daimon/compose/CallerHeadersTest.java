package email.daimon.compose;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 5.4: which header fields a caller may set. */
class CallerHeadersTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Campaign            | spring",
        "x-campaign            | Grüße aus Köln",
        "X-Mailer              | agent 1.0",
        "Importance            | High",
        "List-Unsubscribe      | <https://x.example/u?id=1>",
        "List-Unsubscribe      | <mailto:u@x.example?subject=unsubscribe>",
        "List-Unsubscribe      | <mailto:u@x.example>, <https://x.example/u>",
      })
  void theseMayBeSet(String name, String value) {
    assertThatCode(() -> CallerHeaders.check(Map.of(name, value))).doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{0}: {1} is refused: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "X-SES-Tag             | a                     | belongs to the platform",
        "x-daimon-hop          | 0                     | belongs to the platform",
        "Bcc                   | a@x.example           | request's own field bcc",
        "Reply-To              | a@x.example           | request's own field reply_to",
        "Subject               | a                     | request's own field subject",
        "From                  | a@x.example           | only X-",
        "Sender                | a@x.example           | only X-",
        "Message-ID            | <a@x.example>         | only X-",
        "Return-Path           | <>                    | only X-",
        "DKIM-Signature        | v=1                   | only X-",
        "Content-Type          | text/html             | only X-",
        "Auto-Submitted        | no                    | only X-",
        "X-                    | a                     | only X-",
        "X-A b                 | a                     | name",
        "X-A:b                 | a                     | name",
        "X-Ä                   | a                     | name",
        "''                    | a                     | name",
        "X-A                   | ''                    | has no value",
        "Importance            | urgent                | low, normal or high",
        "List-Unsubscribe      | https://x.example     | angle brackets",
        "List-Unsubscribe      | <javascript:alert(1)> | angle brackets",
        "List-Unsubscribe-Post | List-Unsubscribe=One-Click | needs a List-Unsubscribe",
      })
  void theseAreRefusedByName(String name, String value, String why) {
    assertThatThrownBy(() -> CallerHeaders.check(Map.of(name, value)))
        .isInstanceOf(HeaderRefusedException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(why);
  }

  @Test
  void oneClickNeedsAnAddressOfTheWebAndItsOneValue() {
    CallerHeaders.check(
        Map.of(
            "List-Unsubscribe",
            "<https://x.example/u>",
            "List-Unsubscribe-Post",
            "List-Unsubscribe=One-Click"));
    assertRefused(
        Map.of(
            "List-Unsubscribe",
            "<mailto:u@x.example>",
            "List-Unsubscribe-Post",
            "List-Unsubscribe=One-Click"));
    assertRefused(
        Map.of("List-Unsubscribe", "<https://x.example/u>", "List-Unsubscribe-Post", "yes"));
  }

  @Test
  void noValueCanEndItsField() {
    for (String end : new String[] {"\r\n", "\r", "\n", "\0", "\u0085", "\u2028"}) {
      assertRefused(Map.of("X-A", "a" + end + "Bcc: b@x.example"));
      assertRefused(Map.of("X-A" + end + "Bcc", "a"));
    }
  }

  @Test
  void lengthsAndNumbersAreBounded() {
    CallerHeaders.check(Map.of("X-A", "v".repeat(900)));
    assertRefused(Map.of("X-A", "v".repeat(901)));
    assertRefused(Map.of("X-A", "ü".repeat(451)));
    assertRefused(Map.of("X-" + "a".repeat(69), "v"));
    Map<String, String> many = new LinkedHashMap<>();
    for (int i = 0; i < 30; i++) {
      many.put("X-" + i, "v");
    }
    CallerHeaders.check(many);
    many.put("X-One-More", "v");
    assertRefused(many);
    assertRefused(Map.of("X-A", "v", "x-a", "v"));
  }

  private static void assertRefused(Map<String, String> headers) {
    assertThatThrownBy(() -> CallerHeaders.check(headers))
        .isInstanceOf(HeaderRefusedException.class);
  }
}
