package email.daimon.functions.store;

import email.daimon.model.MessageKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The keys of both tables, in one place. {@code pk} and {@code sk} as the design has them; {@code
 * i1pk/i1sk} and {@code i2pk/i2sk} are the indexes {@code by1} and {@code by2}.
 */
public final class Keys {
  public static final String META = "META";
  public static final String SEQ = "SEQ";

  /** Attribute that DynamoDB's time to live reads, in seconds since 1970. */
  public static final String EXPIRES_AT = "expires_at";

  /** Over how many partitions the list of accounts is spread. */
  public static final int ACCOUNT_LISTS = 8;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

  private Keys() {}

  public static String account(String accountId) {
    return "A#" + accountId;
  }

  /** Partition of the list of accounts that holds an account's place. */
  public static String accountList(String accountId) {
    return accountList(shard(accountId, ACCOUNT_LISTS));
  }

  /** One of the {@link #ACCOUNT_LISTS} partitions of the list of accounts. */
  public static String accountList(int shard) {
    return "ACC#" + shard;
  }

  public static String inbox(String inboxId) {
    return "I#" + inboxId;
  }

  public static String address(String normalisedAddress) {
    return "E#" + normalisedAddress;
  }

  /** Sort key of a message row. */
  public static String message(MessageKey key) {
    return "M#" + key.text();
  }

  /** Sort key of a message's list form. */
  public static String body(MessageKey key) {
    return "B#" + key.text();
  }

  /** Sort key of what became of the codes of a mail. */
  public static String codes(MessageKey key) {
    return "C#" + key.text();
  }

  /** Sort key of the look-up of a code by its id. */
  public static String code(String codeId) {
    return "O#" + codeId;
  }

  /** Sort key of somebody with whom an inbox has had to do. */
  public static String correspondent(String address) {
    return "K#" + address;
  }

  /** Sort key of the look-up of a message by its id. */
  public static String name(String messageId) {
    return "N#" + messageId;
  }

  public static String thread(String threadId) {
    return "T#" + threadId;
  }

  /** Sort key of a Message-ID pointer, by the hash of the canonical id. */
  public static String pointer(String hash) {
    return "X#" + hash;
  }

  /** Sort key, below the account, of an inbox's place in the list of inboxes. */
  public static String inboxPlace(long created, String inboxId) {
    return "INB#" + byTime(created, inboxId);
  }

  /** Sort key, below the account, of what a client_id has made on a route. */
  public static String clientId(String route, String clientId) {
    return "CID#" + route + "#" + clientId;
  }

  /** Partition key by which a key that is presented is found: the start of its SHA-256. */
  public static String keyHash(String sha256) {
    return "H#" + sha256.substring(0, 16);
  }

  /** Sort key, below the account or the inbox, of a key for listing. */
  public static String key(String keyId) {
    return "KEY#" + keyId;
  }

  /** Work table: what an account has sent on a day. */
  public static String sends(String accountId, Instant day) {
    return "C#" + accountId + "#" + DAY.format(day);
  }

  /** Work table: what became of all that an account has sent. */
  public static String reputation(String accountId) {
    return "S#" + accountId;
  }

  /** Work table: what was sent in a thread within an hour. */
  public static String hourlySends(String threadId, Instant hour) {
    return "C#" + threadId + "#" + hour.getEpochSecond() / 3_600;
  }

  /** Work table: what an account has asked to be sent within a minute. */
  public static String burst(String accountId, Instant minute) {
    return "B#" + accountId + "#" + minute.getEpochSecond() / 60;
  }

  /** Work table: the requests of a key within a window of time. */
  public static String requests(String keyId, long window) {
    return "RQ#" + keyId + "#" + window;
  }

  /** Sort key, below the inbox, of a file that is put up before the mail that takes it. */
  public static String upload(String uploadId) {
    return "UP#" + uploadId;
  }

  /** Index 2: scheduled messages of an inbox. */
  public static String scheduled(String inboxId) {
    return "I#" + inboxId + "#S";
  }

  /** Sort key, below the account, of an address that takes no mail. */
  public static String suppression(String address) {
    return "SUP#" + address;
  }

  /** Sort key of a draft. */
  public static String draft(String draftId) {
    return "D#" + draftId;
  }

  /** Work table: an idempotency claim. */
  public static String claim(String account, String hash) {
    return "K#" + account + "#" + hash;
  }

  /** Work table: an upgrade link that has done its work, by the hash of its token. */
  public static String usedLink(String sha256) {
    return "U#" + sha256;
  }

  /** Work table: the inboxes that an address has made without a key. */
  public static String creations(String network) {
    return "L#" + network;
  }

  /**
   * Index 1: messages of a thread. The inbox is part of it, so that no id of another account finds
   * anything.
   */
  public static String messagesOf(String inboxId, String threadId) {
    return "I#" + inboxId + "#T#" + threadId;
  }

  /** Index 1: threads of an inbox, by last activity. */
  public static String threadsOf(String inboxId) {
    return "I#" + inboxId + "#T";
  }

  /** Index 2: threads of an account. */
  public static String feed(String accountId, int generation, int shard) {
    return "A#" + accountId + "#F" + generation + "#" + shard;
  }

  /** Index 2: unread messages of an inbox. */
  public static String unread(String inboxId) {
    return "I#" + inboxId + "#U";
  }

  /** Events of an account on a day, in one shard. */
  public static String events(String accountId, Instant day, int shard) {
    return "A#" + accountId + "#E#" + DAY.format(day) + "#" + shard;
  }

  /** A thread's or inbox's place in an index: thirteen digits of milliseconds, then the id. */
  public static String byTime(long milliseconds, String id) {
    return "%013d#%s".formatted(milliseconds, id);
  }

  /** Which of {@code shards} partitions an id falls into, the same on every machine. */
  public static int shard(String id, int shards) {
    return Math.floorMod(id.hashCode(), shards);
  }

  /** Work table: what is due in a minute, spread over eight shards. */
  public static String due(long epochMinute, int shard) {
    return "D#" + epochMinute + "#" + shard;
  }

  /** Work table: what bounces of a mail are known by. */
  public static String bounces(String message) {
    return "R#" + message;
  }

  /** Work table: calls that are held, by the window of time in which they began. */
  public static String held(String whose, long window) {
    return "HC#" + whose + "#" + window;
  }

  /** Work table: the mails that SES received within an hour and that were handled. */
  public static String processed(Instant hour) {
    return "IN#" + hour.getEpochSecond() / 3_600;
  }

  /** Work table: what was sent by SES within a second. */
  public static String pace(Instant second) {
    return "P#" + second.getEpochSecond();
  }

  /** Sort key, below the account, of a webhook. */
  public static String webhook(String webhookId) {
    return "WHK#" + webhookId;
  }

  /** Sort key, below the account, of a webhook that fails or that the platform has disabled. */
  public static String failingWebhook(String webhookId) {
    return "WHF#" + webhookId;
  }

  /** Sort key, below its inbox, by which the planner finds a webhook of an inbox. */
  public static String inboxWebhook(String webhookId) {
    return "WH#" + webhookId;
  }

  /** Sort key, below its account, by which the planner finds a webhook of all inboxes. */
  public static String accountWebhook(String webhookId) {
    return "WHALL#" + webhookId;
  }

  /** Work table: what it takes to call a webhook. */
  public static String endpoint(String webhookId) {
    return "WE#" + webhookId;
  }

  /** Work table: the body that tells of an event. */
  public static String eventBody(String eventId) {
    return "EB#" + eventId;
  }

  /** Work table: what a webhook was told of an hour's events; the sort key is the event's id. */
  public static String deliveries(String webhookId, Instant hour) {
    return "W#" + webhookId + "#" + hour.getEpochSecond() / 3_600;
  }

  /** Work table: the hours in which a webhook was told of something. */
  public static String deliveryHours(String webhookId) {
    return "WD#" + webhookId;
  }

  /** Sort key of an hour: ten digits. */
  public static String hour(Instant time) {
    return "%010d".formatted(time.getEpochSecond() / 3_600);
  }

  /** Work table: deliveries that wait for their endpoint; the sort key is the event's id. */
  public static String parked(String webhookId) {
    return "WP#" + webhookId;
  }

  /** Work table: the places of calls that are under way to a slow endpoint. */
  public static String callPlaces(String webhookId) {
    return "WL#" + webhookId;
  }
}
