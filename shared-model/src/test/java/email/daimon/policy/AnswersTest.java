package email.daimon.policy;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.Direction;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.model.Outgoing.UnlessReplied;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rule 5.10: what waits for no answer is taken back only by unflagged mail of somebody else that no
 * machine sent by itself; "any" widens.
 */
final class AnswersTest {
  @ParameterizedTest
  @CsvSource({
    // direction, from, automatic, label, answers somebody, answers anybody
    "INBOUND, ann@example.com, false, -, true, true",
    "INBOUND, ann@example.com, true, -, false, true",
    "INBOUND, ann@example.com, false, vip, true, true",
    "INBOUND, ann@example.com, false, spam, false, false",
    "INBOUND, ann@example.com, false, unauthenticated, false, false",
    "INBOUND, ann@example.com, false, blocked, false, false",
    "INBOUND, ann@example.com, false, virus, false, false",
    "INBOUND, bot@daimon.email, false, -, false, false",
    "INBOUND, Bot+tag@DAIMON.email, false, -, false, false",
    "INBOUND, other@daimon.email, false, -, true, true",
    "OUTBOUND, bot@daimon.email, false, -, false, false",
  })
  void isAnAnswer(
      Direction direction,
      String from,
      boolean automatic,
      String label,
      boolean somebody,
      boolean anybody) {
    Set<String> labels = label.equals("-") ? Set.of() : Set.of(label);
    Message message = message(direction, from, automatic, labels);

    assertThat(Answers.is(message, UnlessReplied.NOBODY, "bot@daimon.email")).isFalse();
    assertThat(Answers.is(message, UnlessReplied.SOMEBODY, "bot@daimon.email")).isEqualTo(somebody);
    assertThat(Answers.is(message, UnlessReplied.ANYBODY, "bot@daimon.email")).isEqualTo(anybody);
  }

  private static Message message(
      Direction direction, String from, boolean automatic, Set<String> labels) {
    return new Message(
        new MessageKey(1, "msg_1"),
        "acc_1",
        "inbox_1",
        "thread_1",
        direction,
        "<1@example.com>",
        from,
        "",
        List.of(),
        List.of(),
        "",
        "",
        Instant.EPOCH,
        false,
        labels,
        "received",
        false,
        Optional.empty(),
        automatic,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        1,
        Optional.empty());
  }
}
