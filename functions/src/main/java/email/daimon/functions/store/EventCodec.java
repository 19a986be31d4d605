package email.daimon.functions.store;

import email.daimon.model.Event;
import email.daimon.model.EventShards;
import email.daimon.model.MessageKey;
import java.time.Duration;
import java.time.Instant;

/** Rows of events, {@code A#account#E#day#shard / eventId}, gone after {@link #KEPT}. */
public final class EventCodec {
  /** How long the feed reaches back. */
  public static final Duration KEPT = Duration.ofDays(30);

  private EventCodec() {}

  /**
   * The row of an event. All events of an inbox lie in one of the account's shards; those without
   * an inbox lie by account.
   *
   * @param shards of the account
   */
  public static Item item(Event event, EventShards shards) {
    int shard = Keys.shard(event.inboxId().orElse(event.accountId()), shards.on(event.at()));
    return Item.of(Keys.events(event.accountId(), event.at(), shard), event.id())
        .text("accountId", event.accountId())
        .text("type", event.type())
        .text("inboxId", event.inboxId())
        .text("threadId", event.threadId())
        .text("message", event.message().map(MessageKey::text))
        .number("sequence", event.sequence())
        .time("at", event.at())
        .pairs("detail", event.detail())
        .number(Keys.EXPIRES_AT, expiry(event.at()));
  }

  /** Reads a row. */
  public static Event event(Item item) {
    return new Event(
        item.text("sk"),
        item.text("accountId"),
        item.text("type"),
        item.optionalText("inboxId"),
        item.optionalText("threadId"),
        item.optionalText("message").map(MessageKey::parse),
        item.number("sequence"),
        item.time("at"),
        item.pairs("detail"));
  }

  private static long expiry(Instant at) {
    return at.plus(KEPT).getEpochSecond();
  }
}
