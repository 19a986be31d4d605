package email.daimon.functions.store;

import email.daimon.model.Inbox;
import email.daimon.model.ReceiveRules;
import java.util.OptionalInt;

/** An inbox, {@code I#id / META}. Everything its owner set; nothing that mail changes. */
final class InboxCodec {
  private InboxCodec() {}

  static Item item(Inbox inbox, long version) {
    Item item =
        Item.of(Keys.inbox(inbox.id()), Keys.META)
            .text("id", inbox.id())
            .text("accountId", inbox.accountId())
            .text("username", inbox.username())
            .text("domain", inbox.domain())
            .text("displayName", inbox.displayName())
            .text("status", inbox.status().name())
            .text("clientId", inbox.clientId())
            .pairs("metadata", inbox.metadata())
            .texts("allow", inbox.receiveRules().allow())
            .texts("block", inbox.receiveRules().block())
            .time("createdAt", inbox.createdAt())
            .time("updatedAt", inbox.updatedAt())
            .time("deletedAt", inbox.deletedAt())
            .number("version", version);
    inbox.dailySendLimit().ifPresent(limit -> item.number("dailySendLimit", limit));
    return item;
  }

  static Inbox inbox(Item item) {
    return new Inbox(
        item.text("id"),
        item.text("accountId"),
        item.text("username"),
        item.text("domain"),
        item.optionalText("displayName"),
        Inbox.Status.valueOf(item.text("status")),
        item.optionalText("clientId"),
        item.pairs("metadata"),
        item.has("dailySendLimit")
            ? OptionalInt.of((int) item.number("dailySendLimit"))
            : OptionalInt.empty(),
        new ReceiveRules(item.texts("allow"), item.texts("block")),
        item.time("createdAt"),
        item.optionalTime("updatedAt"),
        item.optionalTime("deletedAt"));
  }
}
