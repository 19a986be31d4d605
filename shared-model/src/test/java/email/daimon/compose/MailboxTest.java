package email.daimon.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import email.daimon.compose.InvalidMailboxException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 5.4: one mailbox a string, the domain as A-labels, the local part in ASCII. */
class MailboxTest {
  @ParameterizedTest(name = "{0} -> {1}, {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "ada@example.com                   | ada@example.com          | ~~",
        "<ada@example.com>                 | ada@example.com          | ~~",
        "Ada Lovelace <ada@example.com>    | ada@example.com          | Ada Lovelace",
        "\"Lovelace, Ada\" <ada@x.example> | ada@x.example            | Lovelace, Ada",
        "\"A \\\"B\\\" C\" <ada@x.example> | ada@x.example            | A \"B\" C",
        "Ada (Sales) <ada@x.example>       | ada@x.example            | Ada (Sales)",
        "Адa <ada@x.example>               | ada@x.example            | Адa",
        "Ada.L+tag@Example.COM             | Ada.L+tag@example.com    | ~~",
        "ada@bücher.example                | ada@xn--bcher-kva.example | ~~",
        "ada@例え.テスト                     | ada@xn--r8jz45g.xn--zckzah | ~~",
        "\"ada\"@example.com               | ada@example.com          | ~~",
        "\"a b\"@example.com               | \"a b\"@example.com      | ~~",
        "\"a@b\"@example.com               | \"a@b\"@example.com      | ~~",
        "\"a,b\"@example.com               | \"a,b\"@example.com      | ~~",
        "ada@localhost                     | ada@localhost            | ~~",
      })
  void aMailboxIsReadAsItIsMeant(String text, String address, String name) {
    Mailbox mailbox = Mailbox.parse(text);

    assertThat(mailbox.address()).isEqualTo(address);
    assertThat(mailbox.name()).isEqualTo(name);
    assertThat(Mailbox.of(mailbox.address(), mailbox.name())).isEqualTo(mailbox);
  }

  @ParameterizedTest(name = "{0} is refused: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~                              | EMPTY",
        "~  ~                            | EMPTY",
        "a@x.example, b@x.example        | LIST",
        "a@x.example; b@x.example        | LIST",
        "Lovelace, Ada <a@x.example>     | LIST",
        "a@x.example,                    | LIST",
        "grüße@x.example                 | NEEDS_SMTPUTF8",
        "Name <用户@x.example>            | NEEDS_SMTPUTF8",
        "ada                             | SYNTAX",
        "@x.example                      | SYNTAX",
        "ada@                            | SYNTAX",
        "ada@x..example                  | SYNTAX",
        "ada@x.example.                  | SYNTAX",
        "ada@-x.example                  | SYNTAX",
        "ada@x_y.example                 | SYNTAX",
        "ada@[127.0.0.1]                 | SYNTAX",
        "ada@straße.example              | SYNTAX",
        "a b@x.example                   | SYNTAX",
        "a@x.example b@x.example         | SYNTAX",
        ".ada@x.example                  | SYNTAX",
        "a..da@x.example                 | SYNTAX",
        "\"ada@x.example                 | SYNTAX",
        "<a@x.example> <b@x.example>     | SYNTAX",
        "<a@x.example> Ada               | SYNTAX",
        "Ada <a@x.example                | SYNTAX",
      })
  void allElseIsRefusedWithItsKind(String text, Kind kind) {
    assertThat(kindOf(text)).isEqualTo(kind);
  }

  @Test
  void noCharacterCanEndTheField() {
    for (String character :
        new String[] {"\r", "\n", "\0", "\t", "\u007f", "\u0085", "\u2028", "\ud800"}) {
      assertThat(kindOf("a" + character + "@x.example")).isEqualTo(Kind.CONTROL_CHARACTER);
      assertThat(kindOf("A" + character + "da <a@x.example>")).isEqualTo(Kind.CONTROL_CHARACTER);
      assertThat(kindOf("\"A" + character + "\" <a@x.example>")).isEqualTo(Kind.CONTROL_CHARACTER);
    }
    assertThat(kindOf("a@x.example\r\nBcc: b@x.example")).isEqualTo(Kind.CONTROL_CHARACTER);
  }

  @Test
  void lengthsAreThoseOfSmtp() {
    String label = "d".repeat(60);
    assertThat(Mailbox.parse("l".repeat(64) + "@x.example").localPart()).hasSize(64);
    assertThat(kindOf("l".repeat(65) + "@x.example")).isEqualTo(Kind.TOO_LONG);
    assertThat(kindOf("a@" + (label + ".").repeat(4) + "de.example")).isEqualTo(Kind.TOO_LONG);
    assertThat(kindOf("a".repeat(60) + "@" + (label + ".").repeat(3) + "d".repeat(20)))
        .isEqualTo(Kind.TOO_LONG);
    assertThat(kindOf("n".repeat(257) + " <a@x.example>")).isEqualTo(Kind.TOO_LONG);
  }

  @Test
  void aListSaysThatAnArrayIsWanted() {
    assertThat(refusal("a@x.example, b@x.example")).hasMessageContaining("array");
  }

  @Test
  void theSameRecipientHasTheSameKey() {
    assertThat(Mailbox.parse("Ada <ADA@Bücher.example>").key())
        .isEqualTo(Mailbox.parse("ada@xn--bcher-kva.EXAMPLE").key());
  }

  @Test
  void aRecipientCountsOnce() {
    Mailbox ada = Mailbox.parse("Ada <ada@x.example>");
    Mailbox same = Mailbox.parse("ADA@X.example");
    Mailbox other = Mailbox.parse("b@x.example");
    Recipients recipients =
        new Recipients(List.of(ada, same), List.of(same, other), List.of(other, ada));
    assertThat(recipients.all()).containsExactly(ada, other);
    assertThat(recipients.bcc()).isEmpty();
  }

  private static Kind kindOf(String text) {
    return refusal(text).kind();
  }

  private static InvalidMailboxException refusal(String text) {
    InvalidMailboxException refusal =
        catchThrowableOfType(InvalidMailboxException.class, () -> Mailbox.parse(text));
    assertThat(refusal).as(text).isNotNull();
    return refusal;
  }
}
