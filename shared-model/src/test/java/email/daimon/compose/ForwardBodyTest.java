package email.daimon.compose;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.mime.MailAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 5.2: body, header block, original text and sanitised HTML with its inline pictures. */
class ForwardBodyTest {
  @Test
  void theOriginalStandsBelowWhatTheCallerSays() {
    ForwardBody body = ForwardBody.of("Please look.", Optional.empty(), original(Optional.empty()));

    assertThat(body.text())
        .isEqualTo(
            """
            Please look.

            ---------- Forwarded message ---------
            From: Ada <L> <ada@x.example>
            Date: Fri, 20 Nov 2026, 09:05 UTC
            Subject: Numbers & more
            To: bot@daimon.email
            Cc: c@x.example

            1 < 2
            """);
    assertThat(body.html()).isEmpty();
  }

  @Test
  void nothingSaidIsNoEmptyParagraph() {
    assertThat(ForwardBody.of("", Optional.empty(), original(Optional.empty())).text())
        .startsWith("---------- Forwarded");
  }

  @Test
  void htmlOfTheOriginalIsSanitisedAndItsFieldsAreEscaped() {
    String html =
        "<html><head><style>p{}</style></head><body onload=x()><p style=\"color:red\">Hi"
            + "<script>alert(1)</script><img src=\"cid:Logo%40x=1&amp;2\" onerror=x()>"
            + "</div></div></body></html>";
    ForwardBody body = ForwardBody.of("a < b", Optional.empty(), original(Optional.of(html)));

    assertThat(body.html().orElseThrow())
        .contains("a &lt; b", "From: Ada &lt;L&gt; &lt;ada@x.example&gt;<br>", "color:red", "cid:")
        .doesNotContain("script", "onload", "onerror", "<style");
    assertThat(body.contentIds()).containsExactly("logo@x=1&2");
  }

  @Test
  void htmlOfTheCallerStaysWholeAndGetsTheRestWithinItsBody() {
    ForwardBody body =
        ForwardBody.of(
            "x", Optional.of("<html><body><b>x</b></body></html>"), original(Optional.empty()));

    assertThat(body.html().orElseThrow())
        .startsWith("<html><body><b>x</b>")
        .contains("1 &lt; 2")
        .endsWith("</div>\n</body></html>");
  }

  @Test
  void noAddressListOfAStrangerFillsTheMail() {
    List<MailAddress> many =
        IntStream.range(0, 1_000).mapToObj(i -> new MailAddress(i + "@x.example", "")).toList();
    ForwardBody.Original original =
        new ForwardBody.Original(
            List.of(), Optional.empty(), "s", many, List.of(), "t", Optional.empty());
    assertThat(ForwardBody.of("", Optional.empty(), original).text())
        .contains("49@x.example and 950 more")
        .doesNotContain("50@x.example");
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "<b>a</b>                                 | <b>a</b>",
        "<a href=\"https://x.example/?a=1&b=2\">a</a> | <a href=\"https://x.example/?a&#61;1&amp;b&#61;2\">a</a>",
        "<a href=\"javascript:x()\">a</a>         | <a>a</a>",
        "<img src=\"cid:a\" alt=\"b\">            | <img src=\"cid:a\" alt=\"b\" />",
        "<img src=\"data:image/png;base64,x\">    | <img />",
        "<table><tr><td colspan=\"2\">a</td></tr></table> | <table><tbody><tr><td colspan=\"2\">a</td></tr></tbody></table>",
        "<form action=x><input>a</form>           | a",
        "<iframe src=\"https://x.example\"></iframe>a | a",
        "<div style=\"background:url(https://x)\">a</div> | <div>a</div>",
        "<div>a                                   | <div>a</div>",
      })
  void shownHtmlHoldsNothingThatActs(String html, String shown) {
    assertThat(ShownHtml.of(html)).isEqualTo(shown);
  }

  private static ForwardBody.Original original(Optional<String> html) {
    return new ForwardBody.Original(
        List.of(new MailAddress("ada@x.example", "Ada <L>")),
        Optional.of(Instant.parse("2026-11-20T09:05:00Z")),
        "Numbers &\r\nmore",
        List.of(new MailAddress("bot@daimon.email", "")),
        List.of(new MailAddress("c@x.example", "")),
        "1 < 2\n",
        html);
  }
}
