package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.functions.store.Hash;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** What one mail may be is told before the call, holds to the last, and is named in the refusal. */
final class MailLimitsTest {
  private final TestApi api = new TestApi(Map.of("DEFAULT_TIER", "developer"));
  private final Opened own = api.open("bounded");
  private final JsonNode limits =
      api.call(get("/v1/capabilities").key(own.inboxKey())).result().path("limits");

  @Test
  void theFreeTierHearsThemToo() {
    TestApi free = new TestApi();
    Answer answer = free.call(get("/v1/capabilities").key(free.open("poor").inboxKey()));
    assertThat(answer.result().path("limits").toString())
        .isEqualTo(
            "{\"max_recipients_per_message\":50,\"max_attachments_per_message\":100,"
                + "\"max_message_bytes\":41943040,\"max_request_bytes\":5242880}");
  }

  @Test
  void recipients() {
    int most = limits.path("max_recipients_per_message").asInt();
    assertThat(send("'bcc': [" + recipients(most - 1) + "]").status()).isEqualTo(202);
    refused(send("'bcc': [" + recipients(most) + "]"), "at most " + most, "to");
  }

  @Test
  void attachments() {
    int most = limits.path("max_attachments_per_message").asInt();
    refused(
        send(
            "'attachments': ["
                + many(most + 1, i -> "{'filename': 'f" + i + ".txt', 'data': ''}")
                + "]"),
        "at most " + most,
        "attachments");
  }

  @Test
  void aRequest() {
    int most = limits.path("max_request_bytes").asInt();
    Answer answer = send("'text': '" + "x".repeat(most) + "'");
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.json().path("message").asText()).contains("5 MB");
    assertThat(answer.json().path("fix").asText()).contains("uploads");
  }

  @Test
  void theComposedMailWhateverItsRequestWeighs() {
    long most = limits.path("max_message_bytes").asLong();
    // Less than half as a file, more than half in base64.
    byte[] large = new byte[(int) (most * 2 / 5)];
    String file = "{'upload_id': '" + putUp(large) + "'}";

    Answer once = send("'attachments': [" + file + "]");
    assertThat(once.status()).as(once.body()).isEqualTo(202);
    String message = once.result().path("id").asText();
    JsonNode stored = api.call(get(inbox() + "/messages/" + message).key(own.inboxKey())).result();
    String kept =
        "{'attachment_id': '"
            + stored.path("attachments").get(0).path("id").asText()
            + "', 'message_id': '"
            + message
            + "'}";

    String named = "at most " + most + " (40 MB)";
    refused(send("'attachments': [" + file + ", " + file + "]"), named, "attachments");
    refused(send("'attachments': [" + file + ", " + kept + "]"), named, "attachments");
    refused(
        api.call(
            post(inbox() + "/messages/" + message + "/forward")
                .key(own.inboxKey())
                .body("{'to': 'a@example.com', 'text': 'x', 'attachments': [" + file + "]}")),
        named,
        "attachments");
    assertThat(
            api.call(get(inbox() + "/messages?direction=outbound").key(own.inboxKey()))
                .result()
                .path("messages"))
        .as("of what was refused nothing is stored")
        .hasSize(1);
    JsonNode account = api.call(get("/v1/account").key(own.accountKey())).result();
    assertThat(account.at("/limits/current_sends_today").asInt()).isEqualTo(1);
  }

  private String putUp(byte[] bytes) {
    Answer upload =
        api.call(
            post(inbox() + "/uploads")
                .key(own.inboxKey())
                .body(
                    "{'filename': 'large.bin', 'size': "
                        + bytes.length
                        + ", 'sha256': '"
                        + Hash.sha256(bytes)
                        + "'}"));
    String id = upload.result().path("upload_id").asText();
    api.wiring
        .clients()
        .s3()
        .putObject(
            put ->
                put.bucket(api.wiring.settings().bucket())
                    .key("outgoing/" + own.inboxId() + "/" + id),
            RequestBody.fromBytes(bytes));
    return id;
  }

  private static void refused(Answer answer, String named, String field) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("VALIDATION_ERROR");
    assertThat(answer.json().path("message").asText()).startsWith(field).contains(named);
  }

  private Answer send(String more) {
    String text = more.startsWith("'text'") ? "" : "'text': 'x', ";
    return api.call(
        post(inbox() + "/send")
            .key(own.inboxKey())
            .body("{'to': 'a@example.com', 'subject': 's', " + text + more + "}"));
  }

  private String inbox() {
    return "/v1/inboxes/" + own.inboxId();
  }

  private static String recipients(int count) {
    return many(count, i -> "'r" + i + "@example.com'");
  }

  private static String many(int count, IntFunction<String> one) {
    return IntStream.range(0, count).mapToObj(one).collect(Collectors.joining(", "));
  }
}
