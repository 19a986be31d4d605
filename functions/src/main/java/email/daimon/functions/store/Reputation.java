package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.policy.SendTally;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * What became of an account's mail: in all, and of the last days' by the day that it was sent on,
 * in one item of the account's own. One plain update, after the commit that changed recipients: it
 * holds no mail up and is part of no transaction. Killed in between, or failing, it counts too
 * little; an update whose answer was lost is made again by the SDK and may count twice.
 */
public final class Reputation {
  private static final Logger LOG = LoggerFactory.getLogger(Reputation.class);
  private static final String ITEM = "SENDS";
  private static final String SENT = "sent";
  private static final String BOUNCED = "bounced";
  private static final String COMPLAINTS = "complaints";
  private static final String REVIEWED_AT = "reviewedAt";
  private static final String JUDGED = "judged";
  private static final List<String> COUNTERS = List.of(SENT, BOUNCED, COMPLAINTS);
  private static final int DAYS = 7;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);
  private final Table work;
  private final AccountChanges changes;

  public Reputation(Table mail, Table work, Transactions transactions) {
    this.work = requireNonNull(work, "work is null");
    this.changes =
        new AccountChanges(
            requireNonNull(mail, "mail is null"),
            work,
            requireNonNull(transactions, "transactions"));
  }

  /**
   * Counts what steps have changed, which are committed, and has the account looked at if need be.
   *
   * @param sentAt when the transport took the mails, or the oldest of them
   */
  void count(String accountId, SendTally more, Instant sentAt, Instant now) {
    if (more.equals(SendTally.NONE)) {
      return;
    }
    try {
      Optional<Item> item = add(accountId, more, sentAt);
      if (item.isPresent()) {
        forget(accountId, item.get(), now);
        boolean worse = more.bounced() + more.complaints() > 0;
        if (worse && lately(item.get(), now).tooMuch()) {
          review(accountId, now);
        }
      }
    } catch (SdkException | DeferredException e) {
      // The step itself is stored: to fail now would have it reported again, and change nothing.
      LOG.error("{}: {} could not be counted", accountId, more, e);
    }
  }

  /** Of all it has ever sent. */
  SendTally total(String accountId) {
    return item(accountId).map(item -> tally(item, "")).orElse(SendTally.NONE);
  }

  /** What the account was put under review for; else of its last seven days. */
  SendTally judged(String accountId, Instant now) {
    return item(accountId)
        .map(item ->
            item.item(JUDGED).map(judged -> tally(judged, "")).orElseGet(() -> lately(item, now)))
        .orElse(SendTally.NONE);
  }

  /** Somebody has looked at it: from now on only what is sent later speaks against it. */
  void restart(String accountId, Instant now) {
    List<String> names = new ArrayList<>(item(accountId).map(Reputation::days).orElse(List.of()));
    names.add(JUDGED);
    Map<String, String> aliases = aliases(names);
    work.dynamoDb()
        .updateItem(update ->
            update
                .tableName(work.name())
                .key(key(accountId))
                .updateExpression(
                    "SET " + REVIEWED_AT + " = :now REMOVE " + String.join(", ", aliases.keySet()))
                .expressionAttributeNames(aliases)
                .expressionAttributeValues(Map.of(":now", number(now.toEpochMilli()))));
  }

  private void review(String accountId, Instant now) {
    Optional<SendTally> judged =
        changes.review(
            accountId,
            () -> item(accountId).map(item -> lately(item, now)).orElse(SendTally.NONE),
            now);
    if (judged.isEmpty()) {
      return;
    }
    LOG.warn("{} is under review: {}", accountId, judged.get());
    Item figures =
        Item.nested()
            .number(SENT, judged.get().sent())
            .number(BOUNCED, judged.get().bounced())
            .number(COMPLAINTS, judged.get().complaints());
    work.dynamoDb()
        .updateItem(update ->
            update
                .tableName(work.name())
                .key(key(accountId))
                .updateExpression("SET " + JUDGED + " = :figures")
                .expressionAttributeValues(
                    Map.of(":figures", AttributeValue.fromM(figures.attributes()))));
  }

  /** The item as it is then; empty where the mail is older than the last review. */
  private Optional<Item> add(String accountId, SendTally more, Instant sentAt) {
    try {
      return Optional.of(Item.read(update(accountId, more, Optional.of(sentAt)).attributes()));
    } catch (ConditionalCheckFailedException _) {
      update(accountId, more, Optional.empty());
      return Optional.empty();
    }
  }

  private UpdateItemResponse update(String accountId, SendTally more, Optional<Instant> sentAt) {
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    List<String> adds = new ArrayList<>();
    Map.of(SENT, more.sent(), BOUNCED, more.bounced(), COMPLAINTS, more.complaints())
        .forEach((counter, n) -> {
          if (n > 0) {
            values.put(":" + counter, number(n));
            adds.add(counter + " :" + counter);
            sentAt.ifPresent(at -> {
              names.put("#" + counter, counter + DAY.format(at));
              adds.add("#" + counter + " :" + counter);
            });
          }
        });
    sentAt.ifPresent(at -> values.put(":at", number(at.toEpochMilli())));
    return work.dynamoDb()
        .updateItem(update -> {
          update
              .tableName(work.name())
              .key(key(accountId))
              .updateExpression("ADD " + String.join(", ", adds))
              .expressionAttributeValues(values)
              .returnValues(ReturnValue.ALL_NEW);
          if (sentAt.isPresent()) {
            update
                .expressionAttributeNames(names)
                .conditionExpression(
                    "attribute_not_exists(" + REVIEWED_AT + ") OR " + REVIEWED_AT + " < :at");
          }
        });
  }

  // Once a day for each account that sends: the item stays small.
  private void forget(String accountId, Item item, Instant now) {
    String from = firstDay(now);
    List<String> old = days(item).stream().filter(name -> dayOf(name).compareTo(from) < 0).toList();
    if (old.isEmpty()) {
      return;
    }
    Map<String, String> aliases = aliases(old);
    work.dynamoDb()
        .updateItem(update ->
            update
                .tableName(work.name())
                .key(key(accountId))
                .updateExpression("REMOVE " + String.join(", ", aliases.keySet()))
                .expressionAttributeNames(aliases));
  }

  private static SendTally lately(Item item, Instant now) {
    String from = firstDay(now);
    return days(item).stream()
        .map(Reputation::dayOf)
        .filter(day -> day.compareTo(from) >= 0)
        .distinct()
        .map(day -> tally(item, day))
        .reduce(SendTally.NONE, SendTally::plus);
  }

  /** The names of the attributes that count one day. */
  private static List<String> days(Item item) {
    return item.attributes().keySet().stream()
        .filter(name -> COUNTERS.stream().anyMatch(counter -> name.matches(counter + "\\d{8}")))
        .toList();
  }

  private static String dayOf(String name) {
    return name.substring(name.length() - 8);
  }

  private static String firstDay(Instant now) {
    return DAY.format(now.minus(Duration.ofDays(DAYS - 1)));
  }

  private static SendTally tally(Item item, String day) {
    return new SendTally(
        item.number(SENT + day), item.number(BOUNCED + day), item.number(COMPLAINTS + day));
  }

  private Optional<Item> item(String accountId) {
    return work.get(Keys.reputation(accountId), ITEM);
  }

  private static Map<String, AttributeValue> key(String accountId) {
    return Item.key(Keys.reputation(accountId), ITEM);
  }

  private static Map<String, String> aliases(List<String> names) {
    Map<String, String> aliases = new HashMap<>();
    names.forEach(name -> aliases.put("#" + name, name));
    return aliases;
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
