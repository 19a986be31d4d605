package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Call;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.model.AccountStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class UpgradeRoutesTest {
  private static final String WEBHOOK =
      "{'url': 'https://hooks.example.com/x', 'events': ['message.received']}";
  private final TestApi api = new TestApi(Map.of("BILLING", "simulated"));

  @Test
  void aPaymentRaisesTheTierAtOnce() {
    Opened own = api.open("payer");
    Call webhook = post("/v1/webhooks").key(own.accountKey()).body(WEBHOOK);
    assertThat(api.call(webhook).error()).isEqualTo("WEBHOOK_REQUIRES_PAID");
    Answer answer = upgrade(own, "{'payment_method': 'pm_card_visa'}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.result().path("tier").asText()).isEqualTo("developer");
    assertThat(answer.result().path("limits").path("max_sends_per_day").asInt()).isEqualTo(1_000);
    assertThat(answer.result().path("limits").path("max_inboxes").isNull()).isTrue();
    assertThat(api.call(webhook).status()).isEqualTo(201);
    var billing = account(own).path("billing");
    assertThat(billing.path("stripe_customer_id").asText()).startsWith("cus_");
    assertThat(billing.path("subscription_status").asText()).isEqualTo("active");
    Answer key = api.call(post("/v1/keys").key(own.accountKey()).body("{}"));
    assertThat(key.result().path("key").asText()).startsWith("dm_live_");
    assertThat(events(own)).containsExactly("account.upgraded {from=free, to=developer}");
  }

  @Test
  void everyFunctionSeesAnUpgradeAtOnce() {
    Opened own = api.open("both-doors");
    AdminApiHandler other = new AdminApiHandler(api.wiring);
    assertThat(api.call(post("/v1/webhooks").key(own.accountKey()).body(WEBHOOK)).status())
        .isEqualTo(402);
    assertThat(api.through(other, paid(own)).status()).isEqualTo(200);
    assertThat(api.call(post("/v1/webhooks").key(own.accountKey()).body(WEBHOOK)).status())
        .isEqualTo(201);
  }

  @Test
  void theFirstPaidTierIsTheDefaultAndTheSecondSeedsNamesAreTaken() {
    Opened own = api.open("climber");
    assertThat(tier(upgrade(own, "{'payment_method': 'pm_card_visa'}"))).isEqualTo("developer");
    assertThat(tier(upgrade(own, "{'payment_method': 'pm_card_visa', 'target_tier': 'starter'}")))
        .as("again is no change")
        .isEqualTo("developer");
    assertThat(tier(upgrade(own, "{'payment_method': 'pm_card_visa', 'target_tier': 'growth'}")))
        .isEqualTo("growth");
    assertThat(tier(upgrade(own, "{'payment_method': 'pm_card_visa', 'target_tier': 'pro'}")))
        .as("again is no change")
        .isEqualTo("growth");
    assertThat(events(own)).hasSize(2);
    Answer again = upgrade(own, "{'payment_method': 'pm_card_visa'}");
    assertThat(again.status()).as("an answer that was lost").isEqualTo(400);
    assertThat(again.body()).contains("target_tier", "it has growth, and nothing was charged");
    Answer lower = upgrade(own, "{'payment_method': 'pm_card_visa', 'target_tier': 'developer'}");
    assertThat(lower.status()).isEqualTo(400);
    assertThat(lower.json().path("message").asText()).contains("below the present tier, growth");
    Answer enterprise =
        upgrade(own, "{'payment_method': 'pm_card_visa', 'target_tier': 'enterprise'}");
    assertThat(enterprise.status()).isEqualTo(400);
    assertThat(enterprise.json().path("message").asText()).contains("sales@daimon.email");
  }

  @Test
  void whatIsNoPaymentMethodOrTierIsNamed() {
    Opened own = api.open("mistaken");
    assertThat(upgrade(own, "{}").json().path("details").findValuesAsText("path"))
        .containsExactly("payment_method");
    Answer answer = upgrade(own, "{'payment_method': 'visa', 'target_tier': 'free'}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("details").findValuesAsText("path"))
        .containsExactly("payment_method", "target_tier");
    assertThat(account(own).path("tier").asText()).isEqualTo("free");
  }

  @Test
  void aDeclinedCardChangesNothingAndItsCallWorksWithAnother() {
    Opened own = api.open("declined");
    Answer declined =
        api.call(
            post("/v1/account/upgrade")
                .key(own.accountKey())
                .header("idempotency-key", "k")
                .body("{'payment_method': 'pm_card_chargeDeclined'}"));
    assertThat(declined.status()).isEqualTo(402);
    assertThat(declined.error()).isEqualTo("CARD_DECLINED");
    assertThat(declined.json().path("upgrade_context").path("operator_action_url").asText())
        .contains("/upgrade?token=");
    assertThat(account(own).path("billing").toString())
        .isEqualTo("{\"stripe_customer_id\":null,\"subscription_status\":\"free\"}");
    Answer paid = api.call(paid(own).header("idempotency-key", "k"));
    assertThat(paid.status()).isEqualTo(200);
    Answer replayed = api.call(paid(own).header("idempotency-key", "k"));
    assertThat(replayed.headers()).containsEntry("Idempotent-Replayed", "true");
    assertThat(tier(replayed)).isEqualTo("developer");
    assertThat(events(own)).hasSize(1);
  }

  @Test
  void thirtyAtOnceAreOneUpgradeAndLoseNoInbox() throws ExecutionException, InterruptedException {
    Opened own = api.open("crowd-0");
    List<Future<Answer>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 1; i <= 30; i++) {
        Call call =
            i % 5 == 0
                ? post("/v1/inboxes").key(own.accountKey()).body("{'username': 'crowd-" + i + "'}")
                : paid(own).body("{'payment_method': 'pm_card_visa', 'target_tier': 'developer'}");
        running.add(threads.submit(() -> api.call(call)));
      }
    }
    int inboxes = 1;
    for (Future<Answer> each : running) {
      assertThat(each.get().status()).as(each.get().body()).isIn(200, 201, 503);
      inboxes += each.get().status() == 201 ? 1 : 0;
    }
    assertThat(account(own).path("tier").asText()).isEqualTo("developer");
    assertThat(account(own).path("inbox_count").asInt()).isEqualTo(inboxes);
    assertThat(events(own)).hasSize(1);
  }

  @Test
  void theSameCallGoesThroughAfterAnUpgrade() {
    Opened own = api.open("eleven-0");
    for (int i = 1; i < 10; i++) {
      api.call(post("/v1/inboxes").key(own.accountKey()).body("{'username': 'eleven-" + i + "'}"));
    }
    Call eleventh =
        post("/v1/inboxes")
            .key(own.accountKey())
            .header("idempotency-key", "eleventh")
            .body("{'username': 'eleven-10'}");
    Answer refused = api.call(eleventh);
    assertThat(refused.error()).isEqualTo("INBOX_LIMIT_EXCEEDED");
    assertThat(refused.json().path("fix").asText())
        .contains("POST /v1/account/upgrade", "pm_card_visa");
    assertThat(refused.nextSteps())
        .contains("Upgrade with POST /v1/account/upgrade and payment_method pm_card_visa");
    assertThat(api.call(paid(own)).status()).isEqualTo(200);
    Answer made = api.call(eleventh);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.result().path("inbox_api_key").asText()).startsWith("dm_live_");
  }

  @Test
  void withoutAProviderTheOperatorIsNamedAndNothingHappens() {
    TestApi none = new TestApi(Map.of("OPERATOR_CONTACT", "ops@example.com"));
    Opened own = none.open("no-provider");
    Answer refused = none.call(post("/v1/webhooks").key(own.accountKey()).body(WEBHOOK));
    assertThat(refused.status()).isEqualTo(402);
    assertThat(refused.json().path("fix").asText())
        .contains("ops@example.com", "./daimon admin account set-tier acc_");
    Answer answer = none.call(post("/v1/account/upgrade").key(own.accountKey()).body("{}"));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.error()).isEqualTo("UPGRADE_BY_OPERATOR");
    assertThat(answer.json().path("fix").asText()).contains("ops@example.com", "set-tier acc_");
    assertThat(none.call(get("/v1/account").key(own.accountKey())).result().path("tier").asText())
        .isEqualTo("free");
  }

  @Test
  void aProviderThatIsNotBuiltStopsAtTheStart() {
    assertThatThrownBy(() -> new TestApi(Map.of("BILLING", "stripe")))
        .hasMessageContaining("BILLING=stripe")
        .hasMessageContaining("cannot take payments by Stripe yet");
  }

  @Test
  void aSuspendedAccountBuysNothingAndALiftCountsAtOnce() {
    Opened own = api.open("suspended-payer");
    String id = account(own).path("id").asText();
    api.wiring.accounts().setStatus(id, AccountStatus.SUSPENDED, api.clock.instant());
    assertThat(api.call(paid(own)).error())
        .as("whatever is remembered")
        .isEqualTo("ACCOUNT_SUSPENDED");
    api.clock.advance(Duration.ofSeconds(6));
    assertThat(api.call(paid(own)).error()).isEqualTo("ACCOUNT_SUSPENDED");
    api.wiring.accounts().setStatus(id, AccountStatus.ACTIVE, api.clock.instant());
    assertThat(tier(api.call(paid(own)))).isEqualTo("developer");
  }

  @Test
  void anUpgradeLinkSaysWhatItIsGoodFor() {
    Opened own = api.open("linker");
    Answer link = api.call(post("/v1/upgrade-link").key(own.accountKey()));
    assertThat(link.status()).isEqualTo(201);
    assertThat(link.result().path("target_tier").asText()).isEqualTo("developer");
    assertThat(link.result().path("url").asText()).contains("/upgrade?token=");
    Answer growth =
        api.call(post("/v1/upgrade-link").key(own.accountKey()).body("{'target_tier': 'growth'}"));
    assertThat(growth.result().path("target_tier").asText()).isEqualTo("growth");
    assertThat(growth.nextSteps()).hasSize(1).first().asString().contains("$49/mo");
    api.call(paid(own));
    Answer there =
        api.call(
            post("/v1/upgrade-link").key(own.accountKey()).body("{'target_tier': 'developer'}"));
    assertThat(there.status()).isEqualTo(400);
  }

  private static Call paid(Opened own) {
    return post("/v1/account/upgrade")
        .key(own.accountKey())
        .body("{'payment_method': 'pm_card_visa'}");
  }

  private Answer upgrade(Opened own, String body) {
    return api.call(post("/v1/account/upgrade").key(own.accountKey()).body(body));
  }

  private static String tier(Answer answer) {
    return answer.result().path("tier").asText();
  }

  private com.fasterxml.jackson.databind.JsonNode account(Opened own) {
    return api.call(get("/v1/account").key(own.accountKey())).result();
  }

  private List<String> events(Opened own) {
    return TestTables.events(api, account(own).path("id").asText()).stream()
        .map(event -> event.type() + " " + new java.util.TreeMap<>(event.detail()))
        .toList();
  }
}
