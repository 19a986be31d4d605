package email.daimon.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import email.daimon.compose.ReplyRecipients.Answer;
import email.daimon.compose.ReplyRecipients.Nobody;
import email.daimon.compose.ReplyRecipients.Parent;
import email.daimon.mime.MailAddress;
import email.daimon.model.Direction;
import email.daimon.policy.OwnAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 5.1: whom a reply and a reply to all go to, from the inbox bot@daimon.email. */
class ReplyRecipientsTest {
  private static final OwnAddress OWN = OwnAddress.parse("bot@daimon.email").orElseThrow();

  @ParameterizedTest(name = "{0} {1} from {2} reply-to {3} to {4} cc {5}")
  @CsvSource(
      delimiter = '|',
      value = {
        // what  | direction | from | reply-to | to                    | cc          | -> to | -> cc
        "reply   | in        | a@x  | ''       | bot@daimon.email       | ''          | a@x   | ''",
        "reply   | in        | a@x  | r@y      | bot@daimon.email       | c@z         | r@y   | ''",
        "reply   | in        | a@x  | r@y s@y  | bot@daimon.email       | ''          | r@y s@y | ''",
        "reply   | in        | a@x  | junk     | bot@daimon.email       | ''          | a@x   | ''",
        "reply   | out       | bot@daimon.email | '' | b@x c@x          | d@x         | b@x c@x | ''",
        "all     | in        | a@x  | ''       | bot@daimon.email b@x   | c@z         | a@x   | b@x c@z",
        "all     | in        | a@x  | r@y      | bot@daimon.email       | ''          | r@y   | ''",
        "all     | in        | a@x  | ''       | BOT+shop@Daimon.Email b@x | \"bot\"@daimon.email | a@x | b@x",
        "all     | in        | a@x  | ''       | b@x B@X a@X            | b@x c@x C@x | a@x   | b@x c@x",
        "all     | in        | bot@daimon.email | '' | b@x              | c@x         | b@x   | c@x",
        "all     | in        | bot@daimon.email | '' | bot@daimon.email | c@x         | c@x   | ''",
        "all     | in        | a@x  | ''       | junk b@x               | @@          | a@x   | b@x",
        "all     | out       | bot@daimon.email | '' | b@x bot@daimon.email | d@x bot+1@daimon.email | b@x | d@x",
        "all     | in        | a@x  | ''       | bot@other.example      | ''          | a@x   | bot@other.example",
        "reply   | in        | ''   | ''       | bot@daimon.email       | ''          | nobody | ''",
        "reply   | out       | bot@daimon.email | '' | ''               | d@x         | nobody | ''",
        "all     | in        | bot@daimon.email | '' | bot+2@daimon.email | ''        | nobody | ''",
      })
  void recipients(
      String what,
      String direction,
      String from,
      String replyTo,
      String to,
      String cc,
      String wantedTo,
      String wantedCc) {
    Parent parent = parent(direction, from, replyTo, to, cc, Optional.of("a@x"));
    ReplyRecipients found =
        what.equals("all") ? ReplyRecipients.replyAll(OWN, parent) : ReplyRecipients.reply(parent);

    if (wantedTo.equals("nobody")) {
      assertThat(found).isInstanceOf(Nobody.class);
      return;
    }
    Answer answer = (Answer) found;
    assertThat(answer.to()).extracting(Mailbox::address).isEqualTo(words(wantedTo));
    assertThat(answer.cc()).extracting(Mailbox::address).isEqualTo(words(wantedCc));
  }

  @Test
  void nobodyReadsTheAnswerToAnEmptyEnvelopeSender() {
    Parent bounce = parent("in", "a@x", "", "bot@daimon.email", "", Optional.of(""));
    assertThat(ReplyRecipients.reply(bounce)).isInstanceOf(Nobody.class);
    assertThat(ReplyRecipients.replyAll(OWN, bounce)).isInstanceOf(Nobody.class);
  }

  @ParameterizedTest(name = "from {0}, reply-to {1}: elsewhere {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a@shop.example       | ''                     | false",
        "a@shop.com           | help@desk.shop.com     | false",
        "a@mail.shop.co.uk    | a@shop.co.uk           | false",
        "a@shop.co.uk         | a@evil.co.uk           | true",
        "a@shop.example       | a@evil.example         | true",
        "a@shop.example       | a@shop.example a@evil.example | true",
      })
  void aReplyToOfAnotherOrganisationIsSaid(String from, String replyTo, boolean elsewhere) {
    Parent parent = parent("in", from, replyTo, "bot@daimon.email", "", Optional.of(from));
    assertThat(((Answer) ReplyRecipients.reply(parent)).replyToElsewhere()).isEqualTo(elsewhere);
  }

  @Test
  void namesGoAlongUnlessTheyPassForAddresses() {
    Parent parent =
        new Parent(
            Direction.INBOUND,
            List.of(new MailAddress("a@x", "Ada Lovelace")),
            List.of(new MailAddress("b@x", "ceo@bank.example"), new MailAddress("c@x", "Cé\r\n")),
            List.of(),
            List.of(),
            Optional.empty());
    assertThat(((Answer) ReplyRecipients.reply(parent)).to())
        .extracting(Mailbox::name)
        .containsExactly("", "");
  }

  @Test
  void anAddressThatTheWireCannotHoldIsSaidNotDropped() {
    Parent parent = parent("in", "grüße@x", "", "bot@daimon.email", "", Optional.empty());
    assertThatThrownBy(() -> ReplyRecipients.reply(parent))
        .isInstanceOf(InvalidMailboxException.class);
  }

  private static Parent parent(
      String direction,
      String from,
      String replyTo,
      String to,
      String cc,
      Optional<String> envelopeFrom) {
    return new Parent(
        direction.equals("in") ? Direction.INBOUND : Direction.OUTBOUND,
        addresses(from),
        addresses(replyTo),
        addresses(to),
        addresses(cc),
        envelopeFrom);
  }

  private static List<MailAddress> addresses(String words) {
    return words(words).stream().map(word -> new MailAddress(word, "")).toList();
  }

  private static List<String> words(String words) {
    return Stream.of(words.split(" ")).filter(word -> !word.isEmpty()).toList();
  }
}
