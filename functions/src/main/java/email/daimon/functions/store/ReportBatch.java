package email.daimon.functions.store;

import email.daimon.functions.store.SendChanges.LazyLedger;
import email.daimon.functions.store.SendChanges.Step;
import email.daimon.model.Account;
import email.daimon.model.DeliveryNews;
import email.daimon.model.InboxCounters;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.model.Outgoing;
import email.daimon.policy.DeliveryReports;
import email.daimon.policy.DeliveryReports.Occurrence;
import email.daimon.policy.SendTally;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reports that came together: read in one batch, all of one mail one step, committed in one
 * transaction. What suppresses somebody, is about no mail of ours, does not fit or does not work at
 * the first try is left to be applied by itself.
 */
final class ReportBatch {
  private final Table mail;
  private final Transactions transactions;
  private final SendChanges changes;
  private final Reputation reputation;
  private final InstantSource clock;

  ReportBatch(
      Table mail,
      Transactions transactions,
      SendChanges changes,
      Reputation reputation,
      InstantSource clock) {
    this.mail = mail;
    this.transactions = transactions;
    this.changes = changes;
    this.reputation = reputation;
    this.clock = clock;
  }

  /** Where a mail is. */
  private record Place(String accountId, String inboxId, MessageKey key) {
    static Place of(DeliveryNews news) {
      return new Place(news.tags().accountId(), news.tags().inboxId(), news.tags().message());
    }

    String inbox() {
      return Keys.inbox(inboxId);
    }
  }

  /** What is counted of an account when it is committed. */
  private record Counted(SendTally tally, Instant sentAt) {
    Counted plus(Counted other) {
      return new Counted(
          tally.plus(other.tally), sentAt.isBefore(other.sentAt) ? sentAt : other.sentAt);
    }
  }

  /** Applies reports, of each mail in their order; those are returned that are left. */
  List<DeliveryNews> apply(List<DeliveryNews> all) {
    Map<Place, List<DeliveryNews>> byMail = new LinkedHashMap<>();
    all.forEach(news -> byMail.computeIfAbsent(Place.of(news), _ -> new ArrayList<>()).add(news));
    byMail.values().removeIf(news -> news.stream().anyMatch(DeliveryReports::suppresses));
    Map<List<String>, Item> items = read(byMail.keySet());
    UnitOfWork work = new UnitOfWork();
    Map<String, LazyLedger> ledgers = new HashMap<>();
    Map<String, Counted> counted = new HashMap<>();
    Set<Place> done = new LinkedHashSet<>();
    byMail.forEach((place, news) -> {
      Optional<Account> account =
          item(items, Keys.account(place.accountId), Keys.META).map(AccountCodec::account);
      Optional<Message> read =
          item(items, place.inbox(), Keys.message(place.key))
              .map(MessageCodec::message)
              .filter(row -> row.outgoing().isPresent());
      if (account.isPresent() && read.isPresent()) {
        LazyLedger ledger =
            ledgers.computeIfAbsent(
                place.inboxId,
                id -> changes.ledger(account.get(), id, counters(items, place.inbox())));
        step(work, account.get(), read.get(), news, ledger)
            .ifPresent(more -> counted.merge(place.accountId, more, Counted::plus));
        done.add(place);
      }
    });
    ledgers.values().forEach(ledger -> ledger.commit(work));
    boolean committed =
        work.size() == 0
            || (work.size() <= UnitOfWork.MOST && transactions.together(List.of(work)));
    if (!committed) {
      return all;
    }
    counted.forEach(
        (accountId, more) -> reputation.count(accountId, more.tally, more.sentAt, clock.instant()));
    return all.stream().filter(news -> !done.contains(Place.of(news))).toList();
  }

  private Optional<Counted> step(
      UnitOfWork work, Account account, Message read, List<DeliveryNews> news, LazyLedger ledger) {
    Outgoing before = read.outgoing().orElseThrow();
    Outgoing way = before;
    List<Occurrence> events = new ArrayList<>();
    for (DeliveryNews one : news) {
      DeliveryReports.Outcome outcome = DeliveryReports.apply(way, one);
      way = outcome.outgoing();
      events.addAll(outcome.events());
    }
    if (way.equals(before) && events.isEmpty()) {
      return Optional.empty();
    }
    Message after = changes.fill(work, account, read, new Step(way, events), ledger);
    return Optional.of(
        new Counted(SendChanges.tally(before, after), way.acceptedAt().orElseGet(clock::instant)));
  }

  private Map<List<String>, Item> read(Set<Place> places) {
    Set<Map<String, AttributeValue>> keys = new LinkedHashSet<>();
    for (Place place : places) {
      keys.add(Item.key(Keys.account(place.accountId), Keys.META));
      keys.add(Item.key(place.inbox(), Keys.message(place.key)));
      keys.add(Item.key(place.inbox(), Keys.SEQ));
    }
    Map<List<String>, Item> items = new HashMap<>();
    mail.getAll(keys).forEach(item -> items.put(List.of(item.text("pk"), item.text("sk")), item));
    return items;
  }

  private static Optional<Item> item(Map<List<String>, Item> items, String pk, String sk) {
    return Optional.ofNullable(items.get(List.of(pk, sk)));
  }

  private static InboxCounters counters(Map<List<String>, Item> items, String inbox) {
    return item(items, inbox, Keys.SEQ).map(CountersCodec::counters).orElse(InboxCounters.NONE);
  }
}
