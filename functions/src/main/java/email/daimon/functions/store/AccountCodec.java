package email.daimon.functions.store;

import email.daimon.model.Account;
import email.daimon.model.Account.ThreadFeed;
import email.daimon.model.AccountStatus;
import email.daimon.model.EventShards;
import email.daimon.model.ReceiveRules;
import email.daimon.model.Subscription;
import email.daimon.model.Tier;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An account, {@code A#id / META}, and its place in the list of accounts. */
final class AccountCodec {
  static final String CUSTOMER_ID = "customerId";
  static final String EVENT_SHARDS = "eventShardsSince";
  static final String SUBSCRIPTION_STATUS = "subscriptionStatus";
  static final String ALLOW = "allow";
  static final String BLOCK = "block";
  static final String TENANT = "tenant";

  private AccountCodec() {}

  /** Its place in the list: META items lie in a partition each and cannot be listed. */
  static Item place(Account account) {
    return Item.of(Keys.accountList(account.id()), account.id());
  }

  static Item item(Account account) {
    return Item.of(Keys.account(account.id()), Keys.META)
        .text("id", account.id())
        .text("tier", account.tier().name())
        .text(CUSTOMER_ID, account.subscription().customerId())
        .text(SUBSCRIPTION_STATUS, account.subscription().status())
        .text("status", account.status().name())
        .time("createdAt", account.createdAt())
        .number("inboxCount", account.inboxCount())
        .number("feedOldest", account.feed().oldestGeneration())
        .number("feedGeneration", account.feed().generation())
        .number("feedShards", account.feed().shards())
        .pairs(EVENT_SHARDS, eventShards(account.eventShards()))
        .texts(ALLOW, account.receiveRules().allow())
        .texts(BLOCK, account.receiveRules().block())
        .text(TENANT, account.tenant());
  }

  static Account account(Item item) {
    return new Account(
        item.text("id"),
        Tier.valueOf(item.text("tier")),
        new Subscription(item.optionalText(CUSTOMER_ID), item.optionalText(SUBSCRIPTION_STATUS)),
        AccountStatus.valueOf(item.text("status")),
        item.time("createdAt"),
        (int) item.number("inboxCount"),
        new ThreadFeed(
            (int) item.number("feedOldest"),
            (int) item.number("feedGeneration"),
            (int) item.number("feedShards")),
        eventShards(item.pairs(EVENT_SHARDS)),
        new ReceiveRules(item.texts(ALLOW), item.texts(BLOCK)),
        item.optionalText(TENANT));
  }

  /** The attribute {@link #EVENT_SHARDS} alone. */
  static AttributeValue shards(EventShards shards) {
    return Item.map(eventShards(shards));
  }

  private static Map<String, String> eventShards(EventShards shards) {
    Map<String, String> pairs = new TreeMap<>();
    shards.since().forEach((day, number) -> pairs.put(day.toString(), number.toString()));
    return pairs;
  }

  private static EventShards eventShards(Map<String, String> pairs) {
    NavigableMap<LocalDate, Integer> since = new TreeMap<>();
    pairs.forEach((day, number) -> since.put(LocalDate.parse(day), Integer.valueOf(number)));
    return new EventShards(since);
  }
}
