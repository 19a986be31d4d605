package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Call;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LaterRoutesTest {
  private final TestApi api = new TestApi();

  @Test
  void theFreeTierHearsOfSendingInTheSeedsWords() {
    var own = api.open("free-sender");
    Answer answer =
        api.call(
            post("/v1/inboxes/" + own.inboxId() + "/send")
                .key(own.inboxKey())
                .body("{'to': 'a@example.com', 'subject': 's', 'text': 't'}"));
    assertThat(answer.status()).isEqualTo(402);
    assertThat(answer.error()).isEqualTo("SEND_REQUIRES_PAID");
    var context = answer.json().path("upgrade_context");
    String url = context.path("operator_action_url").asText();
    assertThat(url).contains("/upgrade?token=");
    assertThat(context.path("operator_action_label").asText())
        .isEqualTo("Add a payment method to enable sending");
    assertThat(context.path("agent_script").asText())
        .isEqualTo(
            "Tell your operator: I need sending access. Here's a direct upgrade link: " + url);
    assertThat(context.path("agent_script_template").asText()).endsWith("{url}");
    assertThat(page(url)).isEqualTo(200);
    assertThat(page(url + "x")).isEqualTo(400);
    api.clock.advance(Duration.ofDays(8));
    assertThat(page(url)).isEqualTo(410);
  }

  @Test
  void aWebhookOnTheFreeTierIsRefusedWithANullResult() {
    var own = api.open("free-webhook");
    Answer answer =
        api.call(
            post("/v1/webhooks")
                .key(own.accountKey())
                .body("{'url': 'https://a.example', 'events': ['message.received']}"));
    assertThat(answer.status()).isEqualTo(402);
    assertThat(answer.error()).isEqualTo("WEBHOOK_REQUIRES_PAID");
    assertThat(answer.json().has("result")).isTrue();
    assertThat(answer.json().path("result").isNull()).isTrue();
  }

  @Test
  void aPaidTierHearsThatItIsNotBuiltYet() {
    TestApi paid = new TestApi(Map.of("DEFAULT_TIER", "growth"));
    var own = paid.open("paid-sender");
    for (Route route : paid.pipeline.router().routes()) {
      if (route.later()) {
        String path = route.pattern().replace("{id}", own.inboxId()).replaceAll("\\{[^}]*}", "any");
        Answer answer = paid.call(new Call(route.method(), path).key(own.accountKey()));
        assertThat(answer.status()).as(route.name()).isEqualTo(501);
        assertThat(answer.error()).isEqualTo("NOT_YET");
        assertThat(answer.json().path("message").asText()).isNotEmpty();
      }
    }
  }

  @Test
  void keysOfAPaidAccountSayLive() {
    TestApi paid = new TestApi(Map.of("DEFAULT_TIER", "growth"));
    assertThat(paid.open("paid-live").accountKey()).startsWith("dm_live_").hasSize(40);
    assertThat(api.open("free-live").accountKey()).startsWith("dm_free_").hasSize(40);
  }

  @Test
  void theAccountIsShownAsTheSeedsShowIt() {
    var own = api.open("seed-account");
    Answer answer = api.call(get("/v1/account").key(own.accountKey()));
    var limits = answer.result().path("limits");
    assertThat(limits.toString())
        .isEqualTo(
            "{\"max_inboxes\":10,\"current_inboxes\":1,\"max_sends_per_day\":0,"
                + "\"current_sends_today\":0,\"webhooks_enabled\":false,"
                + "\"custom_domains_enabled\":false}");
    assertThat(answer.result().path("billing").toString())
        .isEqualTo("{\"stripe_customer_id\":null,\"subscription_status\":\"free\"}");
    assertThat(answer.result().path("api_key").asText())
        .isEqualTo(own.accountKey().substring(0, 16) + "*".repeat(24));
  }

  @Test
  void capabilitiesAreHonest() {
    var own = api.open("able-agent");
    Answer answer = api.call(get("/v1/capabilities").key(own.inboxKey()));
    assertThat(answer.result().path("can").findValuesAsText("action"))
        .contains("receive_messages", "create_inboxes");
    assertThat(answer.result().path("cannot").findValuesAsText("action"))
        .contains("send_messages", "create_webhooks");
  }

  @Test
  void theErrorsPageHasAnAnchorForEachCode() {
    Answer page = api.call(get("/docs/errors"));
    assertThat(page.body()).contains("id=\"KEY_SCOPE\"");
    Answer refused = api.call(get("/v1/account"));
    assertThat(refused.json().path("docs").asText()).endsWith("/docs/errors#UNAUTHORIZED");
  }

  private int page(String url) {
    URI uri = URI.create(url);
    return api.call(get(uri.getPath() + "?" + uri.getRawQuery())).status();
  }
}
