package email.daimon.policy;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.Outgoing;
import email.daimon.model.Outgoing.Conditions;
import email.daimon.model.Outgoing.Extras;
import email.daimon.model.SendRecipient;
import email.daimon.model.SendRecipient.Kind;
import email.daimon.model.SendRecipient.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SendTallyTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, false",
    "99, 99, 99, false",
    "100, 10, 0, false",
    "100, 11, 0, true",
    "109, 11, 0, true",
    "110, 11, 0, false",
    "999, 0, 999, false",
    "1000, 100, 1, false",
    "1000, 0, 2, true",
    "1999, 0, 2, true",
    "2000, 0, 2, false",
    "3000000000, 300000000, 3000000, false",
    "3000000000, 300000001, 0, true",
  })
  void theLimits(long sent, long bounced, long complaints, boolean tooMuch) {
    assertThat(new SendTally(sent, bounced, complaints).tooMuch()).isEqualTo(tooMuch);
  }

  @Test
  void eachRecipientsFirstBounceAndComplaintIsCounted() {
    Outgoing asked = asked("a", "b");
    Outgoing taken = asked.accepted(NOW, "id", Optional.empty());
    assertThat(SendTally.between(asked, taken)).isEqualTo(new SendTally(2, 0, 0));
    Outgoing bounced = with(taken, "a", Status.BOUNCED);
    assertThat(SendTally.between(taken, bounced)).isEqualTo(new SendTally(0, 1, 0));
    assertThat(SendTally.between(bounced, with(bounced, "a", Status.BOUNCED)))
        .isEqualTo(SendTally.NONE);
    Outgoing complained = with(bounced, "a", Status.COMPLAINED);
    assertThat(SendTally.between(bounced, complained)).isEqualTo(new SendTally(0, 0, 1));
    assertThat(SendTally.between(complained, with(complained, "a", Status.BOUNCED)))
        .as("later, but of lower rank")
        .isEqualTo(SendTally.NONE);
    assertThat(SendTally.between(taken, with(taken, "b", Status.DELIVERED)))
        .isEqualTo(SendTally.NONE);
  }

  @Test
  void whomARelayRefusesWasTriedToo() {
    Outgoing asked = asked("a", "b");
    Outgoing refused = with(asked, "a", Status.BOUNCED);
    assertThat(SendTally.between(asked, refused)).isEqualTo(new SendTally(1, 1, 0));
    assertThat(SendTally.between(refused, refused.accepted(NOW, "id", Optional.empty())))
        .isEqualTo(new SendTally(1, 0, 0));
    assertThat(SendTally.between(asked, with(asked, "a", Status.FAILED))).isEqualTo(SendTally.NONE);
  }

  private static Outgoing asked(String... addresses) {
    return Outgoing.asked(
        List.of(addresses).stream().map(one -> SendRecipient.open(one, "", Kind.TO, NOW)).toList(),
        NOW,
        Optional.empty(),
        Extras.NONE,
        Conditions.NONE,
        Optional.empty());
  }

  private static Outgoing with(Outgoing way, String address, Status status) {
    return way.reported(one ->
        one.address().equals(address)
            ? one.reported(status, Optional.empty(), Optional.empty(), NOW)
            : one);
  }
}
