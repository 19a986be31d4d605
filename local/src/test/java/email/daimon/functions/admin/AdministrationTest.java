package email.daimon.functions.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.store.IssuedKey;
import email.daimon.functions.testing.TestAccounts;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Account;
import email.daimon.model.AccountStatus;
import email.daimon.model.ApiKey;
import email.daimon.model.Inbox;
import email.daimon.model.Tier;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator's commands on tables, as in AWS. */
final class AdministrationTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private final Wiring wiring = EmulatedServices.shared().wiring(() -> NOW, new Random(3));
  private final Administration administration = new Administration(wiring);
  private final IssuedKey key =
      IssuedKey.make(
          wiring.ids(), "acc_a", Tier.FREE, ApiKey.Scope.ACCOUNT, Optional.empty(), "first", NOW);

  @BeforeEach
  void open() {
    Inbox inbox = TestAccounts.inbox("inbox_a", "acc_a", "agent", NOW);
    Account account = TestAccounts.account("acc_a", NOW);
    wiring.inboxes().create(TestAccounts.opening(inbox, Optional.of(account), key));
  }

  @Test
  void commandsThatNeedNoBucketWorkWithoutOne() {
    EmulatedServices services = EmulatedServices.shared();
    Map<String, String> environment = new HashMap<>(services.environmentWithNewTables());
    environment.remove("BUCKET");
    Wiring bare =
        new Wiring(Settings.of(environment), services.clients(), () -> NOW, new Random(3));
    assertThat(new Administration(bare).run(List.of("account", "list")).result().path("accounts"))
        .isEmpty();
  }

  @Test
  void accountsAreListedAndShown() {
    Report list = run("account list");
    assertThat(list.result().at("/accounts/0/id").asText()).isEqualTo("acc_a");
    assertThat(list.result().at("/next_after").isNull()).isTrue();
    assertThat(list.text())
        .isEqualTo(
            """
            ACCOUNT  TIER  STATUS  INBOXES  CREATED
            acc_a    free  active  1        2026-11-21T12:00:00Z
            """);
    for (String name : List.of("acc_a", "inbox_a", "Agent+tag@daimon.email")) {
      Report shown = run("account show " + name);
      assertThat(shown.result().at("/limits/max_inboxes").asInt()).isEqualTo(10);
      assertThat(shown.result().at("/keys/0/id").asText()).isEqualTo(key.key().id());
      assertThat(shown.result().toString()).doesNotContain(key.secret());
      assertThat(shown.text()).contains("inboxes       1 of 10", "sends today   0 of 0", "KEY");
    }
  }

  @Test
  void aTierIsSetUpAndDown() {
    Report up = run("account set-tier agent@daimon.email starter");
    assertThat(up.result().path("tier").asText()).isEqualTo("developer");
    assertThat(up.text()).startsWith("acc_a: free is now developer. Nothing was charged.\n");
    assertThat(run("account set-tier acc_a developer").text()).isEqualTo("acc_a has that tier.\n");
    assertThat(run("account set-tier acc_a enterprise").result().at("/limits/max_sends_per_day"))
        .isEqualTo(com.fasterxml.jackson.databind.node.NullNode.instance);
    Report down = run("account set-tier acc_a free");
    assertThat(down.result().path("billing").toString())
        .isEqualTo("{\"stripe_customer_id\":null,\"subscription_status\":\"free\"}");
  }

  @Test
  void anAccountIsSuspendedAndResumed() {
    assertThat(run("account suspend acc_a").result().path("status").asText())
        .isEqualTo("suspended");
    assertThat(wiring.accounts().find("acc_a").orElseThrow().status())
        .isEqualTo(AccountStatus.SUSPENDED);
    assertThat(run("account resume acc_a").text()).startsWith("acc_a is active.");
  }

  @Test
  void anAccountIsSpreadOverMorePartitions() {
    assertThat(run("account spread acc_a 4").text()).contains("4 partitions");
    assertThat(wiring.accounts().find("acc_a").orElseThrow().feed().shards()).isEqualTo(4);
    assertThatThrownBy(() -> run("account spread acc_a 8")).hasMessageContaining("being spread");
    for (String wrong : new String[] {"1", "65", "x", "-2"}) {
      assertThatThrownBy(() -> run("account spread acc_a " + wrong))
          .hasMessageContaining("2 to 64");
    }
  }

  @Test
  void rotatingKillsEveryEarlierAccountKey() {
    Report report = run("account rotate-key acc_a");
    assertThat(wiring.apiKeys().authenticate(key.secret())).isEmpty();
    String next = report.result().path("key").asText();
    ApiKey live = wiring.apiKeys().authenticate(next).orElseThrow();
    assertThat(report.text()).contains(next, "Revoked: " + key.key().id());

    Report one = run("account rotate-key acc_a " + live.id());
    assertThat(wiring.apiKeys().authenticate(next)).isEmpty();
    assertThat(wiring.apiKeys().authenticate(one.result().path("key").asText())).isPresent();
    assertThatThrownBy(() -> run("account rotate-key acc_a " + live.id()))
        .isInstanceOf(AdminException.class)
        .hasMessage("no live key " + live.id() + " in acc_a");
  }

  @Test
  void theOperatorsInboxGetsANewKey() {
    Report report = run("inbox");
    assertThat(report.result().path("email").asText()).isEqualTo("postmaster@daimon.email");
    ApiKey opened =
        wiring.apiKeys().authenticate(report.result().path("key").asText()).orElseThrow();
    assertThat(opened.inboxId()).contains(report.result().path("inbox_id").asText());
    assertThat(run("inbox").result().path("key")).isNotEqualTo(report.result().path("key"));
  }

  @Test
  void whatCannotBeDoneIsOneLine() {
    for (String wrong :
        List.of(
            "account show acc_none",
            "account show nobody@daimon.email",
            "account show nobody",
            "account set-tier acc_a gold",
            "account set-tier acc_a",
            "account delete acc_a",
            "accounts",
            "account suspend inbox_none")) {
      assertThatThrownBy(() -> run(wrong))
          .as(wrong)
          .isInstanceOf(AdminException.class)
          .message()
          .isNotEmpty()
          .doesNotContain("\n");
    }
  }

  private Report run(String line) {
    return administration.run(List.of(line.split(" ")));
  }
}
