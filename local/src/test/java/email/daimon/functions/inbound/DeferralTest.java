package email.daimon.functions.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.MessageAttribute;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import email.daimon.functions.queue.Deferral;
import email.daimon.functions.queue.Queues;
import email.daimon.functions.store.DeferredException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** Rule 8.3: deferring is not failing. */
final class DeferralTest {
  private final List<SendMessageRequest> sent = new ArrayList<>();
  private final InboundHouse house = new InboundHouse();

  @Test
  void fiftyDeferralsNeverFail() {
    house.inbox("bot");
    InboundHandler handler =
        new InboundHandler(
            new Routing(
                house.wiring.inboxes(),
                new RecentAccounts(house.wiring.accounts(), house.wiring.clock())),
            house.wiring.blobs(),
            (_, _, _) -> {
              throw new DeferredException("conflict", new IllegalStateException());
            },
            new Deferral(new Queues(sqs(), _ -> "http://queue"), InboundHandler.QUEUE));
    SQSMessage message = house.received("1", "Subject: x\n\nHi\n", s -> s.to(house.address("bot")));
    String body = message.getBody();

    for (int i = 0; i < 50; i++) {
      assertThat(InboundHouse.handle(handler, message).getBatchItemFailures()).isEmpty();
      message = received(sent.getLast());
    }

    assertThat(sent).hasSize(50);
    assertThat(sent.getLast().messageBody()).isEqualTo(body);
    assertThat(sent).extracting(SendMessageRequest::delaySeconds).startsWith(2, 4, 8);
    assertThat(sent.getLast().delaySeconds()).isEqualTo(900);
  }

  private static SQSMessage received(SendMessageRequest request) {
    SQSMessage message = InboundHouse.message("again", request.messageBody());
    message.setMessageAttributes(
        request.messageAttributes().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry -> {
                      MessageAttribute attribute = new MessageAttribute();
                      attribute.setStringValue(entry.getValue().stringValue());
                      return attribute;
                    })));
    return message;
  }

  @SuppressWarnings("unchecked")
  private SqsClient sqs() {
    return (SqsClient)
        Proxy.newProxyInstance(
            SqsClient.class.getClassLoader(),
            new Class<?>[] {SqsClient.class},
            (_, _, arguments) -> {
              SendMessageRequest.Builder request = SendMessageRequest.builder();
              ((Consumer<SendMessageRequest.Builder>) arguments[0]).accept(request);
              sent.add(request.build());
              return SendMessageResponse.builder().messageId("m").build();
            });
  }
}
