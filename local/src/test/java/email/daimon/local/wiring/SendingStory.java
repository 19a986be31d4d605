package email.daimon.local.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.store.Hash;
import java.util.Base64;
import java.util.stream.Stream;

/**
 * The part of the story that is about what leaves: mails, drafts, and what goes wrong with them.
 */
final class SendingStory {
  private final Customer customer;
  private final String inbox;

  SendingStory(Customer customer, String inbox) {
    this.customer = customer;
    this.inbox = inbox;
  }

  void sending() {
    String id =
        send(
            "{'to': ['second@daimon.email', 'success@simulator.amazonses.com'], 'subject': 'Hi', 'text': 'Hello', 'client_id': 's1', 'attachments': [{'filename': 'a.txt', 'data': '%s'}]}"
                .formatted(Base64.getEncoder().encodeToString("file".getBytes(UTF_8))));
    customer.call(
        "POST",
        inbox + "/send",
        "{'to': 'success@simulator.amazonses.com', 'subject': 'Hi', 'text': 'Hello'}",
        "Idempotency-Key",
        "once",
        "Content-Type",
        "application/json");
    customer.call(
        "POST",
        inbox + "/send",
        "{'to': 'success@simulator.amazonses.com', 'subject': 'Hi', 'text': 'Hello'}",
        "Idempotency-Key",
        "once",
        "Content-Type",
        "application/json");
    send(
        "{'to': 'success@simulator.amazonses.com', 'subject': 'Long out', 'text': '%s'}"
            .formatted(Story.LARGE.replace("\n", "\\n")));
    send("{'to': 'bounce@simulator.amazonses.com', 'subject': 'Hi', 'text': 'Hello'}");
    send("{'to': 'complaint@simulator.amazonses.com', 'subject': 'Hi', 'text': 'Hello'}");
    send("{'to': 'ooto@simulator.amazonses.com', 'subject': 'Hi', 'text': 'Hello'}");
    byte[] bytes = "large".getBytes(UTF_8);
    String upload =
        "{'filename': 'b.txt', 'content_type': 'text/plain', 'size': 5, 'sha256': '%s'}"
            .formatted(Hash.sha256(bytes));
    JsonNode put = customer.post(inbox + "/uploads", upload);
    String uploadId = put.path("upload_id").asText();
    String withFile =
        "{'to': 'success@simulator.amazonses.com', 'subject': 'Hi', 'text': 'Hello', 'attachments': [{'upload_id': '%s'}]}"
            .formatted(uploadId);
    customer.answer("POST", inbox + "/send", withFile);
    String[] headers =
        put.path("headers")
            .propertyStream()
            .flatMap(h -> Stream.of(h.getKey(), h.getValue().asText()))
            .toArray(String[]::new);
    customer.call("PUT", put.path("url").asText(put.path("upload_url").asText()), "large", headers);
    send(withFile);
    JsonNode list = customer.get(inbox + "/messages?limit=100");
    String file = inbox + "/messages/" + Customer.named(list, "File");
    customer.post(file + "/reply", "{'text': 'Thanks'}");
    customer.post(file + "/reply-all", "{'text': 'Thanks all'}");
    customer.post(file + "/forward", "{'to': 'success@simulator.amazonses.com', 'text': 'See'}");
    customer.post(
        inbox + "/messages/" + Customer.named(list, "Long") + "/forward",
        "{'to': 'success@simulator.amazonses.com', 'text': 'See', 'as': 'attachment'}");
    String later =
        send(
            "{'to': 'success@simulator.amazonses.com', 'subject': 'Later', 'text': 'x', 'send_at': '%s', 'attachments': [{'filename': 'a.txt', 'data': 'eA=='}]}"
                .formatted(customer.in(48)));
    customer.patch(inbox + "/messages/" + later, "{'send_at': '%s'}".formatted(customer.in(72)));
    customer.delete(inbox + "/messages/" + later);
    String sooner =
        send(
            "{'to': 'success@simulator.amazonses.com', 'subject': 'Sooner', 'text': 'x', 'send_at': '%s'}"
                .formatted(customer.in(48)));
    customer.patch(inbox + "/messages/" + sooner, "{'send_at': '%s'}".formatted(customer.in(0)));
    String unless =
        send(
            "{'to': 'success@simulator.amazonses.com', 'subject': 'Follow', 'text': 'x', 'send_at': '%s', 'unless_replied': true}"
                .formatted(customer.in(1)));
    customer.quiet();
    customer.until(
        "bounced", () -> customer.get("/v1/suppressions").toString().contains("bounce@"));
    customer.answer(
        "POST",
        inbox + "/send",
        "{'to': 'bounce@simulator.amazonses.com', 'subject': 'Hi', 'text': 'Hello'}",
        "Idempotency-Key",
        "refused",
        "Content-Type",
        "application/json");
    customer.delete("/v1/suppressions/bounce@simulator.amazonses.com");
    customer.get(inbox + "/messages/" + id);
    customer.get(inbox + "/messages/" + unless);
  }

  void drafts() {
    String body =
        "{'to': 'success@simulator.amazonses.com', 'subject': 'Draft', 'text': 'x', 'attachments': [{'filename': 'a.txt', 'data': 'eA=='}]}";
    String draft = inbox + "/drafts/" + customer.post(inbox + "/drafts", body).path("id").asText();
    customer.get(inbox + "/drafts?limit=1");
    customer.get(draft);
    customer.patch(draft, "{'subject': 'Draft 2'}");
    customer.post(draft + "/send", "");
    body = body.replace("'x'", "'" + Story.LARGE.replace("\n", "\\n") + "'");
    String gone = inbox + "/drafts/" + customer.post(inbox + "/drafts", body).path("id").asText();
    customer.delete(gone);
    customer.post(
        inbox + "/drafts", body.replaceFirst("\\}$", ", 'send_at': '" + customer.in(1) + "'}"));
    answeredFirst();
    customer.advance("PT62M");
    customer.until(
        "the draft went", () -> customer.get(inbox + "/drafts").path("drafts").isEmpty());
    customer.quiet();
  }

  private void answeredFirst() {
    customer.mail("agent@daimon.email", "", "Subject: Topic\nMessage-ID: <topic@x>", "Hello");
    customer.quiet();
    String topic = Customer.named(customer.get(inbox + "/messages?limit=100"), "Topic");
    String body =
        "{'in_reply_to': '%s', 'to': 'success@simulator.amazonses.com', 'text': 'x', 'unless_replied': true, 'send_at': '%s'}"
            .formatted(topic, customer.in(48));
    String draft = inbox + "/drafts/" + customer.post(inbox + "/drafts", body).path("id").asText();
    customer.mail(
        "agent@daimon.email",
        "",
        "Subject: Topic\nMessage-ID: <answer@x>\nIn-Reply-To: <topic@x>",
        "Yes");
    customer.until(
        "the draft was taken back",
        () -> customer.get(draft).path("send_error").asText().startsWith("REPLIED"));
    customer.delete(draft);
  }

  void failing() {
    customer.fault("ses-send", "lose");
    String lost = send("{'to': 'success@simulator.amazonses.com', 'subject': 'Lost', 'text': 'x'}");
    customer.quiet();
    customer.answer("POST", inbox + "/messages/" + lost + "/resolve", "{'outcome': 'sent'}");
    customer.fault("ses-send", "fail");
    send("{'to': 'success@simulator.amazonses.com', 'subject': 'Throttled', 'text': 'x'}");
    customer.fault("sqs-send", "fail");
    send("{'to': 'success@simulator.amazonses.com', 'subject': 'Not enqueued', 'text': 'x'}");
    customer.advance("PT5M");
    customer.quiet();
    for (String step : new String[] {"s3-put", "inbound-notification"}) {
      customer.fault(step, "fail");
      customer.mail(
          "agent@daimon.email", "", "Subject: " + step + "\nMessage-ID: <" + step + "@x>", "Hello");
      customer.advance("PT10M");
      customer.quiet();
    }
  }

  private String send(String body) {
    return customer.post(inbox + "/send", body).path("id").asText();
  }
}
