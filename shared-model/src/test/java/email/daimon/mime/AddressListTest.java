package email.daimon.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressListTest {
  @ParameterizedTest(name = "{0} -> {1}, {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"a\\\"b\"@x.example                | \"a\\\"b\"@x.example | ~~",
        "<\"a\\\"b\"@x.example>              | \"a\\\"b\"@x.example | ~~",
        "Ada <\"a\\\"b>c\"@x.example>        | \"a\\\"b>c\"@x.example | Ada",
        "Ada \"a\\\"b\"@x.example            | \"a\\\"b\"@x.example | Ada",
        "<\"a\\\"@x.example>                 | \"a\\\"@x.example>  | ~~",
      })
  void quotedLocalPartsMayHoldQuotes(String field, String address, String name) {
    assertThat(AddressList.parse(field, new Warnings()))
        .containsExactly(new MailAddress(address, name));
  }
}
