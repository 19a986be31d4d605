package email.daimon.functions.store;

import email.daimon.model.InboxCounters;
import email.daimon.model.Inflow;

/** An inbox's counters, {@code I#inbox / SEQ}: no index key, for it is written with every mail. */
public final class CountersCodec {
  /** Flag of an inbox that is deleted. */
  static final String CLOSED = "closed";

  private CountersCodec() {}

  /** The item of an inbox's counters. */
  public static Item item(String inboxId, InboxCounters counters) {
    return Item.of(Keys.inbox(inboxId), Keys.SEQ)
        .number("version", counters.version())
        .number("inboxTime", counters.inboxTime())
        .number("sequence", counters.sequence())
        .number("messages", counters.messages())
        .number("unread", counters.unread())
        .number("threads", counters.threads())
        .time("lastReceivedAt", counters.lastReceivedAt())
        .number("inflowDay", counters.inflow().day())
        .number("inflow", counters.inflow().mails())
        .flag("flooded", counters.inflow().flooded())
        .flag(CLOSED, counters.closed());
  }

  /** Reads the counters; an inbox that nothing has happened to has no item. */
  public static InboxCounters counters(Item item) {
    return new InboxCounters(
        item.number("version"),
        item.number("inboxTime"),
        item.number("sequence"),
        item.number("messages"),
        item.number("unread"),
        item.number("threads"),
        item.optionalTime("lastReceivedAt"),
        new Inflow(item.number("inflowDay"), item.number("inflow"), item.flag("flooded")),
        item.flag(CLOSED));
  }
}
