package email.daimon.policy;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.Direction;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules 3.1 and 3.5: inbound, and nothing flagged, unless asked for. */
final class MessageFilterTest {
  @ParameterizedTest
  @CsvSource({
    // direction, flagged too, label, status, read?, message's direction, labels, read, shown
    "inbound, false, -, -, -, inbound, -, false, true",
    "inbound, false, -, -, -, inbound, -, true, true",
    "inbound, false, -, -, -, outbound, -, true, false",
    "both, false, -, -, -, outbound, -, true, true",
    "outbound, false, -, -, -, inbound, -, false, false",
    "inbound, false, -, -, -, inbound, spam, false, false",
    "inbound, false, -, -, -, inbound, unauthenticated, false, false",
    "inbound, false, -, -, -, inbound, blocked, false, false",
    "inbound, false, -, -, -, inbound, virus, false, false",
    "inbound, true, -, -, -, inbound, spam, false, true",
    "inbound, false, spam, -, -, inbound, spam, false, true",
    "inbound, false, vip, -, -, inbound, -, false, false",
    "inbound, false, vip, -, -, inbound, vip, false, true",
    "both, false, -, sent, -, outbound, -, true, true",
    "both, false, -, queued, -, outbound, -, true, false",
    "inbound, false, -, -, false, inbound, -, false, true",
    "inbound, false, -, -, false, inbound, -, true, false",
    "inbound, false, -, -, true, inbound, -, true, true",
  })
  void shows(
      String direction,
      boolean flagged,
      String label,
      String status,
      String read,
      String messageDirection,
      String labels,
      boolean messageRead,
      boolean shown) {
    MessageFilter filter =
        new MessageFilter(
            direction.equals("both")
                ? Optional.empty()
                : Optional.of(direction.equals("inbound") ? Direction.INBOUND : Direction.OUTBOUND),
            flagged,
            given(label),
            Optional.empty(),
            Optional.empty(),
            given(status),
            given(read).map(Boolean::valueOf));

    assertThat(filter.accepts(message(messageDirection, labels, messageRead))).isEqualTo(shown);
  }

  private static Optional<String> given(String value) {
    return Optional.of(value).filter(present -> !present.equals("-"));
  }

  private static Message message(String direction, String labels, boolean read) {
    boolean inbound = direction.equals("inbound");
    return new Message(
        new MessageKey(1, "msg_1"),
        "acc_1",
        "inbox_1",
        "thread_1",
        inbound ? Direction.INBOUND : Direction.OUTBOUND,
        "<1@example.com>",
        "a@example.com",
        "",
        List.of(),
        List.of(),
        "",
        "",
        Instant.EPOCH,
        read,
        given(labels).map(Set::of).orElse(Set.of()),
        inbound ? "received" : "sent",
        false,
        Optional.empty(),
        false,
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
