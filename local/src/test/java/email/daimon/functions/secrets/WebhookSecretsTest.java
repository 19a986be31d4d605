package email.daimon.functions.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import email.daimon.functions.Wiring;
import email.daimon.functions.secrets.WebhookSecrets.SealedSecret;
import email.daimon.functions.store.AccountDataKeys;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Endpoint;
import email.daimon.model.SealedBytes;
import email.daimon.model.WebhookHealth;
import email.daimon.model.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WebhookSecretsTest {
  private static final Instant NOW = Instant.parse("2026-03-16T10:30:00Z");
  private final Wiring wiring = EmulatedServices.shared().wiring(() -> NOW, new Random(1));
  private final AtomicInteger opened = new AtomicInteger();
  private final WebhookSecrets secrets = secrets();

  private WebhookSecrets secrets() {
    DataKeys kms = new KmsDataKeys(wiring.clients()::kms, wiring.settings().kmsKeyId());
    DataKeys counted =
        new DataKeys() {
          @Override
          public SealedBytes make(String accountId) {
            return kms.make(accountId);
          }

          @Override
          public byte[] open(String accountId, SealedBytes encrypted) {
            opened.incrementAndGet();
            return kms.open(accountId, encrypted);
          }
        };
    return new WebhookSecrets(
        counted, new AccountDataKeys(wiring.mail(), wiring.transactions()), new Random(1));
  }

  @Test
  void aSecretIsWhsecAnd24RandomBytes() {
    String secret = secrets.make();

    assertThat(secret).startsWith("whsec_").hasSize(6 + 32);
    assertThat(Base64.getDecoder().decode(secret.substring(6))).hasSize(24);
    assertThat(secrets.make()).isNotEqualTo(secret);
  }

  @Test
  void whatIsSealedOpensForItsEndpointAndIsNotThereInPlain() {
    SealedSecret sealed = secrets.seal("acc_1", "wh_1", "whsec_one", NOW);

    assertThat(secrets.open(endpoint("acc_1", "wh_1", sealed), NOW)).containsExactly("whsec_one");
    assertThat(new String(sealed.sealed().bytes(), UTF_8)).doesNotContain("whsec");
  }

  @Test
  void itOpensForNoOtherWebhookAndNoOtherAccount() {
    SealedSecret sealed = secrets.seal("acc_1", "wh_1", "whsec_one", NOW);

    assertThatThrownBy(() -> secrets.open(endpoint("acc_1", "wh_2", sealed), NOW))
        .isInstanceOf(SecretException.class);
    assertThatThrownBy(() -> secrets.open(endpoint("acc_2", "wh_1", sealed), NOW))
        .isInstanceOf(SecretException.class);
  }

  @Test
  void anAccountHasOneDataKey() {
    assertThat(secrets.seal("acc_1", "wh_1", "whsec_one", NOW).dataKey())
        .isEqualTo(secrets().seal("acc_1", "wh_2", "whsec_two", NOW).dataKey())
        .isNotEqualTo(secrets.seal("acc_2", "wh_3", "whsec_three", NOW).dataKey());
  }

  @Test
  void aDecryptedKeyIsRememberedForFiveMinutes() {
    Endpoint endpoint = endpoint("acc_1", "wh_1", secrets.seal("acc_1", "wh_1", "whsec_one", NOW));
    WebhookSecrets other = secrets();
    opened.set(0);

    for (int second = 0; second < 300; second++) {
      var _ = other.open(endpoint, NOW.plusSeconds(second));
    }
    assertThat(opened).hasValue(1);
    var _ = other.open(endpoint, NOW.plus(Duration.ofMinutes(5)));
    assertThat(opened).hasValue(2);
  }

  @Test
  void anEarlierSecretOpensUntilItsTimeIsOver() {
    SealedSecret one = secrets.seal("acc_1", "wh_1", "whsec_one", NOW);
    SealedSecret two = secrets.seal("acc_1", "wh_1", "whsec_two", NOW);
    Instant until = NOW.plus(Duration.ofHours(24));
    Endpoint rotated =
        endpoint(
            "acc_1",
            "wh_1",
            two.dataKey(),
            List.of(
                new Endpoint.Secret(two.sealed(), Optional.empty()),
                new Endpoint.Secret(one.sealed(), Optional.of(until))));

    assertThat(secrets.open(rotated, until.minusMillis(1)))
        .containsExactly("whsec_two", "whsec_one");
    assertThat(secrets.open(rotated, until)).containsExactly("whsec_two");
  }

  private static Endpoint endpoint(String accountId, String webhookId, SealedSecret sealed) {
    return endpoint(
        accountId,
        webhookId,
        sealed.dataKey(),
        List.of(new Endpoint.Secret(sealed.sealed(), Optional.empty())));
  }

  private static Endpoint endpoint(
      String accountId, String webhookId, SealedBytes dataKey, List<Endpoint.Secret> all) {
    return new Endpoint(
        webhookId,
        accountId,
        Optional.empty(),
        "https://hooks.example.com/",
        WebhookStatus.ACTIVE,
        WebhookHealth.UNTRIED,
        dataKey,
        all);
  }
}
