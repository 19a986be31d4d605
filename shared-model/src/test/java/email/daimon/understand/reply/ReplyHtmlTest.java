package email.daimon.understand.reply;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.ReplyParts;
import email.daimon.model.TextSpan;
import email.daimon.understand.html.Page;
import email.daimon.understand.reply.ReplyReader.Reply;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is new in HTML, by the marks of the programs that wrote it. */
class ReplyHtmlTest {
  private static final String ATTRIBUTION =
      "On Sun, 1 Nov 2026 at 10:05, Bo &lt;<a href='mailto:bo@example.com'>bo@example.com</a>&gt; wrote:";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Gmail           | <div dir=ltr>Yes.</div><br><div class='gmail_quote gmail_quote_container'><div class=gmail_attr>@<br></div><blockquote class=gmail_quote>No?</blockquote></div> | Yes. | gmail_quote",
        "Gmail, below    | <div class=gmail_quote><div class=gmail_attr>@<br></div><blockquote class=gmail_quote>No?</blockquote><div>Yes.</div></div> | Yes. | gmail_quote",
        "Gmail, between  | <div class=gmail_quote><div class=gmail_attr>@<br></div><blockquote class=gmail_quote>One?</blockquote><div>Yes.</div><blockquote class=gmail_quote>Two?</blockquote><div>No.</div></div> | One? Yes. Two? No. | inline",
        "Thunderbird     | <p>Yes.</p><div class=moz-cite-prefix>@<br></div><blockquote type=cite cite='mid:1@example.com'><p>No?</p></blockquote> | Yes. | moz-cite-prefix",
        "Thunderbird sig | <p>Yes.</p><pre class=moz-signature>-- <br>Ada</pre> | Yes. | moz-signature",
        "Apple           | <div>Yes.</div><br><div><blockquote type=cite><div>@</div><br><div>No?</div></blockquote></div> | Yes. | cite",
        "Outlook web     | <div>Yes.</div><div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>From:</b> Bo<br><b>Sent:</b> Sunday</div><div>No?</div> | Yes. | appendonsend",
        "Outlook in x_   | <div>Yes.</div><div id=x_divRplyFwdMsg><b>From:</b> Bo</div><div>No?</div> | Yes. | divrplyfwdmsg",
        "Outlook desktop | <p class=MsoNormal>Yes.</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>From:</b> Bo &lt;bo@example.com&gt;<br><b>Sent:</b> Sunday, 1 November 2026 10:05<br><b>To:</b> Ada<br><b>Subject:</b> No</p></div><p>No?</p> | Yes. | header_block",
        "Outlook mobile  | <div>Yes.</div><div id=ms-outlook-mobile-signature>Get Outlook for iOS</div><div id=mail-editor-reference-message-container><div>From: Bo</div><div>No?</div></div> | Yes. | ms-outlook-mobile-signature",
        "Yahoo           | <div>Yes.</div><div id=yahoo_quoted_1 class=yahoo_quoted><div>@</div><div>No?</div></div> | Yes. | yahoo_quoted",
        "Proton          | <div>Yes.</div><div class=protonmail_quote>@<br><blockquote class=protonmail_quote type=cite>No?</blockquote></div> | Yes. | protonmail_quote",
        "Zoho            | <div>Yes.</div><div class=zmail_extra><div>---- On Sun, 01 Nov 2026 Bo wrote ---</div><blockquote>No?</blockquote></div> | Yes. | zmail_extra",
        "Zimbra          | <div>Yes.</div><hr id=zwchr data-marker=__DIVIDER__><div><b>From: </b>Bo</div><div>No?</div> | Yes. | zwchr",
        "GMX             | <div>Yes.</div><div name=quote><div><b>Von:</b> Bo</div><div name=quoted-content>No?</div></div> | Yes. | quote",
        "QQ              | <div>Yes.</div><includetail><div>------------------ Original ------------------</div><div>No?</div></includetail> | Yes. | includetail",
        "NetEase         | <div>Yes.</div><blockquote id=isReplyContent>No?</blockquote> | Yes. | isreplycontent",
        "Spark           | <div name=messageBodySection>Yes.</div><div name=messageSignatureSection>Ada</div><div name=messageReplySection>No?</div> | Yes. | messagesignaturesection",
        "Front           | <div>Yes.</div><br><blockquote type=cite class=front-blockquote>No?</blockquote> | Yes. | front-blockquote",
        "Yandex          | <div>Yes.</div><div>01.11.2026, 10:05, Bo &lt;bo@example.com&gt;:</div><blockquote>No?</blockquote> | Yes. | attribution",
        "Mail.ru         | <div>Yes.</div><blockquote style='border-left:1px solid #0857A6'>Sunday, 1 November 2026, 10:05 +03:00 from Bo &lt;bo@example.com&gt;:<br><div>No?</div></blockquote> | Yes. | attribution",
        "a bar, at last  | <p>Yes.</p><blockquote style='margin:0 0 0 .8ex;border-left:1px #ccc solid'>No?</blockquote> | Yes. | quote_lines",
        "a bar, above    | <blockquote style='border-left:1px #ccc solid'>No.</blockquote><p>Yes.</p> | No. Yes. | none",
        "a citation      | <p>As he said:</p><blockquote>No.</blockquote><p>Yes.</p> | As he said: No. Yes. | none",
      })
  void historyIsWhatProgramsMark(String what, String html, String fresh, String rule) {
    Reply reply = read(html.replace(">@<", ">" + ATTRIBUTION + "<"));
    assertThat(reply.body().replaceAll("\\s+", " ")).as(what).isEqualTo(fresh);
    assertThat(reply.parts().rule()).isEqualTo(rule);
  }

  @Test
  void theNewHtmlIsTheTreeWithoutWhatWasCut() {
    assertThat(
            newHtml(
                "<div dir=ltr><b>Yes</b> &amp; no.</div><div class=gmail_quote>"
                    + ATTRIBUTION
                    + "<blockquote>No?</blockquote></div>"))
        .isEqualTo("<div dir=\"ltr\"><b>Yes</b> &amp; no.</div>");
    assertThat(newHtml("<p>Yes.<br>On Sun, 1 Nov 2026 at 10:05, Bo wrote:<br>No?</p>"))
        .startsWith("<p>Yes.")
        .doesNotContain("wrote", "No?");
    assertThat(
            newHtml("<pre>Yes.\n\nOn Sun, 1 Nov 2026 at 10:05, Bo wrote:\n&gt; No &amp; no?</pre>"))
        .contains("Yes.")
        .doesNotContain("wrote", "no?");
    assertThat(newHtml("<p title=\"a&quot;b\">All <i>new</i></p>"))
        .isEqualTo("<p title=\"a&quot;b\">All <i>new</i></p>");
  }

  @Test
  void spansNameWhatWasCutInCodePoints() {
    String text =
        "👍 Yes.\n\n-- \nAda\n\nOn 1 Nov 2026, at 10:05, Bo <bo@example.com> wrote:\n> No?";
    Reply reply = ReplyReader.of(text, Optional.empty());
    ReplyParts parts = reply.parts();
    assertThat(reply.body()).isEqualTo("👍 Yes.");
    assertThat(parts.of()).isEqualTo("text_body");
    assertThat(piece(text, parts.signature().getFirst())).isEqualTo("-- \nAda");
    assertThat(piece(text, parts.quoted().getFirst())).startsWith("On 1 Nov").endsWith("> No?");
    assertThat(parts.forwarded()).isEmpty();
    assertThat(parts.html()).isEmpty();
  }

  @Test
  void theSubjectTellsAnAnswerFromAMailThatWasPassedOn() {
    String text =
        "See.\n\nVon: Bo <bo@example.com>\nGesendet: 1.11.2026 10:05\nAn: Ada\nBetreff: x\n\nNein?";
    ReplyParts answer = ReplyReader.of(text, Optional.empty(), "AW: x").parts();
    ReplyParts passedOn = ReplyReader.of(text, Optional.empty(), "WG: x").parts();
    assertThat(answer.quoted()).hasSize(1).isEqualTo(passedOn.forwarded());
    assertThat(answer.forwarded()).isEmpty();
    assertThat(passedOn.quoted()).isEmpty();
  }

  @Test
  void ofTwoTextsTheOneThatKnewItsMarkIsRead() {
    Page page =
        Page.of("<p>Yes.</p><div class=gmail_quote>Then <blockquote>No?</blockquote></div>");
    Reply byHtml = ReplyReader.of("Yes.\n\nNo?", Optional.of(page));
    assertThat(byHtml.body()).isEqualTo("Yes.");
    assertThat(byHtml.parts().of()).isEqualTo("visible_text");
    Reply byText =
        ReplyReader.of(
            "Yes.\n\n> No?", Optional.of(Page.of("<p>Yes.</p><div class=unknown>No?</div>")));
    assertThat(byText.body()).isEqualTo("Yes.");
    assertThat(byText.parts().of()).isEqualTo("text_body");
  }

  private static String piece(String text, TextSpan span) {
    return text.substring(
        text.offsetByCodePoints(0, span.start()), text.offsetByCodePoints(0, span.end()));
  }

  private static String newHtml(String html) {
    return read(html).parts().html().orElseThrow();
  }

  private static Reply read(String html) {
    Page page = Page.of(html);
    Reply reply = ReplyReader.of(page.textWithLinks(), Optional.of(page));
    ReplySpans.check(page.text(), reply.body(), reply.parts());
    return reply;
  }
}
