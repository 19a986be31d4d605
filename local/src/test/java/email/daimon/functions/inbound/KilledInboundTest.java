package email.daimon.functions.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import email.daimon.functions.testing.DyingClients;
import java.util.List;
import java.util.function.Function;
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
    Outcome clean = run(Integer.MAX_VALUE, KilledInboundTest::one);
    int calls = count(KilledInboundTest::one);

    for (int last = 1; last <= calls; last++) {
      assertThat(run(last, KilledInboundTest::one))
          .as("killed after call " + last)
          .isEqualTo(clean);
    }
    assertThat(calls).isGreaterThanOrEqualTo(8);
  }

  @Test
  void aBatchThatIsKilledAnywhereLeavesWhatOneRunLeaves() {
    Outcome clean = run(Integer.MAX_VALUE, KilledInboundTest::batch);
    int calls = count(KilledInboundTest::batch);

    for (int last = 1; last <= calls; last++) {
      assertThat(run(last, KilledInboundTest::batch))
          .as("killed after call " + last)
          .isEqualTo(clean);
    }
    assertThat(clean.rows().stream().filter(row -> row.contains("sk=AttributeValue(S=M#")))
        .hasSize(4);
  }

  private static Outcome run(int last, Function<InboundHouse, SQSMessage[]> mails) {
    InboundHouse house = new InboundHouse("killed");
    SQSMessage[] prepared = mails.apply(house);
    DyingClients dying = new DyingClients(last);
    try {
      InboundHouse.handle(new InboundHandler(house.wiring(dying::of)), prepared);
    } catch (DyingClients.Killed _) {
      InboundHouse.handle(house.handler, prepared);
    }
    Outcome outcome = new Outcome(house.rowsAsText(), house.objects());
    house.deleteObjects();
    return outcome;
  }

  private static int count(Function<InboundHouse, SQSMessage[]> mails) {
    InboundHouse house = new InboundHouse("killed");
    SQSMessage[] prepared = mails.apply(house);
    DyingClients dying = new DyingClients(Integer.MAX_VALUE);
    InboundHouse.handle(new InboundHandler(house.wiring(dying::of)), prepared);
    house.deleteObjects();
    return dying.calls();
  }

  private static SQSMessage[] one(InboundHouse house) {
    house.inbox("bot");
    String bot = house.address("bot");
    house.handle(
        house.received("1", PARENT, s -> s.to(bot)), house.received("3", CHILD, s -> s.to(bot)));
    return new SQSMessage[] {house.received("2", BETWEEN, s -> s.to(bot))};
  }

  private static SQSMessage[] batch(InboundHouse house) {
    house.inbox("bot");
    house.inbox("eve");
    String bot = house.address("bot");
    return new SQSMessage[] {
      house.received("1", PARENT, s -> s.to(bot)),
      house.received("3", CHILD, s -> s.to(bot)),
      house.received("2", BETWEEN, s -> s.to(bot, house.address("eve")))
    };
  }
}
