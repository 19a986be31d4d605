package email.daimon.functions.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import email.daimon.functions.queue.Deferral;
import email.daimon.functions.queue.Queues;
import email.daimon.functions.reports.ReturnedMail;
import email.daimon.functions.store.DeferredException;
import email.daimon.functions.testing.RecordingSqs;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** Rule 8.3: deferring is not failing. */
final class DeferralTest {
  private final RecordingSqs queue = new RecordingSqs();
  private final InboundHouse house = new InboundHouse();

  @Test
  void fiftyDeferralsNeverFail() {
    house.inbox("bot");
    InboundHandler handler =
        new InboundHandler(
            new Routing(house.wiring.inboxes(), _ -> false),
            house.wiring.blobs(),
            new ReturnedMail(
                house.wiring.bounceAddresses(), house.wiring.blobs(), house.wiring.newsDesk()),
            parcels -> parcels.forEach(parcel -> parcel.work().fail(conflict())),
            house.wiring.processedMarks(),
            new Deferral(new Queues(queue.client(), _ -> "http://queue"), InboundHandler.QUEUE));
    SQSMessage message = house.received("1", "Subject: x\n\nHi\n", s -> s.to(house.address("bot")));
    String body = message.getBody();

    for (int i = 0; i < 50; i++) {
      assertThat(InboundHouse.handle(handler, message).getBatchItemFailures()).isEmpty();
      message = RecordingSqs.message(queue.sent().getLast());
    }

    List<SendMessageRequest> sent = queue.sent();
    assertThat(sent).hasSize(50);
    assertThat(sent.getLast().messageBody()).isEqualTo(body);
    assertThat(sent).extracting(SendMessageRequest::delaySeconds).startsWith(2, 4, 8);
    assertThat(sent.getLast().delaySeconds()).isEqualTo(900);
  }

  private static DeferredException conflict() {
    return new DeferredException("conflict", new IllegalStateException());
  }
}
