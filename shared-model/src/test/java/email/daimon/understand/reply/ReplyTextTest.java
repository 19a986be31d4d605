package email.daimon.understand.reply;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.understand.reply.ReplyReader.Reply;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is new in a plain text, rule by rule. A tilde is a line end, a brace a bar. */
class ReplyTextTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "address, date, wrote      | Yes.~~On 1 Nov 2026, at 10:05, Bo <bo@example.com> wrote:~~No? | Yes.",
        "no address, date and time | Yes.~~On 04/19/2026 07:10 AM, Bo Long wrote:~~No? | Yes.",
        "no verb                   | Yes.~~11:00 AM, November 17, 2026, \"Bo - Acme\" <bo@example.com>:~~No? | Yes.",
        "no verb, a quote          | Yes.~~04.03.2026 09:15, Bo Long:~> No? | Yes.",
        "no date, a quote          | Yes.~~Bo Long writes:~~> No? | Yes.",
        "no colon, a quote         | Yes.~2026/4/7 Bo Long <bo@example.com>~~> No? | Yes.",
        "name first                | Kyllä.~~Bo Long <bo@example.com> kirjoitti 4.3.2026 kello 9.15:~~Ei? | Kyllä.",
        "verb last without colon   | 好。~~Bo Long <bo@example.com> 于2026年3月4日周三 09:15写道~~> 不? | 好。",
        "Arabic digits             | نعم.~~في ٤‏/٣‏/٢٠٢٦، كتب Bo <bo@example.com>:~> لا؟ | نعم.",
        "verb with an ending       | Ano.~~Dne 4. 3. 2026 v 9:15 Bo Long napsal(a):~> Ne? | Ano.",
        "wrapped at the address    | Yes.~~On Sun, 1 Nov 2026 at 10:05, Bo Long~<bo@example.com> wrote:~~> No? | Yes.",
        "wrapped in the address    | Ja.~~Op 12 december 2026 19:05 schreef Bo Long <~bo@example.com>:~~> Nee? | Ja.",
        "wrapped before the verb   | Oui.~Le 4 janv. 2026 19:03, Bo~<bo@example.com>~a écrit :~~> Non ? | Oui.",
        "wrapped before the time   | Igen.~~Bo <bo@example.com> ezt írta (időpont: 2026. márc. 4., Sze,~9:15):~~> Nem? | Igen.",
        "in the quote              | Yes.~~> On 1 Nov 2026, at 10:05, Bo <bo@example.com> wrote:~> ~> No? | Yes.",
        "between dashes            | Yes.~~---- On Wed, 04 Mar 2026 09:15:00 +0100 Bo~<bo@example.com> wrote ----~~> No? | Yes.",
        "of Notes                  | Yes.~~-----bo@example.com wrote: -----~To: ada@example.com~No? | Yes.",
        "of GroupWise              | Yes.~~>>> Bo Long <bo@example.com> 04.03.2026 9:15 >>>~No? | Yes.",
        "behind the words          | Yes.~Well --- On Sun, Nov 1, 2026 at 10:05 AM, bo@example.com wrote:~> No? | Yes. Well",
        "bars below                | Yes.~~2026/7/20 Bo Long <bo@example.com>~~{ No?~{~{ Never. | Yes.",
        "a name between dashes     | Yes.~~---- Bo Long wrote ----~~> No? | Yes.",
        "right below the words     | Yes.~On 1 Nov 2026, at 10:05, Bo <bo@example.com> wrote:~> No? | Yes.",
      })
  void historyBeginsAtAnAttribution(String what, String text, String fresh) {
    Reply reply = read(text);
    assertThat(joined(reply)).as(what).isEqualTo(fresh);
    assertThat(reply.parts().rule()).isEqualTo("attribution");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Outlook, English        | Yes.~~From: Bo <bo@example.com>~Sent: Sunday, 1 November 2026 10:05~To: Ada~Subject: No~~No? | Yes.",
        "Outlook, German         | Ja.~~Von: Bo <bo@example.com>~Gesendet: Sonntag, 1. November 2026 10:05~An: Ada~Betreff: Nein~~Nein? | Ja.",
        "names alone             | Yes.~~From: Bo Long~Sent: 1 November 2026 10:05~To: Ada~Subject: No~~No? | Yes.",
        "any order               | Yes.~~Subject: No~To: ada@example.com~Date: 1 Nov 2026~From: bo@example.com~~No? | Yes.",
        "blank before the colon  | Oui.~~De : Bo <bo@example.com>~Envoyé : lundi~À : Ada~Objet : Non~~Non ? | Oui.",
        "wide colon              | はい。~~差出人： Bo <bo@example.com>~送信日時： 2026年3月4日 9:15~宛先： Ada~件名： いいえ~~いいえ? | はい。",
        "right to left           | כן.~~מאת: Bo <bo@example.com>~נשלח: יום שני 4 מרץ 2026 09:15~אל: Ada~נושא: לא~~לא? | כן.",
        "bold by asterisks       | Ja.~~*Van:* Bo [mailto:bo@example.com]~*Verzonden:* zondag 1 november 2026 10:05~*Aan:* Ada~*Onderwerp:* Nee~~Nee? | Ja.",
        "indented                | Oui.~~   De : Bo <bo@example.com>~ À : Ada <ada@example.com>~ Envoyé le : Mercredi 4 mars 2026~ Objet : Non~~Non ? | Oui.",
        "blank lines between     | Yes.~~From: Bo <bo@example.com>~~Sent: 1 November 2026 10:05~~To: Ada~~Subject: No~~No? | Yes.",
        "a date and an address   | Yes.~~Date: Sun, 1 Nov 2026 00:15:02 -0600~To: ada@example.com~~No? | Yes.",
        "two on one line         | Yes.~~From: bo@example.com Date: Thu, 24 Mar 2026 08:07:12 -0700~~No? | Yes.",
        "a date of no known name | Yes.~~From: Bo <bo@example.com>~Zzz: Sunday, 1 November 2026 10:05~To: Ada~Subject: No~~No? | Yes.",
        "no figures at all       | Yes.~~From: Bo Long~Sent: Sunday~To: Ada~Subject: No~~No? | Yes.",
        "under a rule            | Yes.~________________________________~From: Bo <bo@example.com>~Sent: Sunday, 1 November 2026 10:05~To: Ada~Subject: No~~No? | Yes.",
        "on one line             | Yes.~~From: Bo <bo@example.com> Sent: Sunday, 1 November 2026 10:05 To: Ada Subject: No~~No? | Yes.",
      })
  void historyBeginsAtAHeaderBlock(String what, String text, String fresh) {
    Reply reply = read(text);
    assertThat(joined(reply)).as(what).isEqualTo(fresh);
    assertThat(reply.parts().rule()).isEqualTo("header_block");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Outlook          | Yes.~~-----Original Message-----~No? | Yes. | divider",
        "Thunderbird      | Ano.~~-------- Původní zpráva --------~Ne? | Ano. | divider",
        "a rule on a side | 好。~~------------------ 原始邮件 ------------------~不? | 好。 | divider",
        "BlackBerry       | Yes.~  Original Message  ~From: Bo~Sent: Sunday~No? | Yes. | divider",
        "unknown words    | Yes.~~----- Omwe -----~From: Bo~Subject: No~~No? | Yes. | divider",
        "help desk        | Yes.~~##- Please type your reply above this line -##~No? | Yes. | help_desk",
        "help desk, de    | Ja.~~--- Bitte antworten Sie oberhalb dieser Zeile ---~Nein? | Ja. | help_desk",
        "Gmail forward    | See.~~---------- Forwarded message ---------~From: Bo <bo@example.com>~~No? | See. | forward",
        "Apple forward    | See.~~Begin forwarded message:~~From: Bo~~No? | See. | forward",
        "Apple, in marks  | See.~~> Anfang der weitergeleiteten Nachricht:~> ~> Von: Bo~> ~> Nein? | See. | forward",
        "Yahoo, one line  | See.~~   ----- Forwarded Message ----- From: Bo <bo@example.com>To: Ada~No? | See. | forward",
        "Notes            | See.~~----- Forwarded by Bo Long/Acme on 03/04/2026 09:15 AM -----~~No? | See. | forward",
      })
  void historyBeginsAtADivider(String what, String text, String fresh, String rule) {
    Reply reply = read(text);
    assertThat(joined(reply)).as(what).isEqualTo(fresh);
    assertThat(reply.parts().rule()).isEqualTo(rule);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "between quotes             | On 1 Nov 2026 at 10:05, Bo <bo@example.com> wrote:~> One?~~Yes.~~> Two?~~No. | > One? Yes. > Two? No.",
        "the last quote goes        | > One?~~Yes.~~> Two?~~No.~~> Three? | > One? Yes. > Two? No.",
        "below one quote            | On 1 Nov 2026 at 10:05, Bo <bo@example.com> wrote:~> No?~~Yes. | Yes.",
        "around one quote           | Hi,~On 1 Nov 2026 at 10:05, Bo <bo@example.com> wrote:~> No?~~Yes. | Hi, Yes.",
        "a quote of one's own       | > To be or not to be~~That is it. | > To be or not to be That is it.",
        "a quote alone              | > No? | > No?",
        "quote at the end           | Yes.~~> No?~> No. | Yes.",
        "broken quoted line         | Yes.~~On 1 Nov 2026 at 10:05, Bo <bo@example.com> wrote:~> a line of many words that goes on until it is too long for~one line~> No? | Yes.",
        "quote in a quote           | Yes.~~On 1 Nov 2026 at 10:05, Bo <bo@example.com> wrote:~> No?~>> Perhaps.~> > Or? | Yes.",
        "an unanswered one below    | On 1 Nov 2026 at 10:05, Bo <bo@example.com> wrote:~> One?~~Yes.~~> Two? | > One? Yes.",
        "quotes with initials       | Yes.~~BL> One?~BL>~BL> Two? | Yes.",
        "answer above and below     | Hi.~~On 1 Nov 2026 at 10:05, Bo <bo@example.com> wrote:~> One?~~Yes.~~On 31 Oct 2026 at 10:05, Cy <cy@example.com> wrote:~~Two? | Hi. Yes.",
      })
  void answersStandAmongQuotes(String what, String text, String fresh) {
    assertThat(joined(read(text))).as(what).isEqualTo(fresh);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "delimiter           | Yes.~-- ~Ada~Chief | Yes.",
        "without its blank   | Yes.~--~Ada | Yes.",
        "phone               | Yes.~~Sent from my iPhone | Yes.",
        "program             | Ja.~~Holen Sie sich Outlook für iOS | Ja.",
        "with a link         | Yes.~~Get Outlook for iOS<https://aka.ms/o0ukef> | Yes.",
        "advertisement       | Yes.~~Yahoo Mail: Search, Organize, Conquer | Yes.",
        "verb behind         | はい。~~iPhoneから送信 | はい。",
        "above history       | Yes.~~Sent from my iPhone~~> On 1 Nov 2026, at 10:05, Bo <bo@example.com> wrote:~> No? | Yes.",
        "mailing list        | Yes.~~_______________________________________________~users mailing list~users@example.com~https://example.com/users | Yes.",
        "under a long line   | Yes.~______________~Ada Long~Chief | Yes.",
        "closing words stay  | Yes.~~Best regards,~Ada | Yes. Best regards, Ada",
        "a sentence          | Yes.~~Sent from my desk, which is easier. | Yes. Sent from my desk, which is easier.",
        "a dash of thought   | One.~~—~~Two. | One. — Two.",
        "only a signature    | Sent from my iPhone | Sent from my iPhone",
      })
  void signaturesAreNotTheReply(String what, String text, String fresh) {
    assertThat(joined(read(text))).as(what).isEqualTo(fresh);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "From: is a word.~Sent it.",
        "From: Berlin Hbf 10:05~To: Hamburg 12:10~Date: 4 March 2026",
        "I read mail from: bo@example.com and to: ada@example.com",
        "On 4 March 2026 the paper wrote that all is well.",
        "These are dates:~2026-01-15 14:30:25~15.01.2026 14:30~Jan 15, 2026 at 14:30",
        "Name; Price~-------------------~Tea; 2.50",
        "# Plan~---~First this.~***~Then that.",
        "Visit us.~>>> https://example.com <<<~Bye.",
        "Hours 8-13~~<https://example.com/a_long_link~>~~See you.",
        "--- Agenda ---~1. One~2. Two",
        "Above the line are facts.~~________________~~Below is what I think of them.",
        "{ Name { Price {~{ --- { --- {~{ Tea { 2.50 {",
        "She said:~we go.",
        "The reply above this line is mine, the rest is not at all what I wanted to say.",
      })
  void whatOnlyLooksLikeHistoryStays(String text) {
    Reply reply = read(text);
    assertThat(joined(reply)).isEqualTo(text.replaceAll("~+", " ").replace('{', '|'));
    assertThat(reply.parts().quoted()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Gmail       | ---------- Forwarded message ---------~From: Bo <bo@example.com>~~No?",
        "Outlook     | From: Bo <bo@example.com>~Date: Sunday, 1 November 2026 at 10:05~To: Ada~Subject: No~No?",
        "Apple       | > Begin forwarded message:~> ~> From: Bo~> ~> No?",
        "attribution | On 28/10/2026 12:46, \"Bo\" <bo@example.com> wrote:~~    No?",
        "phone       | Sent from my iPhone~~Begin forwarded message:~~From: Bo~~No?",
      })
  void aMailThatOnlyPassesOnSaysNothing(String what, String text) {
    Reply reply = read(text);
    assertThat(reply.body()).as(what).isEmpty();
    assertThat(reply.parts().forwarded()).hasSize(1);
  }

  private static Reply read(String text) {
    String lines = text.replace("~", "\n").replace('{', '|');
    Reply reply = ReplyReader.of(lines, Optional.empty());
    ReplySpans.check(lines, reply.body(), reply.parts());
    return reply;
  }

  private static String joined(Reply reply) {
    return reply.body().replaceAll("\\s+", " ").strip();
  }
}
