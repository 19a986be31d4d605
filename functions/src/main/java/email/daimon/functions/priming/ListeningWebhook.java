package email.daimon.functions.priming;

import email.daimon.functions.Wiring;
import email.daimon.functions.secrets.WebhookSecrets.SealedSecret;
import email.daimon.functions.store.Webhooks.Creation;
import email.daimon.functions.store.Webhooks.NewWebhook;
import email.daimon.model.Event;
import email.daimon.model.EventType;
import email.daimon.model.MessageKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A webhook of a rehearsal's whole account, and an event that it is to hear of. */
public final class ListeningWebhook {
  // Where nobody is ever called.
  private static final String URL = "https://169.254.169.254/rehearsal";

  private ListeningWebhook() {}

  /** Makes one under this id. */
  public static void make(Wiring wiring, String accountId, String id, SealedSecret secret) {
    Creation made =
        wiring
            .hooks()
            .webhooks()
            .create(
                new NewWebhook(
                    id,
                    accountId,
                    Optional.empty(),
                    URL,
                    Set.of(EventType.MESSAGE_RECEIVED.wireName()),
                    secret.dataKey(),
                    secret.sealed(),
                    Optional.empty(),
                    Map.of(),
                    wiring.clock().instant(),
                    _ -> {}));
    if (!(made instanceof Creation.Created)) {
      throw new IllegalStateException("a webhook is not made: " + made);
    }
  }

  /** What it hears of. */
  public static Event event(Wiring wiring, String accountId, String inboxId, MessageKey message) {
    Instant now = wiring.clock().instant();
    return new Event(
        wiring.ids().next("evt", now),
        accountId,
        EventType.MESSAGE_RECEIVED.wireName(),
        Optional.of(inboxId),
        Optional.of("thread_0"),
        Optional.of(message),
        1,
        now,
        Map.of());
  }
}
