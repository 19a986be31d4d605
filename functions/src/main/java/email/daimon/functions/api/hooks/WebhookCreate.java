package email.daimon.functions.api.hooks;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.api.Access;
import email.daimon.functions.api.ApiException;
import email.daimon.functions.api.Completion;
import email.daimon.functions.api.Fields;
import email.daimon.functions.api.Fingerprint;
import email.daimon.functions.api.Plan;
import email.daimon.functions.api.Reach;
import email.daimon.functions.api.Reply;
import email.daimon.functions.api.Request;
import email.daimon.functions.api.Route;
import email.daimon.functions.secrets.WebhookSecrets;
import email.daimon.functions.secrets.WebhookSecrets.SealedSecret;
import email.daimon.functions.store.Webhooks;
import email.daimon.functions.store.Webhooks.Creation;
import email.daimon.functions.store.Webhooks.NewWebhook;
import email.daimon.model.Ids;
import email.daimon.model.Webhook;
import email.daimon.model.WebhookHealth;
import email.daimon.model.WebhookStatus;
import email.daimon.wire.ErrorCode;
import email.daimon.wire.WebhookJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code POST /v1/webhooks}. */
final class WebhookCreate {
  private final Webhooks webhooks;
  private final WebhookSecrets secrets;
  private final Ids ids;
  private final WebhookFields fields;
  private final HookGate gate;

  WebhookCreate(
      Webhooks webhooks, WebhookSecrets secrets, Ids ids, WebhookFields fields, HookGate gate) {
    this.webhooks = requireNonNull(webhooks, "webhooks is null");
    this.secrets = requireNonNull(secrets, "secrets is null");
    this.ids = requireNonNull(ids, "ids is null");
    this.fields = requireNonNull(fields, "fields is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/webhooks", Access.ACCOUNT, this::prepare));
  }

  private record Wanted(Webhook webhook, Optional<String> clientId, Map<String, String> body) {}

  private Plan prepare(Request request) {
    Fields body = request.body();
    Optional<String> inboxId = fields.inboxId(request, body);
    String url = fields.neededUrl(body);
    Set<String> events = fields.neededEvents(body);
    Optional<String> clientId = body.clientId();
    String accountId = request.caller().account().id();
    Webhook webhook =
        new Webhook(
            ids.next("wh", request.now()),
            accountId,
            inboxId,
            url,
            events,
            WebhookStatus.ACTIVE,
            Optional.empty(),
            WebhookHealth.UNTRIED,
            Optional.empty(),
            request.now(),
            request.now());
    Wanted wanted = new Wanted(webhook, clientId, Fingerprint.of(request));
    return Plan.committing(completion -> make(wanted, completion))
        .unlessKnown(() ->
            clientId.flatMap(id -> webhooks.madeBy(accountId, id)).map(made -> again(wanted, made)))
        .behind(() -> gate.check(request));
  }

  private Reply make(Wanted wanted, Completion completion) {
    Webhook webhook = wanted.webhook;
    String secret = secrets.make();
    SealedSecret sealed =
        secrets.seal(webhook.accountId(), webhook.id(), secret, webhook.createdAt());
    Reply reply =
        Reply.created(WebhookJson.issued(webhook, secret))
            .next(
                "Save the secret now: it is shown this once, and signs every call",
                "See that calls arrive with POST /v1/webhooks/" + webhook.id() + "/test",
                "See what became of each event with GET /v1/webhooks/"
                    + webhook.id()
                    + "/deliveries");
    Creation made =
        webhooks.create(
            new NewWebhook(
                webhook.id(),
                webhook.accountId(),
                webhook.inboxId(),
                webhook.url(),
                webhook.events(),
                sealed.dataKey(),
                sealed.sealed(),
                wanted.clientId,
                wanted.body,
                webhook.createdAt(),
                work -> completion.into(work, reply)));
    return switch (made) {
      case Creation.Created _ -> reply;
      case Creation.Full(int most) -> throw full(most);
      case Creation.NoInbox _ -> throw Reach.noInbox();
      case Creation.Known _, Creation.Retired _ -> again(wanted, made);
    };
  }

  // The secret was shown once: who has lost it makes another.
  private static Reply again(Wanted wanted, Creation made) {
    if (!(made instanceof Creation.Known(Webhook existing, var first))) {
      throw new ApiException(
          ErrorCode.CLIENT_ID_RETIRED,
          "The webhook that this client_id made was deleted.",
          "Use a new client_id.");
    }
    Fingerprint.difference(first, wanted.body)
        .ifPresent(name -> {
          throw new ApiException(
              ErrorCode.CLIENT_ID_REUSED,
              "This client_id has made a webhook from another body: "
                  + name
                  + " differs from the first request.",
              "Send the first body again, or use a new client_id.");
        });
    return Reply.ok(WebhookJson.of(existing).put("replayed", true))
        .next(
            "If its secret is lost, make another with POST /v1/webhooks/"
                + existing.id()
                + "/rotate-secret");
  }

  static ApiException full(int most) {
    return new ApiException(
            ErrorCode.WEBHOOK_LIMIT_EXCEEDED,
            "There may be "
                + Webhooks.MOST_OF_ACCOUNT
                + " webhooks of a whole account and "
                + Webhooks.MOST_OF_INBOX
                + " of an inbox; here are "
                + most
                + ".",
            "Delete one that is not needed, or give one of them more events.")
        .next("List them with GET /v1/webhooks");
  }
}
