package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.functions.store.Sends;
import email.daimon.model.Account;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rule 5.9: a report of delivery that comes to an inbox is shown with its mail, and only shown. */
final class DeliveryReportTest {
  private static final String SES_ID = "<0102018f@eu-west-1.amazonses.com>";
  private final TestApi api = new TestApi(Map.of("DEFAULT_TIER", "developer"));
  private final Postman postman = new Postman(api);

  @Test
  void aReportJoinsTheThreadOfTheMailThatItReturns() {
    Opened own = api.open("sender");
    JsonNode sent = sent(own);

    postman.bring("sender", report("message/rfc822"));
    postman.bring("sender", report("text/rfc822-headers").replace("4F2D93C04", "5A"));

    List<JsonNode> reports = list(own, "label=bounce");
    assertThat(reports).hasSize(2);
    assertThat(list(own, "direction=inbound")).isEqualTo(reports);
    for (JsonNode row : reports) {
      assertThat(row.path("thread_id")).isEqualTo(sent.path("thread_id"));
      assertThat(row.path("automatic").asBoolean()).isTrue();
      JsonNode told = row.path("delivery_report");
      assertThat(told.path("reporting_mta").asText()).isEqualTo("mx.example.com");
      assertThat(told.path("original_message_id").asText()).isEqualTo(SES_ID);
      assertThat(told.path("recipients")).hasSize(1);
      JsonNode one = told.path("recipients").get(0);
      assertThat(one.path("action").asText()).isEqualTo("failed");
      assertThat(one.path("status").asText()).isEqualTo("5.1.1");
      assertThat(one.path("final_recipient").asText()).isEqualTo("ann@example.com");
      assertThat(one.path("diagnostic_code").asText()).isEqualTo("smtp; 550 5.1.1 unknown");
      assertThat(read(own, row.path("id").asText()).path("delivery_report")).isEqualTo(told);
    }
    assertThat(read(own, sent.path("id").asText())).isEqualTo(sent);
    assertThat(sent.has("delivery_report")).isFalse();
    assertThat(suppressed(own)).isEmpty();
  }

  @Test
  void oneThatIsFlaggedJoinsAndChangesNothingEither() {
    Opened own = api.open("target");
    JsonNode sent = sent(own);

    postman.bring("target", report("message/rfc822"), Map.of("dmarc", "FAIL", "policy", "reject"));

    assertThat(list(own, "direction=inbound")).isEmpty();
    JsonNode forged = list(own, "label=unauthenticated").getFirst();
    assertThat(forged.path("labels").valueStream().map(JsonNode::asText))
        .containsExactly("bounce", "unauthenticated");
    assertThat(forged.path("thread_id")).isEqualTo(sent.path("thread_id"));
    assertThat(read(own, sent.path("id").asText())).isEqualTo(sent);
    assertThat(suppressed(own)).isEmpty();
  }

  @Test
  void ofAMailOfAnotherInboxItBeginsAThreadOfItsOwn() {
    Opened own = api.open("first");
    JsonNode sent = sent(own);
    Opened other = api.open("second");

    postman.bring("second", report("message/rfc822"));

    JsonNode row = list(other, "label=bounce").getFirst();
    assertThat(row.path("thread_id")).isNotEqualTo(sent.path("thread_id"));
    assertThat(read(own, sent.path("id").asText())).isEqualTo(sent);
  }

  @Test
  void ofAMailWithAVirusNothingIsShown() {
    Opened own = api.open("careful");

    postman.bring("careful", report("message/rfc822"), Map.of("virus", "FAIL"));

    JsonNode row = list(own, "label=virus").getFirst();
    assertThat(row.has("delivery_report")).isFalse();
    assertThat(row.path("labels")).hasSize(1);
  }

  /** A mail that the transport has taken, as it is read. */
  private JsonNode sent(Opened own) {
    Answer asked =
        api.call(
            post("/v1/inboxes/" + own.inboxId() + "/send")
                .key(own.inboxKey())
                .body("{'to': 'ann@example.com', 'subject': 'Offer', 'text': 'x'}"));
    String id = asked.result().path("id").asText();
    long time = Instant.parse(asked.result().path("created_at").asText()).toEpochMilli();
    Sends sends = api.wiring.sends();
    Message message = sends.find(own.inboxId(), new MessageKey(time, id)).orElseThrow();
    Account account = api.wiring.accounts().find(message.accountId()).orElseThrow();
    Sends.Claim claim = sends.claim(account, message, "a1", Optional.empty());
    Message attempted = sends.attempting(((Sends.Claim.Mine) claim).message()).orElseThrow();
    sends.settle(
        account,
        attempted,
        way -> way.accepted(api.clock.instant(), "0102018f", Optional.of(SES_ID)));
    JsonNode sent = read(own, id);
    assertThat(sent.path("status").asText()).isEqualTo("sending");
    return sent;
  }

  private JsonNode read(Opened own, String id) {
    return api.call(get("/v1/inboxes/" + own.inboxId() + "/messages/" + id).key(own.inboxKey()))
        .result();
  }

  private List<JsonNode> list(Opened own, String query) {
    return api.call(get("/v1/inboxes/" + own.inboxId() + "/messages?" + query).key(own.inboxKey()))
        .result()
        .path("messages")
        .valueStream()
        .toList();
  }

  private JsonNode suppressed(Opened own) {
    return api.call(get("/v1/suppressions").key(own.accountKey())).result().path("suppressions");
  }

  private static String report(String returned) {
    return """
    Return-Path: <>
    From: MAILER-DAEMON@mx.example.com
    Subject: Undelivered Mail Returned to Sender
    Content-Type: multipart/report; report-type=delivery-status; boundary=b

    --b

    It could not be delivered.
    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.com
    X-Postfix-Queue-ID: 4F2D93C04

    Final-Recipient: rfc822; ann@example.com
    Action: failed
    Status: 5.1.1
    Diagnostic-Code: smtp; 550 5.1.1 unknown

    --b
    Content-Type: %s

    From: sender@daimon.email
    Message-ID: %s
    Subject: Offer

    --b--
    """
        .formatted(returned, SES_ID);
  }
}
