package email.daimon.functions.sesevents;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.functions.queue.Deferral;
import email.daimon.functions.queue.Queues;
import email.daimon.functions.reports.NewsDesk;
import email.daimon.functions.store.DeferredException;
import email.daimon.functions.testing.RecordingSqs;
import email.daimon.model.DeliveryNews;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

final class SesEventsHandlerTest {
  private final RecordingSqs queue = new RecordingSqs();
  private final List<DeliveryNews> reported = new CopyOnWriteArrayList<>();

  @Test
  void eventsOfOneInboxAreReportedInTheirOrder() throws Exception {
    assertThat(
            handle(
                reported::add,
                message("1", body("send")),
                message("2", body("delivery")),
                message("3", "Successfully validated SNS topic"),
                message("4", body("complaint"))))
        .isEmpty();

    assertThat(reported)
        .extracting(news -> news.kind().name())
        .containsExactly("SEND", "DELIVERY", "COMPLAINT");
  }

  @Test
  void waitingIsNotFailing() throws Exception {
    NewsDesk busy =
        _ -> {
          throw new DeferredException("conflict", new IllegalStateException());
        };
    SQSMessage message = message("1", body("bounce"));
    String sent = message.getBody();

    for (int i = 0; i < 50; i++) {
      assertThat(handle(busy, message)).isEmpty();
      message = RecordingSqs.message(queue.sent().getLast());
    }

    assertThat(queue.sent())
        .hasSize(50)
        .extracting(SendMessageRequest::messageBody)
        .containsOnly(sent);
    assertThat(queue.sent().getLast().delaySeconds()).isEqualTo(900);
  }

  @Test
  void whatNobodyForesawComesBackAlone() throws Exception {
    NewsDesk broken =
        news -> {
          if (news.kind() == DeliveryNews.Kind.BOUNCE) {
            throw new IllegalStateException("broken");
          }
          reported.add(news);
        };

    assertThat(
            handle(
                broken,
                message("1", body("send")),
                message("2", body("bounce")),
                message("3", body("delivery"))))
        .extracting(BatchItemFailure::getItemIdentifier)
        .containsExactly("2");
    assertThat(reported).hasSize(2);
    queue.refuse(true);
    assertThat(
            handle(
                _ -> {
                  throw new DeferredException("conflict", new IllegalStateException());
                },
                message("4", body("send"))))
        .as("where it cannot be deferred either")
        .hasSize(1);
  }

  private List<BatchItemFailure> handle(NewsDesk desk, SQSMessage... messages) {
    SQSEvent event = RecordingSqs.event(messages);
    return new SesEventsHandler(
            desk,
            new Deferral(new Queues(queue.client(), _ -> "http://queue"), SesEventsHandler.QUEUE))
        .handleRequest(event, null)
        .getBatchItemFailures();
  }

  private static SQSMessage message(String id, String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId(id);
    message.setBody(body);
    return message;
  }

  private static String body(String name) throws IOException {
    return new ObjectMapper()
        .readTree(Path.of("../events/ses-" + name + ".json").toFile())
        .at("/Records/0/body")
        .asText();
  }
}
