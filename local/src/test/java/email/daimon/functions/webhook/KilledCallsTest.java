package email.daimon.functions.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.Wiring;
import email.daimon.functions.store.WebhookCall;
import email.daimon.functions.testing.DyingClients;
import email.daimon.model.AttemptOutcome;
import email.daimon.model.DeliveryStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The function is killed once, after each of its calls to the outside in turn, while an endpoint
 * fails, is left alone, is probed and comes back: every event arrives, and at most the ones whose
 * call was just under way arrive twice.
 */
class KilledCallsTest {
  private static final int EVENTS = 9;
  private static final Duration DOWN = Duration.ofMinutes(3);

  @Test
  void killedNowAndThen() {
    run(97);
  }

  @Test
  @Tag("slow")
  void killedAfterEachStep() {
    run(1);
  }

  private static void run(int step) {
    int runs = 0;
    int doubled = 0;
    int calls = new Run(Integer.MAX_VALUE).play();
    for (int last = 1; last < calls; last += step) {
      Run run = new Run(last);
      var _ = run.play();
      doubled += run.doubled();
      runs++;
    }
    System.out.printf(
        "killed webhook calls: %d runs of about %d steps, %d events each; %d told twice%n",
        runs, calls, EVENTS, doubled);
    assertThat(runs).isGreaterThan(1);
    assertThat(doubled).isLessThanOrEqualTo(runs);
  }

  private static final class Run {
    private final WebhookHouse house = new WebhookHouse();
    private final Map<String, Integer> taken = new HashMap<>();
    private final DyingClients dying;
    private final String webhook = house.webhook("http://localhost:1/");
    private boolean down = true;

    Run(int last) {
      dying = new DyingClients(last);
      Wiring own = house.wiring(dying.of(house.clients()));
      house.handler(new DeliverHandler(own, dying.dying(Post.class, this::answer)), this::answer);
    }

    private synchronized Answer answer(Letter letter, Runnable slow) {
      if (down) {
        return new Answer(AttemptOutcome.HTTP_ERROR, 500, Duration.ZERO, "", Optional.empty());
      }
      taken.merge(letter.headers().get("webhook-id"), 1, Integer::sum);
      return new Answer(AttemptOutcome.OK, 200, Duration.ZERO, "", Optional.empty());
    }

    /** How many calls to the outside there were. */
    int play() {
      List<String> events = new ArrayList<>();
      for (int i = 0; i < EVENTS; i++) {
        events.add(house.tell(webhook));
        house.pass(Duration.ofSeconds(i < 6 ? 1 : 10));
      }
      house.pass(DOWN);
      down = false;
      house.pass(Duration.ofMinutes(50));
      int calls = dying.calls();

      assertThat(taken.keySet()).containsExactlyInAnyOrderElementsOf(events);
      for (String event : events) {
        assertThat(house.delivery(new WebhookCall(webhook, Optional.of(event))).status())
            .isEqualTo(DeliveryStatus.DELIVERED);
      }
      assertThat(house.rows("WP#")).isZero();
      assertThat(house.waiting()).isZero();
      return calls;
    }

    int doubled() {
      return taken.values().stream().mapToInt(times -> times - 1).sum();
    }
  }
}
