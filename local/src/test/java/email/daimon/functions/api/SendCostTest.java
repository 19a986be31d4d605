package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import email.daimon.functions.Wiring;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.functions.send.SendHandler;
import email.daimon.functions.sesevents.SesEventsHandler;
import email.daimon.functions.testing.RecordingSqs;
import email.daimon.local.services.Usage;
import email.daimon.local.ses.Carrier;
import email.daimon.local.ses.LocalSes;
import email.daimon.local.testing.EmulatedServices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What one mail asks of the tables, from the call to its delivery, stage by stage. */
final class SendCostTest {
  @TempDir private Path folder;
  private final EmulatedServices services = EmulatedServices.shared();
  private final Usage usage = services.usage();
  private final RecordingSqs queue = new RecordingSqs();
  private final TestApi api =
      new TestApi(
          Map.of("DEFAULT_TIER", "developer", "SES_CONFIGURATION_SET", LocalSes.CONFIGURATION_SET));

  @Test
  void aSendIsThreeTransactionsTwoPutsAndFewReads() throws Exception {
    LocalSes ses = new LocalSes(folder, "send-cost", api.clock);
    Opened own = api.open("frugal");
    api.call(send(own));
    Wiring wiring = api.wired(clients -> clients.withSqs(queue.client()).withSes(ses.client));
    SendApiHandler handler = new SendApiHandler(wiring);
    api.through(handler, send(own));
    queue.clear();
    assertThat(calls(() -> api.through(handler, send(own))))
        .as("the call: key, inbox, what the mail depends on; the commit")
        .isEqualTo(Map.of("GetItem", 2, "BatchGetItem", 1, "TransactWriteItems", 1));
    SQSMessage job = RecordingSqs.message(queue.sent().getFirst());
    assertThat(calls(() -> new SendHandler(wiring).handleRequest(RecordingSqs.event(job), null)))
        .as(
            "the worker: the mail; once a minute, whether the account has a tenant; claim and mark;"
                + " what SES said, and the account's tally")
        .isEqualTo(
            Map.of(
                "BatchGetItem", 1,
                "GetItem", 1,
                "PutItem", 2,
                "TransactWriteItems", 1,
                "UpdateItem", 1));
    List<SQSMessage> events = new ArrayList<>();
    SqsClient sqs = services.clients().sqs();
    String url = sqs.getQueueUrl(r -> r.queueName("send-cost")).queueUrl();
    try (Carrier _ = ses.carrier()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> {
            sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10))
                .messages()
                .forEach(m -> events.add(RecordingSqs.message(m.body())));
            return events.size() == 2;
          });
    }
    assertThat(
            calls(() ->
                new SesEventsHandler(wiring)
                    .handleRequest(RecordingSqs.event(events.toArray(SQSMessage[]::new)), null)))
        .as("its two reports: the mail; one step")
        .isEqualTo(Map.of("BatchGetItem", 1, "TransactWriteItems", 1));
  }

  private Map<String, Integer> calls(Runnable stage) {
    usage.reset();
    stage.run();
    Map<String, Integer> calls = new TreeMap<>();
    usage
        .snapshot()
        .forEach((what, times) -> {
          if (what.startsWith("dynamodb.") && !what.endsWith("-units")) {
            calls.put(what.substring("dynamodb.".length()), (int) Math.round(times));
          }
        });
    return calls;
  }

  private static TestApi.Call send(Opened own) {
    return post("/v1/inboxes/" + own.inboxId() + "/send")
        .key(own.inboxKey())
        .body("{'to': 'a@example.com', 'subject': 's', 'text': 'x'}");
  }
}
