package email.daimon.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.Wiring;
import email.daimon.functions.inbound.InboundHandler;
import email.daimon.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.sync.RequestBody;

/** Brings mail to an API's inboxes the way SES does: S3, notification, inbound function. */
final class Postman {
  private static final AtomicInteger MAILS = new AtomicInteger();
  private final TestApi api;
  private final InboundHandler inbound;

  Postman(TestApi api) {
    this(api, api.wiring);
  }

  /** One whose inbound function has other clients. */
  Postman(TestApi api, Wiring wiring) {
    this.api = api;
    this.inbound = new InboundHandler(wiring);
  }

  /** A plain mail; its Message-ID is {@code <name@example.org>}. */
  static String plain(String name, String subject, String text, String... moreFields) {
    String fields = moreFields.length == 0 ? "" : String.join("\n", moreFields) + "\n";
    return "From: Alice <alice@example.org>\nTo: agent@daimon.email\nSubject: "
        + subject
        + "\nMessage-ID: <"
        + name
        + "@example.org>\n"
        + fields
        + "\n"
        + text
        + "\n";
  }

  void bring(String username, String raw) {
    bring(username, raw, Map.of());
  }

  /** Brings a mail with other verdicts than PASS. */
  void bring(String username, String raw, Map<String, String> verdicts) {
    redeliver(put(raw), username, verdicts);
  }

  String put(String raw) {
    String sesId = "ses-api-" + MAILS.incrementAndGet();
    api.wiring
        .clients()
        .s3()
        .putObject(
            put -> put.bucket(api.wiring.settings().bucket()).key("inbound/" + sesId),
            RequestBody.fromBytes(raw.replace("\n", "\r\n").getBytes(UTF_8)));
    return sesId;
  }

  void redeliver(String sesId, String username, Map<String, String> verdicts) {
    ObjectNode content = Json.object().put("notificationType", "Received");
    content
        .putObject("mail")
        .put("messageId", sesId)
        .put("timestamp", api.clock.instant().toString())
        .put("source", "alice@example.org")
        .put("headersTruncated", true);
    ObjectNode receipt = content.putObject("receipt");
    receipt.putArray("recipients").add(username + "@" + api.wiring.settings().domain());
    for (String name : List.of("spam", "virus", "spf", "dkim", "dmarc")) {
      receipt.putObject(name + "Verdict").put("status", verdicts.getOrDefault(name, "PASS"));
    }
    if (verdicts.containsKey("policy")) {
      receipt.put("dmarcPolicy", verdicts.get("policy"));
    }
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setMessageId("sqs-" + sesId);
    message.setBody(
        Json.text(Json.object().put("Type", "Notification").put("Message", Json.text(content))));
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(message));
    var failures = inbound.handleRequest(event, null).getBatchItemFailures();
    if (!failures.isEmpty()) {
      throw new AssertionError("the mail was not taken: " + failures);
    }
  }
}
