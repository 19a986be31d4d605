package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.DaimonException;
import email.daimon.model.Endpoint;
import email.daimon.model.Ids;
import email.daimon.model.MailThread;
import email.daimon.wire.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Bulk work that one transaction has decided and function {@code jobs} carries out.
 *
 * @param id the same for the same work
 * @param threadId the thread it is about
 * @param until inbox time up to which messages are meant; 0 for all
 * @param due where its entry lies in the due index, until it is done
 * @param detail what else its type needs to know, by name
 */
public record Job(
    String id,
    Type type,
    String accountId,
    String inboxId,
    Optional<String> threadId,
    long until,
    Instant due,
    Map<String, String> detail) {
  /** Name in {@link #detail} of the webhook that a job is about. */
  public static final String WEBHOOK = "webhook_id";

  /** Name in {@link #detail} of the generation of a feed that is emptied. */
  static final String GENERATION = "generation";

  public Job {
    requireNonNull(id, "id is null");
    requireNonNull(type, "type is null");
    requireNonNull(accountId, "accountId is null");
    requireNonNull(inboxId, "inboxId is null");
    requireNonNull(threadId, "threadId is null");
    requireNonNull(due, "due is null");
    detail = Map.copyOf(detail);
  }

  /** What there is to do. */
  public enum Type {
    /** Rows of a thread that was merged away go to the surviving one. */
    MERGE_THREAD,
    /** Rows of a deleted thread are marked deleted. */
    DELETE_THREAD,
    /** Rows of a thread that was marked read are marked read. */
    READ_THREAD,
    /** The inbox is closed, its threads leave all lists, and its webhooks are paused. */
    DELETE_INBOX,
    /** The owner is told that a webhook fails. */
    WEBHOOK_UNHEALTHY,
    /** What was told of a webhook's failing is over. */
    WEBHOOK_RECOVERED,
    /** The owner is told that a webhook was disabled; what it was still to hear is given up. */
    WEBHOOK_DISABLED,
    /** What a webhook that its owner disabled was still to hear is given up. */
    CLOSE_DELIVERIES,
    /** A webhook is told again of events. */
    REPLAY_WEBHOOK,
    /** Webhooks are paused where the account's tier has none, and wake where it has them again. */
    WEBHOOKS_OF_TIER,
    /** An account that has paid gets a tenant of its own at SES. */
    MAKE_TENANT,
    /** The operator is told of received mails that were never handled. */
    UNPROCESSED_MAIL,
    /** Counters are held against what they count. */
    RECOUNT,
    /** Threads go to the generation of their account's feed that is written to. */
    MOVE_FEED;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Job mergeThread(MailThread away) {
    return ofThread(Type.MERGE_THREAD, away, 0);
  }

  static Job deleteThread(MailThread deleted) {
    return ofThread(Type.DELETE_THREAD, deleted, 0);
  }

  static Job readThread(MailThread read, long until) {
    return ofThread(Type.READ_THREAD, read, until);
  }

  /** The hourly look for mails that were never handled. */
  public static Job unprocessedMail(Instant hour) {
    return ofAll(Type.UNPROCESSED_MAIL, hour);
  }

  /** The nightly recount. */
  public static Job recount(Instant night) {
    return ofAll(Type.RECOUNT, night);
  }

  private static Job ofAll(Type type, Instant at) {
    String id = Ids.deterministic("job", type.wireName(), at.toString());
    return new Job(id, type, "", "", Optional.empty(), 0, at, Map.of());
  }

  /** What is left to do once an inbox is deleted. */
  public static Job deleteInbox(String accountId, String inboxId) {
    String id = Ids.deterministic("job", Type.DELETE_INBOX.wireName(), inboxId);
    return new Job(
        id, Type.DELETE_INBOX, accountId, inboxId, Optional.empty(), 0, Instant.EPOCH, Map.of());
  }

  /** To give an account a tenant of its own at SES: once, however often it pays. */
  public static Job makeTenant(String accountId) {
    String id = Ids.deterministic("job", Type.MAKE_TENANT.wireName(), accountId);
    return new Job(
        id, Type.MAKE_TENANT, accountId, "", Optional.empty(), 0, Instant.EPOCH, Map.of());
  }

  /** To move the threads of one generation of an account's feed to the newest. */
  static Job moveFeed(String accountId, int generation) {
    String number = Integer.toString(generation);
    String id = Ids.deterministic("job", Type.MOVE_FEED.wireName(), accountId, number);
    return new Job(
        id,
        Type.MOVE_FEED,
        accountId,
        "",
        Optional.empty(),
        0,
        Instant.EPOCH,
        Map.of(GENERATION, number));
  }

  /**
   * To pause or wake webhooks by the tier that an account has when this is done.
   *
   * @param change a name of the change of tier
   */
  static Job webhooksOfTier(String accountId, String change) {
    String id = Ids.deterministic("job", Type.WEBHOOKS_OF_TIER.wireName(), accountId, change);
    return new Job(
        id, Type.WEBHOOKS_OF_TIER, accountId, "", Optional.empty(), 0, Instant.EPOCH, Map.of());
  }

  /**
   * To tell the owner that calls of a webhook have failed several times in a row.
   *
   * @param failingSince names the row of failures: told once
   */
  public static Job webhookUnhealthy(Endpoint endpoint, Instant failingSince, long failures) {
    return ofWebhook(
        Type.WEBHOOK_UNHEALTHY,
        endpoint,
        failingSince,
        Map.of("failures_in_row", Long.toString(failures)));
  }

  /** To take back, once a call succeeded, that the webhook fails. */
  public static Job webhookRecovered(Endpoint endpoint, Instant at) {
    return ofWebhook(Type.WEBHOOK_RECOVERED, endpoint, at, Map.of());
  }

  /**
   * To tell the owner that a webhook was disabled, and to give up what it was still to hear.
   *
   * @param reason such as {@code gone} or {@code failing}
   */
  public static Job webhookDisabled(Endpoint endpoint, Instant at, String reason) {
    return ofWebhook(Type.WEBHOOK_DISABLED, endpoint, at, Map.of("reason", reason));
  }

  /** To give up what a webhook was still to hear when its owner disabled it. */
  static Job closeDeliveries(String accountId, String webhookId, Instant at) {
    return ofWebhook(Type.CLOSE_DELIVERIES, accountId, webhookId, at, Map.of());
  }

  private static Job ofWebhook(
      Type type, Endpoint endpoint, Instant at, Map<String, String> detail) {
    return ofWebhook(type, endpoint.accountId(), endpoint.webhookId(), at, detail);
  }

  private static Job ofWebhook(
      Type type, String accountId, String webhookId, Instant at, Map<String, String> detail) {
    Map<String, String> all = new HashMap<>(detail);
    all.put(WEBHOOK, webhookId);
    all.put("at", Long.toString(at.toEpochMilli()));
    String id =
        Ids.deterministic("job", type.wireName(), webhookId, Long.toString(at.toEpochMilli()));
    return new Job(id, type, accountId, "", Optional.empty(), 0, Instant.EPOCH, all);
  }

  private static Job ofThread(Type type, MailThread thread, long until) {
    String id =
        Ids.deterministic(
            "job", type.wireName(), thread.inboxId(), thread.id(), Long.toString(until));
    return new Job(
        id,
        type,
        thread.accountId(),
        thread.inboxId(),
        Optional.of(thread.id()),
        until,
        Instant.EPOCH,
        Map.of());
  }

  Job dueAt(Instant at) {
    return new Job(id, type, accountId, inboxId, threadId, until, at, detail);
  }

  /** The webhook that it is about. */
  public String webhookId() {
    return detail(WEBHOOK);
  }

  /** One of {@link #detail}; empty where it says nothing of that. */
  public String detail(String name) {
    return detail.getOrDefault(name, "");
  }

  /** As it travels in a queue. */
  public String json() {
    ObjectNode json = Json.object();
    json.put("id", id)
        .put("type", type.wireName())
        .put("account_id", accountId)
        .put("inbox_id", inboxId)
        .put("until", until)
        .put("due", due.toEpochMilli());
    threadId.ifPresent(thread -> json.put("thread_id", thread));
    if (!detail.isEmpty()) {
      ObjectNode details = json.putObject("detail");
      new TreeMap<>(detail).forEach(details::put);
    }
    return Json.text(json);
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws DaimonException where it is none
   */
  public static Job parse(String text) {
    try {
      JsonNode json = Json.parse(text);
      Map<String, String> detail = new HashMap<>();
      json.path("detail")
          .properties()
          .forEach(one -> detail.put(one.getKey(), one.getValue().asText()));
      return new Job(
          json.required("id").asText(),
          Type.valueOf(json.required("type").asText().toUpperCase(Locale.ROOT)),
          json.required("account_id").asText(),
          json.required("inbox_id").asText(),
          json.has("thread_id") ? Optional.of(json.get("thread_id").asText()) : Optional.empty(),
          json.path("until").asLong(),
          Instant.ofEpochMilli(json.path("due").asLong()),
          detail);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new DaimonException("not a job: " + text, e);
    }
  }
}
