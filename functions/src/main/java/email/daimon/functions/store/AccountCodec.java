package email.daimon.functions.store;

import email.daimon.model.Account;
import email.daimon.model.Account.ThreadFeed;
import email.daimon.model.AccountStatus;
import email.daimon.model.Tier;

/** An account, {@code A#id / META}. */
final class AccountCodec {
  private AccountCodec() {}

  static Item item(Account account) {
    return Item.of(Keys.account(account.id()), Keys.META)
        .text("id", account.id())
        .text("tier", account.tier().name())
        .text("status", account.status().name())
        .time("createdAt", account.createdAt())
        .number("inboxCount", account.inboxCount())
        .number("feedOldest", account.feed().oldestGeneration())
        .number("feedGeneration", account.feed().generation())
        .number("feedShards", account.feed().shards())
        .number("eventShards", account.eventShards());
  }

  static Account account(Item item) {
    return new Account(
        item.text("id"),
        Tier.valueOf(item.text("tier")),
        AccountStatus.valueOf(item.text("status")),
        item.time("createdAt"),
        (int) item.number("inboxCount"),
        new ThreadFeed(
            (int) item.number("feedOldest"),
            (int) item.number("feedGeneration"),
            (int) item.number("feedShards")),
        (int) item.number("eventShards"));
  }
}
