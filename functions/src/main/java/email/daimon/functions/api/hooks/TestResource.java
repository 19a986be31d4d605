package email.daimon.functions.api.hooks;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.api.Access;
import email.daimon.functions.api.ApiException;
import email.daimon.functions.api.Plan;
import email.daimon.functions.api.Reply;
import email.daimon.functions.api.Request;
import email.daimon.functions.api.Route;
import email.daimon.functions.secrets.WebhookSecrets;
import email.daimon.functions.store.CallPlaces;
import email.daimon.functions.store.Endpoints;
import email.daimon.functions.webhook.Answer;
import email.daimon.functions.webhook.Letter;
import email.daimon.functions.webhook.Post;
import email.daimon.model.AttemptOutcome;
import email.daimon.model.DeliveryAttempt;
import email.daimon.model.Endpoint;
import email.daimon.model.Event;
import email.daimon.model.EventType;
import email.daimon.model.Ids;
import email.daimon.model.Webhook;
import email.daimon.wire.DeliveryJson;
import email.daimon.wire.ErrorCode;
import email.daimon.wire.EventJson;
import email.daimon.wire.EventSample;
import email.daimon.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code POST /v1/webhooks/{id}/test}: a signed sample is sent at once, once, and the answer told.
 * It counts for nothing: neither for the webhook's health nor in its log.
 */
final class TestResource {
  private static final Duration PLACE_AGAIN = Duration.ofSeconds(2);
  private final HookReach hooks;
  private final HookGate gate;
  private final Endpoints endpoints;
  private final WebhookSecrets secrets;
  private final CallPlaces places;
  private final Supplier<Post> post;
  private final URI publicUrl;

  TestResource(
      HookReach hooks,
      HookGate gate,
      Endpoints endpoints,
      WebhookSecrets secrets,
      CallPlaces places,
      Supplier<Post> post,
      URI publicUrl) {
    this.hooks = requireNonNull(hooks, "hooks is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.endpoints = requireNonNull(endpoints, "endpoints is null");
    this.secrets = requireNonNull(secrets, "secrets is null");
    this.places = requireNonNull(places, "places is null");
    this.post = requireNonNull(post, "post is null");
    this.publicUrl = requireNonNull(publicUrl, "publicUrl is null");
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/webhooks/{id}/test", Access.ACCOUNT, this::prepare));
  }

  private Plan prepare(Request request) {
    Webhook webhook = hooks.webhook(request);
    String name = WebhookFields.eventType(request.body(), "type").orElseGet(() -> first(webhook));
    return Plan.of(() -> reply(webhook, name, sent(request, webhook, name)))
        .behind(() -> gate.check(request));
  }

  private static String first(Webhook webhook) {
    return EventType.names().stream()
        .filter(webhook.events()::contains)
        .findFirst()
        .orElse(EventType.MESSAGE_RECEIVED.wireName());
  }

  private record Sent(String eventId, DeliveryAttempt attempt) {}

  private Sent sent(Request request, Webhook webhook, String name) {
    Endpoint endpoint = endpoints.find(webhook.id()).orElseThrow(HookReach::noWebhook);
    CallPlaces.Place place =
        places.take(webhook.id(), request.now()).orElseThrow(TestResource::tooMany);
    try {
      EventType type = EventType.named(name).orElseThrow();
      String inbox =
          webhook
              .inboxId()
              .orElseGet(() -> Ids.deterministic("inbox", webhook.accountId(), "sample"));
      EventSample.Sample sample = EventSample.of(type, webhook.accountId(), inbox, request.now());
      Event event = sample.event();
      Letter letter =
          Letter.of(
              endpoint.url(),
              secrets.open(endpoint, request.now()),
              new Letter.Told(webhook.id(), event.id(), name, 1),
              marked(EventJson.body(event, sample.subject(), publicUrl)),
              request.now());
      Answer answer = post.get().send(letter, () -> {});
      return new Sent(
          event.id(),
          new DeliveryAttempt(
              1,
              request.now(),
              answer.outcome(),
              answer.status(),
              answer.latency(),
              answer.text()));
    } finally {
      places.give(place);
    }
  }

  private static byte[] marked(byte[] body) {
    try {
      return Json.bytes(((ObjectNode) Json.parse(body)).put("test", true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reply reply(Webhook webhook, String name, Sent sent) {
    boolean delivered = sent.attempt.outcome() == AttemptOutcome.OK;
    ObjectNode result = Json.object().put("webhook_id", webhook.id());
    result.put("event_id", sent.eventId).put("type", name).put("test", true);
    result.put("delivered", delivered);
    result.set("attempt", DeliveryJson.attempt(sent.attempt));
    Reply reply = Reply.ok(result);
    Optional<String> hint = delivered ? Optional.empty() : Optional.of(hint(sent.attempt));
    hint.ifPresent(reply::next);
    return reply.next("See what it is told with GET /v1/webhooks/" + webhook.id() + "/deliveries");
  }

  private static String hint(DeliveryAttempt attempt) {
    return switch (attempt.outcome()) {
      case HTTP_ERROR -> "Answer any 2xx: the endpoint answered " + attempt.status();
      case REDIRECT -> "Give the URL that the redirect leads to: redirects are not followed";
      case TIMEOUT_READ, TIMEOUT_CONNECT ->
          "Answer within 15 seconds, better within 5, and do the work afterwards";
      case REFUSED_ADDRESS -> "Use a host whose addresses are all of the public internet";
      case DNS -> "See that the host's name is in the DNS";
      case TLS -> "See that the certificate is valid and is the host's";
      default -> "See that the endpoint can be reached from the internet";
    };
  }

  private static ApiException tooMany() {
    return new ApiException(
            ErrorCode.RATE_LIMIT_EXCEEDED,
            "As many calls as may be are under way to this endpoint.",
            "Wait until they are answered.")
        .retryAfter(PLACE_AGAIN);
  }
}
