package email.daimon.functions.store;

import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.functions.store.Webhooks.Changed;
import email.daimon.functions.store.Webhooks.Creation;
import email.daimon.functions.store.Webhooks.NewSecret;
import email.daimon.functions.store.Webhooks.NewWebhook;
import email.daimon.model.Endpoint;
import email.daimon.model.Inbox;
import email.daimon.model.Webhook;
import email.daimon.model.WebhookHealth;
import email.daimon.model.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes webhooks: each change is one transaction over all rows that say something of one. */
final class WebhookChanges {
  static final String CLIENT_ID_ROUTE = "POST /v1/webhooks";
  static final Duration BOTH_SECRETS = Duration.ofHours(24);
  private static final int MOST_SECRETS = 3;
  private static final Duration UNTIL_SWEPT = Duration.ofMinutes(2);
  private final Table mail;
  private final Endpoints endpoints;
  private final Transactions transactions;
  private final Jobs jobs;
  private final DueIndex dueIndex;

  WebhookChanges(
      Table mail, Endpoints endpoints, Transactions transactions, Jobs jobs, DueIndex dueIndex) {
    this.dueIndex = dueIndex;
    this.mail = mail;
    this.endpoints = endpoints;
    this.transactions = transactions;
    this.jobs = jobs;
  }

  Creation create(NewWebhook wanted) {
    return transactions.run(() -> attempt(wanted));
  }

  private Attempt<Creation> attempt(NewWebhook wanted) {
    Optional<StoredWebhook> own = stored(wanted.accountId(), wanted.id());
    if (own.isPresent()) {
      return new Attempt.Done<>(new Creation.Created(shown(own.get())));
    }
    Optional<Creation> made = wanted.clientId().flatMap(id -> madeBy(wanted.accountId(), id));
    if (made.isPresent()) {
      return new Attempt.Done<>(made.get());
    }
    if (!inboxThere(wanted.accountId(), wanted.inboxId())) {
      return new Attempt.Done<>(new Creation.NoInbox());
    }
    if (full(wanted.accountId(), wanted.inboxId())) {
      return new Attempt.Done<>(new Creation.Full(most(wanted.inboxId())));
    }
    StoredWebhook webhook =
        new StoredWebhook(
            wanted.id(),
            wanted.accountId(),
            wanted.inboxId(),
            wanted.url(),
            wanted.events(),
            WebhookStatus.ACTIVE,
            Optional.empty(),
            wanted.dataKey(),
            List.of(new Endpoint.Secret(wanted.secret(), Optional.empty())),
            List.of(),
            wanted.createdAt(),
            wanted.createdAt(),
            1);
    UnitOfWork unit = new UnitOfWork();
    unit.putNew(mail, WebhookCodec.item(webhook));
    unit.putNew(mail, WebhookCodec.route(webhook));
    needInbox(unit, webhook.inboxId());
    endpoints.put(unit, webhook.endpoint(WebhookHealth.UNTRIED));
    wanted
        .clientId()
        .ifPresent(id ->
            unit.putNew(
                mail,
                Item.of(Keys.account(wanted.accountId()), Keys.clientId(CLIENT_ID_ROUTE, id))
                    .text("webhookId", wanted.id())
                    .pairs("fingerprint", wanted.fingerprint())));
    wanted.also().accept(unit);
    return new Attempt.Write<>(unit, new Creation.Created(webhook.with(Optional.empty())));
  }

  Optional<Creation> madeBy(String accountId, String clientId) {
    return mail.get(Keys.account(accountId), Keys.clientId(CLIENT_ID_ROUTE, clientId))
        .map(item -> known(accountId, item));
  }

  private Creation known(String accountId, Item clientId) {
    return stored(accountId, clientId.text("webhookId"))
        .<Creation>map(webhook -> new Creation.Known(shown(webhook), clientId.pairs("fingerprint")))
        .orElseGet(Creation.Retired::new);
  }

  Changed change(String accountId, String webhookId, WebhookChange change, Instant now) {
    return transactions.run(() ->
        stored(accountId, webhookId)
            .map(before -> attempt(before, change, now))
            .orElseGet(() -> new Attempt.Done<>(new Changed.NoWebhook())));
  }

  Changed followTier(Webhook webhook, boolean has, Instant now) {
    WebhookChange change =
        has ? WebhookChange.of(WebhookStatus.ACTIVE) : WebhookChange.paused(Webhooks.NOT_OF_TIER);
    return transactions.run(() ->
        stored(webhook.accountId(), webhook.id())
            .filter(row -> has ? waitsForTier(shown(row)) : !disabled(shown(row)))
            .map(before -> attempt(before, change, now))
            .orElseGet(() -> new Attempt.Done<>(new Changed.NoWebhook())));
  }

  private static boolean disabled(Webhook webhook) {
    return webhook.status() == WebhookStatus.DISABLED;
  }

  private static boolean waitsForTier(Webhook webhook) {
    return disabled(webhook) && webhook.reason().equals(Optional.of(Webhooks.NOT_OF_TIER));
  }

  private Attempt<Changed> attempt(StoredWebhook before, WebhookChange change, Instant now) {
    String accountId = before.accountId();
    StoredWebhook after = before.changed(change, now);
    boolean moved = !after.inboxId().equals(before.inboxId());
    boolean disabled = after.status() == WebhookStatus.DISABLED;
    boolean wakes = !disabled && before.status() == WebhookStatus.DISABLED;
    if ((moved || wakes) && !inboxThere(accountId, after.inboxId())) {
      return new Attempt.Done<>(new Changed.NoInbox());
    }
    if (moved && full(accountId, after.inboxId())) {
      return new Attempt.Done<>(new Changed.Full(most(after.inboxId())));
    }
    UnitOfWork unit = new UnitOfWork();
    put(unit, before, after, change.status().isPresent());
    if (moved || wakes) {
      needInbox(unit, after.inboxId());
    }
    Optional<Job> job = Optional.empty();
    if (change.status().isPresent()) {
      unit.delete(mail, failingKey(after));
      if (disabled) {
        job = Optional.of(jobs.request(unit, Job.closeDeliveries(accountId, after.id(), now), now));
      } else {
        lookedAt(unit, after, now);
      }
    }
    return new Attempt.Write<>(unit, new Changed.Done(job));
  }

  // What is parked goes at once: who made the change says so to the queue, and may die before that.
  private void lookedAt(UnitOfWork unit, StoredWebhook webhook, Instant now) {
    WebhookCall call = new WebhookCall(webhook.id(), Optional.empty());
    dueIndex.put(
        unit,
        new DueEntry(
            now.plus(UNTIL_SWEPT), "wake#" + webhook.id(), WebhookCall.QUEUE, call.json()));
  }

  boolean rotate(String accountId, String webhookId, NewSecret secret, Instant now) {
    return transactions.run(() -> {
      Optional<StoredWebhook> before = stored(accountId, webhookId);
      if (before.isEmpty()) {
        return new Attempt.Done<>(false);
      }
      List<Endpoint.Secret> old = before.get().secrets();
      if (old.getFirst().sealed().equals(secret.sealed())) {
        return new Attempt.Done<>(true);
      }
      List<Endpoint.Secret> secrets = new ArrayList<>();
      secrets.add(new Endpoint.Secret(secret.sealed(), Optional.empty()));
      for (Endpoint.Secret one : old) {
        Instant until = one.until().orElse(now.plus(BOTH_SECRETS));
        if (until.isAfter(now) && secrets.size() < MOST_SECRETS) {
          secrets.add(new Endpoint.Secret(one.sealed(), Optional.of(until)));
        }
      }
      UnitOfWork unit = new UnitOfWork();
      StoredWebhook after = before.get().withSecrets(secret.dataKey(), secrets, now);
      put(unit, before.get(), after, false);
      secret.also().accept(unit);
      return new Attempt.Write<>(unit, true);
    });
  }

  boolean delete(String accountId, String webhookId) {
    return transactions.run(() -> {
      Optional<StoredWebhook> before = stored(accountId, webhookId);
      if (before.isEmpty()) {
        return new Attempt.Done<>(false);
      }
      StoredWebhook webhook = before.get();
      UnitOfWork unit = new UnitOfWork();
      unit.deleteVersion(
          mail, Item.key(Keys.account(accountId), Keys.webhook(webhookId)), webhook.version());
      unit.delete(mail, routeKey(webhook));
      unit.delete(mail, failingKey(webhook));
      endpoints.remove(unit, webhookId);
      return new Attempt.Write<>(unit, true);
    });
  }

  /** Rows by which the planner finds webhooks: of an inbox, or of a whole account. */
  List<Item> routeRows(String accountId, Optional<String> inboxId) {
    return mail
        .query(query ->
            query
                .keyConditionExpression("pk = :pk AND begins_with(sk, :route)")
                .expressionAttributeValues(
                    Map.of(
                        ":pk",
                        AttributeValue.fromS(WebhookCodec.routePartition(accountId, inboxId)),
                        ":route",
                        AttributeValue.fromS(WebhookCodec.routeKey("", inboxId))))
                .consistentRead(true))
        .items()
        .stream()
        .map(Item::read)
        .toList();
  }

  private void put(UnitOfWork unit, StoredWebhook before, StoredWebhook after, boolean statusToo) {
    unit.putVersion(mail, WebhookCodec.item(after), before.version());
    if (!after.inboxId().equals(before.inboxId())) {
      unit.delete(mail, routeKey(before));
    }
    unit.put(mail, WebhookCodec.route(after));
    if (endpoints.find(after.id()).isPresent()) {
      endpoints.configure(unit, after, statusToo);
    } else {
      endpoints.put(unit, after.endpoint(WebhookHealth.UNTRIED));
    }
  }

  private Optional<StoredWebhook> stored(String accountId, String webhookId) {
    return mail.get(Keys.account(accountId), Keys.webhook(webhookId)).map(WebhookCodec::webhook);
  }

  private Webhook shown(StoredWebhook webhook) {
    return webhook.with(endpoints.find(webhook.id()));
  }

  private boolean inboxThere(String accountId, Optional<String> inboxId) {
    return inboxId.isEmpty()
        || mail.get(Keys.inbox(inboxId.get()), Keys.META)
            .map(InboxCodec::inbox)
            .filter(inbox -> inbox.accountId().equals(accountId))
            .filter(inbox -> inbox.status() != Inbox.Status.DELETED)
            .isPresent();
  }

  private void needInbox(UnitOfWork unit, Optional<String> inboxId) {
    inboxId.ifPresent(id ->
        unit.check(
            mail,
            Item.key(Keys.inbox(id), Keys.META),
            "attribute_exists(pk) AND attribute_not_exists(deletedAt)",
            Map.of()));
  }

  private boolean full(String accountId, Optional<String> inboxId) {
    return routeRows(accountId, inboxId).size() >= most(inboxId);
  }

  private static int most(Optional<String> inboxId) {
    return inboxId.isPresent() ? Webhooks.MOST_OF_INBOX : Webhooks.MOST_OF_ACCOUNT;
  }

  private static Map<String, AttributeValue> routeKey(StoredWebhook webhook) {
    return Item.key(
        WebhookCodec.routePartition(webhook.accountId(), webhook.inboxId()),
        WebhookCodec.routeKey(webhook.id(), webhook.inboxId()));
  }

  private static Map<String, AttributeValue> failingKey(StoredWebhook webhook) {
    return Item.key(Keys.account(webhook.accountId()), Keys.failingWebhook(webhook.id()));
  }
}
