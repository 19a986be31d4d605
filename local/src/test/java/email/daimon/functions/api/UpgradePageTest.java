package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.model.AccountStatus;
import email.daimon.model.Tier;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class UpgradePageTest {
  private static final String WEBHOOK =
      "{'url': 'https://hooks.example.com/x', 'events': ['message.received']}";
  private final TestApi api = new TestApi(Map.of("BILLING", "simulated"));

  @Test
  void theLinkOfA402UpgradesWithoutLoginOnce() {
    Opened own = api.open("page-payer");
    Answer refused = api.call(post("/v1/webhooks").key(own.accountKey()).body(WEBHOOK));
    String token =
        token(refused.json().path("upgrade_context").path("operator_action_url").asText());
    Answer page = show(token);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("$9/mo", "developer", "1,000 sends a day", "pm_card_visa", "name=\"token\"")
        .contains("Payments are simulated")
        .doesNotContain("<script");
    assertThat(page.headers())
        .containsEntry("Referrer-Policy", "no-referrer")
        .containsEntry("Cache-Control", "no-store")
        .containsEntry("X-Frame-Options", "DENY");
    assertThat(page.headers().get("Content-Security-Policy"))
        .contains("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'")
        .doesNotContain("script-src", "unsafe");
    assertThat(show(token).status()).as("seen is not used").isEqualTo(200);

    assertThat(send(token, "pm_card_chargeDeclined").status()).isEqualTo(402);
    assertThat(send(token, "pm_card_chargeDeclined").body()).contains("declined", "<form");
    assertThat(send(token, "cash").status()).isEqualTo(400);
    Answer done = send(token, "pm_card_mastercard");
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.body()).contains("developer tier from now on");
    assertThat(api.call(post("/v1/webhooks").key(own.accountKey()).body(WEBHOOK)).status())
        .isEqualTo(201);

    assertThat(show(token).status()).isEqualTo(410);
    assertThat(send(token, "pm_card_visa").status()).isEqualTo(410);
    assertThat(send(token, "pm_card_visa").body()).contains("has been used");
    assertThat(TestTables.everything(api)).doesNotContain(token);
  }

  @Test
  void whatIsForgedOrTooOldIsSaidPlainly() {
    Opened own = api.open("page-forger");
    String token = link(own, "growth");
    String forged = token.substring(0, token.lastIndexOf('.')) + ".AAAA";
    for (String wrong : List.of("", "x", "<script>alert(1)</script>", forged, token + "x")) {
      Answer page = show(wrong);
      assertThat(page.status()).as(wrong).isEqualTo(400);
      assertThat(page.body()).doesNotContain("<script");
      assertThat(send(wrong, "pm_card_visa").status()).isEqualTo(400);
    }
    api.clock.advance(Duration.ofDays(7).plusSeconds(1));
    assertThat(show(token).status()).isEqualTo(410);
    assertThat(send(token, "pm_card_visa").status()).isEqualTo(410);
    assertThat(tier(own)).isEqualTo("free");
  }

  @Test
  void twentyWhoSendTheFormAtOnceUpgradeOnce() throws ExecutionException, InterruptedException {
    Opened own = api.open("page-crowd");
    String token = link(own, "growth");
    List<Future<Answer>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        running.add(threads.submit(() -> send(token, "pm_card_visa")));
      }
    }
    int done = 0;
    for (Future<Answer> each : running) {
      Answer answer = each.get();
      assertThat(answer.status()).as(answer.body()).isIn(200, 410, 503);
      done += answer.body().contains("from now on") ? 1 : 0;
    }
    assertThat(done).isEqualTo(1);
    assertThat(tier(own)).isEqualTo("growth");
    String id = api.call(get("/v1/account").key(own.accountKey())).result().path("id").asText();
    assertThat(TestTables.events(api, id)).hasSize(1);
  }

  @Test
  void aLowerLinkAfterAHigherOneIsOfNoUse() {
    Opened own = api.open("page-late");
    String lower = link(own, "developer");
    assertThat(send(link(own, "growth"), "pm_card_visa").status()).isEqualTo(200);
    assertThat(show(lower).body()).contains("has the growth tier already");
    assertThat(send(lower, "pm_card_visa").body()).contains("has the growth tier already");
    assertThat(tier(own)).isEqualTo("growth");
  }

  @Test
  void aSuspendedAccountBuysNothing() {
    Opened own = api.open("page-suspended");
    String token = link(own, "developer");
    String id = api.call(get("/v1/account").key(own.accountKey())).result().path("id").asText();
    api.wiring.accounts().setStatus(id, AccountStatus.SUSPENDED, api.clock.instant());
    assertThat(show(token).status()).isEqualTo(403);
    assertThat(send(token, "pm_card_visa").status()).isEqualTo(403);
    assertThat(api.wiring.accounts().find(id).orElseThrow().tier()).isEqualTo(Tier.FREE);
  }

  @Test
  void enterpriseIsByAgreement() {
    Opened own = api.open("page-enterprise");
    String token = link(own, "enterprise");
    assertThat(show(token).body()).contains("sales@daimon.email").doesNotContain("<form");
    assertThat(send(token, "pm_card_visa").body()).contains("sales@daimon.email");
    assertThat(tier(own)).isEqualTo("free");
  }

  @Test
  void withoutAProviderThePageNamesTheOperator() {
    TestApi none = new TestApi(Map.of("OPERATOR_CONTACT", "\"Ops\" <ops@example.com>"));
    Opened own = none.open("page-none");
    String token =
        token(
            none.call(post("/v1/upgrade-link").key(own.accountKey()))
                .result()
                .path("url")
                .asText());
    Answer page = none.call(get("/upgrade?token=" + token));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("&quot;Ops&quot; &lt;ops@example.com&gt;", "set-tier acc_")
        .doesNotContain("<form", "<ops");
    Answer sent = none.call(form(token, "pm_card_visa"));
    assertThat(sent.status()).isEqualTo(403);
    assertThat(sent.body()).contains("ops@example.com");
  }

  private String tier(Opened own) {
    return api.call(get("/v1/account").key(own.accountKey())).result().path("tier").asText();
  }

  private String link(Opened own, String tier) {
    return token(
        api.call(
                post("/v1/upgrade-link")
                    .key(own.accountKey())
                    .body("{'target_tier': '" + tier + "'}"))
            .result()
            .path("url")
            .asText());
  }

  private static String token(String url) {
    return URI.create(url).getRawQuery().substring("token=".length());
  }

  private Answer show(String token) {
    return api.call(get("/upgrade?token=" + URLEncoder.encode(token, UTF_8)));
  }

  private Answer send(String token, String method) {
    return api.call(form(token, method));
  }

  private static TestApi.Call form(String token, String method) {
    return post("/upgrade")
        .header("content-type", "application/x-www-form-urlencoded")
        .raw("token=" + URLEncoder.encode(token, UTF_8) + "&payment_method=" + method);
  }
}
