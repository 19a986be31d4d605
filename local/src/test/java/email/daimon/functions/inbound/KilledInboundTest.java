package email.daimon.functions.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Killed after each call to the outside in turn and run again: same rows and objects as once. */
final class KilledInboundTest {
  private static final String PARENT =
      """
      From: ann@example.com
      To: bot@daimon.email
      Subject: One
      Message-ID: <one@example.com>

      """
          + "A text that is long enough for S3.\n".repeat(400);
  private static final String CHILD =
      """
      From: ann@example.com
      To: bot@daimon.email
      Subject: Three
      Message-ID: <three@example.com>
      In-Reply-To: <two@example.com>

      Third.
      """;
  private static final String BETWEEN =
      """
      From: ann@example.com
      To: bot@daimon.email
      Subject: Two
      Message-ID: <two@example.com>
      In-Reply-To: <one@example.com>
      Content-Type: multipart/mixed; boundary=b

      --b

      Second, brings both together.
      --b
      Content-Disposition: attachment; filename=a.txt

      file
      --b--
      """;

  private record Outcome(List<String> rows, List<String> objects) {}

  @Test
  void killedAnywhereLeavesWhatOneRunLeaves() {
    Outcome clean = run(Integer.MAX_VALUE);
    int calls = count();

    for (int last = 1; last <= calls; last++) {
      assertThat(run(last)).as("killed after call " + last).isEqualTo(clean);
    }
    assertThat(calls).isGreaterThanOrEqualTo(8);
  }

  private static Outcome run(int last) {
    InboundHouse house = new InboundHouse("killed");
    SQSMessage between = prepare(house);
    DyingClients dying = new DyingClients(last);
    try {
      InboundHouse.handle(new InboundHandler(house.wiring(dying::of)), between);
    } catch (DyingClients.Killed _) {
      InboundHouse.handle(house.handler, between);
    }
    Outcome outcome = new Outcome(house.rowsAsText(), house.objects());
    house.deleteObjects();
    return outcome;
  }

  private static int count() {
    InboundHouse house = new InboundHouse("killed");
    SQSMessage between = prepare(house);
    DyingClients dying = new DyingClients(Integer.MAX_VALUE);
    InboundHouse.handle(new InboundHandler(house.wiring(dying::of)), between);
    house.deleteObjects();
    return dying.calls();
  }

  private static SQSMessage prepare(InboundHouse house) {
    house.inbox("bot");
    String bot = house.address("bot");
    house.handle(
        house.received("1", PARENT, s -> s.to(bot)), house.received("3", CHILD, s -> s.to(bot)));
    return house.received("2", BETWEEN, s -> s.to(bot));
  }
}
