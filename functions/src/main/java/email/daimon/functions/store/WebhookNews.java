package email.daimon.functions.store;

import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.Account;
import email.daimon.model.Endpoint;
import email.daimon.model.EventType;
import email.daimon.model.WebhookStatus;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells owners how their webhooks stand: who calls a webhook may write only its endpoint, so that
 * the main row and the event follow in a job. A job tells once.
 */
final class WebhookNews {
  private final Table mail;
  private final Endpoints endpoints;
  private final Transactions transactions;

  WebhookNews(Table mail, Endpoints endpoints, Transactions transactions) {
    this.mail = mail;
    this.endpoints = endpoints;
    this.transactions = transactions;
  }

  /** Whether it has told: not what the webhook's owner has changed meanwhile, nor twice. */
  boolean tell(Job job, Instant now) {
    return transactions.run(() -> attempt(job, now));
  }

  private Attempt<Boolean> attempt(Job job, Instant now) {
    String pk = Keys.account(job.accountId());
    String main = Keys.webhook(job.webhookId());
    Map<String, Item> seen =
        mail
            .getAll(List.of(Item.key(pk, Keys.META), Item.key(pk, Keys.SEQ), Item.key(pk, main)))
            .stream()
            .collect(Collectors.toMap(item -> item.text("sk"), Function.identity()));
    Optional<Account> account = Optional.ofNullable(seen.get(Keys.META)).map(AccountCodec::account);
    Optional<StoredWebhook> before = Optional.ofNullable(seen.get(main)).map(WebhookCodec::webhook);
    Optional<Endpoint> endpoint = endpoints.find(job.webhookId());
    if (account.isEmpty()
        || before.isEmpty()
        || endpoint.isEmpty()
        || before.get().told().contains(job.id())
        || overtaken(job, endpoint.get())) {
      return new Attempt.Done<>(false);
    }
    WebhookStatus status = endpoint.get().status();
    Optional<String> reason =
        status == WebhookStatus.DISABLED && !job.detail("reason").isEmpty()
            ? Optional.of(job.detail("reason"))
            : before.get().reason();
    StoredWebhook after = before.get().standing(status, reason, job.id());
    UnitOfWork unit = new UnitOfWork();
    unit.putVersion(mail, WebhookCodec.item(after), before.get().version());
    unit.put(mail, WebhookCodec.route(after));
    if (status == WebhookStatus.ACTIVE) {
      unit.delete(mail, Item.key(pk, Keys.failingWebhook(after.id())));
    } else {
      unit.put(mail, Item.of(pk, Keys.failingWebhook(after.id())).text("webhookId", after.id()));
    }
    type(job)
        .ifPresent(type ->
            new AccountLedger(mail, account.get(), Optional.ofNullable(seen.get(Keys.SEQ)), now)
                .append(unit, type, detail(job, after))
                .commit(unit));
    return new Attempt.Write<>(unit, true);
  }

  // Its owner has disabled it, or made it active again, since the job was left.
  private static boolean overtaken(Job job, Endpoint endpoint) {
    boolean disabled = endpoint.status() == WebhookStatus.DISABLED;
    return disabled != (job.type() == Job.Type.WEBHOOK_DISABLED);
  }

  private static Optional<EventType> type(Job job) {
    return switch (job.type()) {
      case WEBHOOK_UNHEALTHY -> Optional.of(EventType.WEBHOOK_UNHEALTHY);
      case WEBHOOK_DISABLED -> Optional.of(EventType.WEBHOOK_DISABLED);
      default -> Optional.empty();
    };
  }

  // Of the URL the host alone: what is behind it may be a secret of the owner's.
  private static Map<String, String> detail(Job job, StoredWebhook webhook) {
    Map<String, String> detail = new HashMap<>();
    detail.put("webhook_id", webhook.id());
    webhook.inboxId().ifPresent(id -> detail.put("webhook_inbox_id", id));
    detail.put("host", URI.create(webhook.url()).getHost());
    detail.put("since", Instant.ofEpochMilli(Long.parseLong(job.detail("at"))).toString());
    for (String name : List.of("failures_in_row", "reason")) {
      if (!job.detail(name).isEmpty()) {
        detail.put(name, job.detail(name));
      }
    }
    return detail;
  }
}
