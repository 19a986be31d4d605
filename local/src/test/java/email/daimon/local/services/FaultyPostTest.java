package email.daimon.local.services;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.webhook.Answer;
import email.daimon.functions.webhook.Letter;
import email.daimon.local.services.Fault.Action;
import email.daimon.local.services.Fault.Step;
import email.daimon.model.AttemptOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultyPostTest {
  private static final Letter LETTER =
      Letter.of(
          "https://hooks.example.com/",
          List.of("whsec_AAAA"),
          new Letter.Told("wh_1", "evt_1", "message.received", 1),
          new byte[] {'{', '}'},
          Instant.EPOCH);
  private final Faults faults = new Faults();
  private final AtomicInteger calls = new AtomicInteger();
  private final FaultyPost post =
      new FaultyPost(
          (_, _) -> {
            calls.incrementAndGet();
            return new Answer(AttemptOutcome.OK, 200, Duration.ZERO, "", Optional.empty());
          },
          faults);

  @ParameterizedTest
  @CsvSource({"FAIL, 0, CONNECTION", "LOSE, 1, CONNECTION", "TWICE, 2, OK", "DELAY, 1, OK"})
  void theNextCallMeetsTheFault(Action action, int made, AttemptOutcome outcome) {
    faults.arm(new Fault(Step.WEBHOOK_POST, action, Duration.ofMillis(1)), 1);

    assertThat(post.send(LETTER, () -> {}).outcome()).isEqualTo(outcome);
    assertThat(calls).hasValue(made);
    assertThat(post.send(LETTER, () -> {}).outcome()).isEqualTo(AttemptOutcome.OK);
  }

  @Test
  void faultsOfOtherStepsAreNotMet() {
    faults.arm(new Fault(Step.SQS_SEND, Action.FAIL, Duration.ZERO), 1);
    assertThat(post.send(LETTER, () -> {}).outcome()).isEqualTo(AttemptOutcome.OK);
  }
}
