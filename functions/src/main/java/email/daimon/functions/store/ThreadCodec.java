package email.daimon.functions.store;

import email.daimon.model.Account.ThreadFeed;
import email.daimon.model.MailThread;
import email.daimon.model.MessageKey;
import email.daimon.model.WaitingDraft;

/**
 * Heads of threads, {@code I#inbox / T#id}. Index {@code by1} lists an inbox's threads by last
 * activity, {@code by2} an account's, spread over shards; threads that lists do not show have no
 * index keys.
 */
public final class ThreadCodec {
  private static final String INBOX = "I#";
  private static final String THREAD = "T#";

  private ThreadCodec() {}

  /** The head of a thread, in the shard of the feed that its id falls into. */
  public static Item item(MailThread thread, ThreadFeed feed) {
    Item item =
        Item.of(Keys.inbox(thread.inboxId()), Keys.thread(thread.id()))
            .text("accountId", thread.accountId())
            .text("anchor", thread.anchor())
            .text("subject", thread.subject())
            .texts("participants", thread.participants())
            .number("messages", thread.messages())
            .number("inbound", thread.inbound())
            .number("unread", thread.unread())
            .texts("labels", thread.labels())
            .time("createdAt", thread.createdAt())
            .number("lastActivity", thread.lastActivity())
            .time("updatedAt", thread.updatedAt())
            .texts("newest", thread.newest().stream().map(MessageKey::text).toList())
            .texts("conditional", thread.conditional().stream().map(MessageKey::text).toList())
            .texts("drafts", thread.drafts().stream().map(WaitingDraft::text).toList())
            .text("mergedInto", thread.mergedInto())
            .time("deletedAt", thread.deletedAt())
            .number("version", thread.version());
    if (thread.listed()) {
      String place = Keys.byTime(thread.lastActivity(), thread.id());
      item.text("i1pk", Keys.threadsOf(thread.inboxId())).text("i1sk", place);
      item.text("i2pk", feedOf(thread, feed)).text("i2sk", place);
    }
    return item;
  }

  /** Reads a head. */
  public static MailThread thread(Item item) {
    return new MailThread(
        item.text("sk").substring(THREAD.length()),
        item.text("accountId"),
        item.text("pk").substring(INBOX.length()),
        item.text("anchor"),
        item.text("subject"),
        item.texts("participants"),
        item.number("messages"),
        item.number("inbound"),
        item.number("unread"),
        item.textSet("labels"),
        item.time("createdAt"),
        item.number("lastActivity"),
        item.time("updatedAt"),
        item.texts("newest").stream().map(MessageKey::parse).toList(),
        item.texts("conditional").stream().map(MessageKey::parse).toList(),
        item.texts("drafts").stream().map(WaitingDraft::parse).toList(),
        item.optionalText("mergedInto"),
        item.optionalTime("deletedAt"),
        item.number("version"));
  }

  private static String feedOf(MailThread thread, ThreadFeed feed) {
    return Keys.feed(thread.accountId(), feed.generation(), Keys.shard(thread.id(), feed.shards()));
  }
}
