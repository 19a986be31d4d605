package email.daimon.functions.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import email.daimon.functions.secrets.WebhookSecrets.SealedSecret;
import email.daimon.functions.store.Webhooks.NewWebhook;
import email.daimon.model.DeliveryStatus;
import email.daimon.model.SealedBytes;
import email.daimon.model.WebhookDelivery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Webhooks and deliveries of which a test says only what it looks at. */
public final class TestWebhooks {
  /** A secret that nobody can open: for webhooks that are not called. */
  public static final SealedSecret NO_SECRET = new SealedSecret(bytes("key"), bytes("secret"));

  private TestWebhooks() {}

  /** One that is told of received mail. */
  public static NewWebhook wanted(
      String id,
      String accountId,
      Optional<String> inboxId,
      String url,
      SealedSecret secret,
      Instant createdAt) {
    return new NewWebhook(
        id,
        accountId,
        inboxId,
        url,
        Set.of("message.received"),
        secret.dataKey(),
        secret.sealed(),
        Optional.empty(),
        Map.of(),
        createdAt,
        _ -> {});
  }

  /** The telling of a received mail, to be called at once. */
  public static WebhookDelivery pending(String webhookId, String eventId, Instant now) {
    return new WebhookDelivery(
        webhookId,
        eventId,
        "message.received",
        Optional.empty(),
        Optional.empty(),
        DeliveryStatus.PENDING,
        0,
        0,
        List.of(),
        Optional.of(now),
        Optional.empty(),
        now,
        1);
  }

  public static SealedBytes bytes(String text) {
    return new SealedBytes(text.getBytes(UTF_8));
  }
}
