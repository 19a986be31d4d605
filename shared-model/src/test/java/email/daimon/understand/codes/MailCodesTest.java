package email.daimon.understand.codes;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.MailCode;
import email.daimon.model.MailCode.Kind;
import email.daimon.understand.MailContext;
import email.daimon.understand.Understanding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which forms codes have, what speaks for them and what against, and what is said of them. */
class MailCodesTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "four digits           | Your code is 4829. | 4829",
        "eight digits          | Your code is 48291333. | 48291333",
        "three digits          | Your code is 482. |",
        "nine digits           | Your code is 482913330. |",
        "leading zeros         | Your code is 004829. | 004829",
        "two groups            | Your code is 482 913. | 482913",
        "hyphen                | Your code is 482-913. | 482913",
        "pairs                 | Your code is 48 29 13. | 482913",
        "groups of four        | Your code is 4829-1333. | 48291333",
        "single digits         | Your code is 4 8 2 9 1 3. | 482913",
        "digits with hyphens   | Your code is 4-8-2-9-1-3. | 482913",
        "prefix                | Your code is G-482913. | G-482913",
        "mixed                 | Your code is X7K9QP. | X7K9QP",
        "mixed with hyphen     | Your code is X7K-9QP. | X7K-9QP",
        "small letters         | Your code is x7k9qp. |",
        "letters alone         | Your code is ABCDEF. |",
        "bound to a domain     | @acme.example #482913 | 482913",
        "domain of another     | @acme #482913 |",
        "full width            | 認証コード：４８２９１３ | 482913",
        "Arabic digits         | رمز التحقق: ٤٨٢٩١٣ | 482913",
        "Devanagari digits     | आपका कोड ४८२९१३ है | 482913",
        "Thai digits           | รหัสยืนยัน ๔๘๒๙๑๓ | 482913",
        "corner brackets       | コードは「482913」です | 482913",
        "lenticular brackets   | 您的验证码【482913】 | 482913",
        "square brackets       | Your code: [482913] | 482913",
        "markdown              | Your code: **482913** | 482913",
        "an ending             | A kódod 482913-at írd be. | 482913",
        "an ending of Turkish  | Kodunuz 482913'tür. | 482913",
      })
  void formsOfCodes(String what, String text, String value) {
    assertThat(values(text)).as(what).isEqualTo(value == null ? List.of() : List.of(value));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "same sentence         | Your code is 482913. | 482913",
        "other sentence        | We have a code. In all 482913 people came. |",
        "two lines above       | Your code:~~Ada~482913 | 482913",
        "three lines above     | Your code:~Ada~Lovelace~London~482913 |",
        "behind it             | 482913 is your code. | 482913",
        "no word               | 482913 |",
        "to be typed for       | Enter 482913 to verify your email. | 482913",
        "typed for nothing     | Enter 482913 in the field. |",
        "nearer other number   | Your code for order 482913 was sent. |",
        "number has its own    | Your code for order 5512 is 482913. | 482913",
        "year                  | We changed the code in the year of 2024. |",
        "a code like a year    | Your code is 2024. | 2024",
        "percent               | Your code saves 4829 %. |",
        "currency before       | Your code is worth $ 4829. |",
        "currency behind       | Your code is worth 4829 €. |",
        "time                  | Your code of 10:45:12. |",
        "date                  | Your code of 12.05.24. |",
        "date of ISO           | Your code of 2024-05-12. |",
        "in an address         | Your code: https://acme.example/482913 |",
        "as a parameter        | Your code: https://acme.example/?code=482913 |",
        "in a mail address     | Your code: 482913@acme.example |",
        "number sign           | Your code ticket #482913 |",
        "plus                  | Your code comes from +48291333. |",
        "area in brackets      | Your code comes from (030) 482913. |",
        "section               | Code § 4829 |",
      })
  void whatSpeaksForAndAgainst(String what, String text, String value) {
    List<String> wanted = value == null ? List.of() : List.of(value);
    assertThat(values(text.replace("~", "\n"))).as(what).isEqualTo(wanted);
  }

  @Test
  void theSubjectMayHoldTheCodeOrTheWord() {
    assertThat(of("482 913 is your Acme code", "Hello Ada", List.of()).getFirst().where())
        .isEqualTo("subject");
    List<MailCode> codes = of("Your Acme sign-in code", "Hi Ada,\n\n482913\n\nThanks", List.of());
    assertThat(codes).extracting(MailCode::value).containsExactly("482913");
    assertThat(codes.getFirst().where()).isEqualTo("body");
    assertThat(of("Your promo code", "482913", List.of())).isEmpty();
    assertThat(of("Your order", "482913", List.of())).isEmpty();
  }

  @Test
  void theNameOfAnAttachmentIsNoCode() {
    assertThat(of("", "Your code: 482913", List.of("code-482913.pdf"))).isEmpty();
  }

  @Test
  void quotedHistoryIsNotRead() {
    assertThat(
            values("Thanks!\n\nOn 1 Nov 2026, Bo <bo@acme.example> wrote:\n> Your code is 482913"))
        .isEmpty();
  }

  @Test
  void digitsInCellsOfATable() {
    String cells =
        "<table><tr><td>4</td><td>8</td><td>2</td><td>9</td><td>1</td><td>3</td></tr></table>";
    assertThat(codesOfHtml("<p>Your verification code:</p>" + cells))
        .extracting(MailCode::value)
        .containsExactly("482913");
    assertThat(codesOfHtml("<p>Your code</p><div style='font-size:32px'><b>482&nbsp;913</b></div>"))
        .extracting(MailCode::value)
        .containsExactly("482913");
  }

  @Test
  void htmlIsAskedWhereTheTextPartSaysNothing() {
    Understanding said =
        Understanding.of(
            Optional.of("Please view this mail as HTML."),
            Optional.of("<p>Your code is <b>482913</b></p>"));
    assertThat(said.codes()).extracting(MailCode::value).containsExactly("482913");
  }

  @Test
  void theNearestIsFirstAndTheOtherAnAlternative() {
    List<MailCode> codes = codes("Your code is 482913 or 730218.");
    assertThat(codes).extracting(MailCode::value).containsExactly("482913", "730218");
    assertThat(codes).extracting(MailCode::kind).containsExactly(Kind.OTP, Kind.ALTERNATIVE);
    assertThat(codes.getFirst().confidence()).isGreaterThan(codes.getLast().confidence());
  }

  @Test
  void codesThatLinkADeviceAreCalledSo() {
    assertThat(codes("Enter X7K-9QP in the app to link your device.").getFirst().kind())
        .isEqualTo(Kind.LINK_CODE);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Your code is 482913. It expires in 10 minutes. | It expires in 10 minutes",
        "Code: 482913~~Gültig für 15 Minuten.~Grüße    | Gültig für 15 Minuten",
        "認証コードは 530916 です。10分以内に入力してください。 | 10分以内に入力してください",
        "Your code is 482913.                          |",
      })
  void howLongACodeLastsInTheWordsOfTheMail(String text, String hint) {
    assertThat(codes(text.replace("~", "\n")).getFirst().expiresHint())
        .isEqualTo(Optional.ofNullable(hint));
  }

  private static List<String> values(String text) {
    return codes(text).stream().map(MailCode::value).toList();
  }

  private static List<MailCode> codes(String text) {
    return Understanding.of(Optional.of(text), Optional.empty()).codes();
  }

  private static List<MailCode> codesOfHtml(String html) {
    return Understanding.of(Optional.empty(), Optional.of(html)).codes();
  }

  private static List<MailCode> of(String subject, String text, List<String> files) {
    MailContext context = new MailContext(subject, List.of(), List.of(), List.of(), files);
    return Understanding.of(Optional.of(text), Optional.empty(), context).codes();
  }
}
