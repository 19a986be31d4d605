package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Endpoint;
import email.daimon.model.SealedBytes;
import email.daimon.model.Webhook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The webhooks of accounts. Main row, the row by which the planner finds it, and the endpoint in
 * the work table change in one transaction.
 */
public final class Webhooks {
  /** Webhooks of a whole account. */
  public static final int MOST_OF_ACCOUNT = 50;

  /** Webhooks of one inbox. Two creations at the same moment may go one beyond. */
  public static final int MOST_OF_INBOX = 10;

  /** Why the webhooks of a deleted inbox are disabled. */
  public static final String INBOX_DELETED = "inbox_deleted";

  /** Why webhooks of an account are disabled whose tier has none. */
  public static final String NOT_OF_TIER = "tier";

  private final Table mail;
  private final Endpoints endpoints;
  private final WebhookChanges changes;
  private final WebhookNews news;

  public Webhooks(Table mail, Table work, Transactions transactions, Jobs jobs) {
    this.mail = requireNonNull(mail, "mail is null");
    this.endpoints = new Endpoints(requireNonNull(work, "work is null"));
    this.changes =
        new WebhookChanges(
            mail,
            endpoints,
            requireNonNull(transactions, "transactions is null"),
            requireNonNull(jobs, "jobs is null"),
            new DueIndex(work, transactions));
    this.news = new WebhookNews(mail, endpoints, transactions);
  }

  /**
   * A webhook to be made.
   *
   * @param dataKey the account's, encrypted
   * @param secret sealed with it
   * @param fingerprint of the request, kept with the client_id
   * @param also adds to the transaction
   */
  public record NewWebhook(
      String id,
      String accountId,
      Optional<String> inboxId,
      String url,
      Set<String> events,
      SealedBytes dataKey,
      SealedBytes secret,
      Optional<String> clientId,
      Map<String, String> fingerprint,
      Instant createdAt,
      Consumer<UnitOfWork> also) {
    public NewWebhook {
      requireNonNull(id, "id is null");
      requireNonNull(accountId, "accountId is null");
      requireNonNull(inboxId, "inboxId is null");
      requireNonNull(url, "url is null");
      events = Set.copyOf(events);
      requireNonNull(dataKey, "dataKey is null");
      requireNonNull(secret, "secret is null");
      requireNonNull(clientId, "clientId is null");
      fingerprint = Map.copyOf(fingerprint);
      requireNonNull(createdAt, "createdAt is null");
      requireNonNull(also, "also is null");
    }
  }

  /** What a creation came to. */
  public sealed interface Creation {
    record Created(Webhook webhook) implements Creation {}

    /** The client_id has made this one before, with a request of this fingerprint. */
    record Known(Webhook webhook, Map<String, String> fingerprint) implements Creation {}

    /** The client_id has made one that is deleted. */
    record Retired() implements Creation {}

    /** The account or the inbox has as many as it may. */
    record Full(int most) implements Creation {}

    record NoInbox() implements Creation {}
  }

  /** What a change came to. */
  public sealed interface Changed {
    /**
     * It is changed.
     *
     * @param job what is left to do, to be enqueued
     */
    record Done(Optional<Job> job) implements Changed {}

    record NoWebhook() implements Changed {}

    /** The inbox that it hears of, or is to hear of, is not there. */
    record NoInbox() implements Changed {}

    /** The scope that it is moved to has as many as it may. */
    record Full(int most) implements Changed {}
  }

  /** Makes one. */
  public Creation create(NewWebhook wanted) {
    return changes.create(wanted);
  }

  /** What a client_id has made: {@link Creation.Known} or {@link Creation.Retired}. */
  public Optional<Creation> madeBy(String accountId, String clientId) {
    return changes.madeBy(accountId, clientId);
  }

  /** One of an account. */
  public Optional<Webhook> find(String accountId, String webhookId) {
    return mail.get(Keys.account(accountId), Keys.webhook(webhookId))
        .map(WebhookCodec::webhook)
        .map(stored -> stored.with(endpoints.find(webhookId)));
  }

  /**
   * Those of an account, the newest first.
   *
   * @param before id of the last of the page before; empty for the first page
   */
  public List<Webhook> list(String accountId, Optional<String> before, int most) {
    QueryResponse page =
        mail.query(query ->
            query
                .keyConditionExpression("pk = :pk AND sk BETWEEN :first AND :last")
                .expressionAttributeValues(
                    Map.of(
                        ":pk", AttributeValue.fromS(Keys.account(accountId)),
                        ":first", AttributeValue.fromS(Keys.webhook("")),
                        ":last", AttributeValue.fromS(Keys.webhook(before.orElse("~")))))
                .scanIndexForward(false)
                .consistentRead(true)
                .limit(before.isPresent() ? most + 1 : most));
    List<StoredWebhook> rows =
        page.items().stream()
            .map(item -> WebhookCodec.webhook(Item.read(item)))
            .filter(row -> !before.equals(Optional.of(row.id())))
            .toList();
    Map<String, Endpoint> found =
        endpoints.among(rows.stream().map(StoredWebhook::id).toList()).stream()
            .collect(Collectors.toMap(Endpoint::webhookId, Function.identity()));
    return rows.stream().map(row -> row.with(Optional.ofNullable(found.get(row.id())))).toList();
  }

  /** Changes one, as its owner wants it. */
  public Changed change(String accountId, String webhookId, WebhookChange change, Instant now) {
    return changes.change(accountId, webhookId, change, now);
  }

  /**
   * Gives one a new secret; those before it sign for another 24 hours, at most two of them.
   *
   * @return false where there is none such
   */
  public boolean rotate(String accountId, String webhookId, NewSecret secret, Instant now) {
    return changes.rotate(accountId, webhookId, secret, now);
  }

  /** A webhook as {@link #rotate} at that time leaves it. */
  public static Webhook rotated(Webhook before, Instant now) {
    return new Webhook(
        before.id(),
        before.accountId(),
        before.inboxId(),
        before.url(),
        before.events(),
        before.status(),
        before.reason(),
        before.health(),
        Optional.of(now.plus(WebhookChanges.BOTH_SECRETS)),
        before.createdAt(),
        now);
  }

  /** A secret that was made for a webhook, and what else its transaction does. */
  public record NewSecret(SealedBytes dataKey, SealedBytes sealed, Consumer<UnitOfWork> also) {
    public NewSecret {
      requireNonNull(dataKey, "dataKey is null");
      requireNonNull(sealed, "sealed is null");
      requireNonNull(also, "also is null");
    }
  }

  /** Deletes one for good; false where there is none such. */
  public boolean delete(String accountId, String webhookId) {
    return changes.delete(accountId, webhookId);
  }

  /** Disables those of a deleted inbox; returns what is left to do of each. */
  public List<Job> pauseOf(String accountId, String inboxId, Instant now) {
    List<Job> left = new ArrayList<>();
    for (WebhookRoute route : routesIn(accountId, Optional.of(inboxId))) {
      if (!route.disabled()
          && changes.change(accountId, route.webhookId(), WebhookChange.paused(INBOX_DELETED), now)
              instanceof Changed.Done(Optional<Job> job)) {
        job.ifPresent(left::add);
      }
    }
    return left;
  }

  /**
   * Disables one because the account's tier has no webhooks, or wakes it where that alone has
   * disabled it.
   *
   * @param has whether the tier has webhooks
   * @return what is left to do; empty where nothing was to be changed
   */
  public Optional<Changed.Done> followTier(Webhook webhook, boolean has, Instant now) {
    return changes.followTier(webhook, has, now) instanceof Changed.Done done
        ? Optional.of(done)
        : Optional.empty();
  }

  /**
   * The webhooks of an inbox, or those of a whole account, as the planner needs them. One query,
   * read strongly.
   */
  public List<WebhookRoute> routesIn(String accountId, Optional<String> inboxId) {
    return changes.routeRows(accountId, inboxId).stream().map(WebhookCodec::route).toList();
  }

  /** Writes down what the calls of a webhook came to, and tells its owner, once for each job. */
  public boolean tell(Job job, Instant now) {
    return news.tell(job, now);
  }

  /** Those of an account that fail or that the platform has disabled, at most {@code most}. */
  public List<Webhook> failing(String accountId, int most) {
    return mail
        .query(query ->
            query
                .keyConditionExpression("pk = :pk AND begins_with(sk, :failing)")
                .expressionAttributeValues(
                    Map.of(
                        ":pk", AttributeValue.fromS(Keys.account(accountId)),
                        ":failing", AttributeValue.fromS(Keys.failingWebhook(""))))
                .consistentRead(true)
                .limit(most))
        .items()
        .stream()
        .map(item -> find(accountId, Item.read(item).text("webhookId")))
        .flatMap(Optional::stream)
        .toList();
  }
}
