package email.daimon.functions;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.queue.WebhookQueue;
import email.daimon.functions.secrets.KmsDataKeys;
import email.daimon.functions.secrets.WebhookSecrets;
import email.daimon.functions.store.AccountDataKeys;
import email.daimon.functions.store.CallPlaces;
import email.daimon.functions.store.Deliveries;
import email.daimon.functions.store.DeliveryTurns;
import email.daimon.functions.store.EndpointHealth;
import email.daimon.functions.store.Endpoints;
import email.daimon.functions.store.EventBodies;
import email.daimon.functions.store.Replays;
import email.daimon.functions.store.Webhooks;
import email.daimon.functions.webhook.HttpPost;
import email.daimon.functions.webhook.Post;
import java.util.function.UnaryOperator;

/** The part of the composition root that is about webhooks. */
public final class WebhookWiring {
  private final Wiring wiring;
  private final UnaryOperator<Post> posts;

  WebhookWiring(Wiring wiring, UnaryOperator<Post> posts) {
    this.wiring = requireNonNull(wiring, "wiring is null");
    this.posts = requireNonNull(posts, "posts is null");
  }

  public Endpoints endpoints() {
    return new Endpoints(wiring.work());
  }

  public Webhooks webhooks() {
    return new Webhooks(wiring.mail(), wiring.work(), wiring.transactions(), wiring.jobs());
  }

  /** One for each handler: it remembers data keys for five minutes. */
  public WebhookSecrets webhookSecrets() {
    return new WebhookSecrets(
        new KmsDataKeys(wiring.clients()::kms, wiring.settings().kmsKeyId()),
        new AccountDataKeys(wiring.mail(), wiring.transactions()),
        wiring.random());
  }

  public Deliveries deliveries() {
    return new Deliveries(wiring.work(), wiring.transactions());
  }

  public DeliveryTurns deliveryTurns() {
    return new DeliveryTurns(wiring.work(), wiring.transactions(), wiring.dueIndex());
  }

  public EndpointHealth endpointHealth() {
    return new EndpointHealth(
        wiring.work(), wiring.transactions(), wiring.dueIndex(), wiring.jobs());
  }

  public CallPlaces callPlaces() {
    return new CallPlaces(wiring.work(), wiring.transactions(), wiring.random());
  }

  /** What calls webhooks. */
  public Post webhookPost() {
    return posts.apply(new HttpPost(wiring.settings().strictWebhooks()));
  }

  public EventBodies eventBodies() {
    return new EventBodies(wiring.work(), wiring.transactions());
  }

  public Replays replays() {
    return new Replays(wiring.mail(), deliveries());
  }

  public WebhookQueue webhookQueue() {
    return new WebhookQueue(wiring.queues());
  }
}
