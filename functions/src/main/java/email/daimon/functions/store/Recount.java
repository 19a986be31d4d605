package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.BulkChanges.Chunk;
import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.Account;
import email.daimon.model.InboxCounters;
import email.daimon.model.MailThread;
import email.daimon.policy.FeedSpread;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The nightly recount. The counters of each inbox that something was stored in since the last one
 * are held against the heads of its threads, which every commit changes together with them; drift
 * is told to the operator and mended, on the condition that the counters are still those that were
 * held. An inbox that does not stand still long enough is left for the next night. What accounts
 * with many inboxes have altogether is added up on the way.
 */
public final class Recount {
  private static final Logger LOG = LoggerFactory.getLogger(Recount.class);
  private static final Duration SINCE_THE_LAST = Duration.ofHours(25);
  private static final int INBOXES_A_CHUNK = 100;
  private static final int HEADS_A_PAGE = 1_000;
  private static final int TRIES = 3;
  private final Table mail;
  private final ThreadReads threads;
  private final Accounts accounts;
  private final Inboxes inboxes;
  private final AccountTotals totals;
  private final FeedGrowth growth;
  private final Transactions transactions;
  private final InstantSource clock;

  public Recount(
      Table mail,
      Accounts accounts,
      Inboxes inboxes,
      AccountTotals totals,
      FeedGrowth growth,
      Transactions transactions,
      InstantSource clock) {
    this.mail = requireNonNull(mail, "mail is null");
    this.threads = new ThreadReads(mail);
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.inboxes = requireNonNull(inboxes, "inboxes is null");
    this.totals = requireNonNull(totals, "totals is null");
    this.growth = requireNonNull(growth, "growth is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Where a recount has come to: within an account, or behind one where {@code place} is empty. */
  private record Position(String accountId, String place, long threads, long events) {
    static Position parse(String text) {
      String[] parts = text.split(" ", -1);
      return new Position(parts[0], parts[1], Long.parseLong(parts[2]), Long.parseLong(parts[3]));
    }

    String text() {
      return accountId + " " + place + " " + threads + " " + events;
    }
  }

  /** Recounts the next inboxes, from the position that an earlier chunk gave. */
  public Chunk next(Optional<String> position) {
    Position at = position.map(Position::parse).orElseGet(() -> new Position("", "", 0, 0));
    int left = INBOXES_A_CHUNK;
    while (left > 0) {
      Optional<Account> account =
          at.place().isEmpty()
              ? accounts.list(at.accountId(), 1).stream().findFirst()
              : accounts.find(at.accountId());
      if (account.isEmpty()) {
        return new Chunk(0, Optional.empty(), List.of());
      }
      Inboxes.Page page = inboxes.list(account.get().id(), at.place(), left);
      long threads = at.place().isEmpty() ? 0 : at.threads();
      long events = at.place().isEmpty() ? 0 : at.events();
      for (Inboxes.Row row : page.rows()) {
        threads += recount(row);
        events += row.counters().sequence();
      }
      if (page.next().isEmpty() && account.get().inboxCount() > AccountTotals.MOST_ADDED_UP) {
        totals
            .keep(account.get().id(), threads, events, clock.instant())
            .ifPresent(aDay -> spread(account.get(), aDay));
      }
      at = new Position(account.get().id(), page.next().orElse(""), threads, events);
      // An account without an inbox is looked at too.
      left -= Math.max(1, page.rows().size());
    }
    return new Chunk(0, Optional.of(at.text()), List.of());
  }

  private void spread(Account account, double eventsADay) {
    int partitions = FeedSpread.partitions(eventsADay);
    if (partitions > account.feed().shards()) {
      LOG.info(
          "account {}: {} events a day over {} partitions", account.id(), eventsADay, partitions);
      growth.grow(account.id(), partitions);
    }
  }

  private long recount(Inboxes.Row row) {
    Instant changed = Instant.ofEpochMilli(row.counters().inboxTime());
    return changed.isAfter(clock.instant().minus(SINCE_THE_LAST))
        ? recount(row.inbox().id())
        : row.counters().threads();
  }

  private long recount(String inboxId) {
    for (int tries = 0; tries < TRIES; tries++) {
      InboxCounters before = inboxes.counters(inboxId);
      Counted counted = count(inboxId);
      if (inboxes.counters(inboxId).version() == before.version()) {
        if (!counted.equals(Counted.of(before))) {
          mend(inboxId, before, counted);
        }
        return counted.threads();
      }
    }
    LOG.info("inbox {} does not stand still: it is recounted another night", inboxId);
    return inboxes.counters(inboxId).threads();
  }

  private record Counted(long messages, long unread, long threads) {
    static Counted of(InboxCounters counters) {
      return new Counted(counters.messages(), counters.unread(), counters.threads());
    }

    Counted and(MailThread head) {
      return new Counted(
          messages + head.inbound(), unread + head.unread(), threads + (head.listed() ? 1 : 0));
    }
  }

  // Heads that were deleted or merged away count nothing any more.
  private Counted count(String inboxId) {
    Counted counted = new Counted(0, 0, 0);
    Optional<String> place = Optional.empty();
    do {
      ThreadReads.Heads heads = threads.heads(inboxId, place, HEADS_A_PAGE);
      for (MailThread head : heads.threads()) {
        counted = counted.and(head);
      }
      place = heads.next();
    } while (place.isPresent());
    return counted;
  }

  private void mend(String inboxId, InboxCounters before, Counted counted) {
    // An alarm matches these words.
    LOG.warn("metric CounterDrift inbox {} has {} but counts {}", inboxId, counted, before);
    boolean mended =
        transactions.run(() -> {
          Optional<Item> seq = mail.get(Keys.inbox(inboxId), Keys.SEQ);
          if (seq.isEmpty() || seq.get().number("version") != before.version()) {
            return new Attempt.Done<>(false);
          }
          UnitOfWork work = new UnitOfWork();
          work.update(
              mail,
              Item.key(Keys.inbox(inboxId), Keys.SEQ),
              "SET messages = :messages, unread = :unread, threads = :threads ADD version :one",
              "version = :read",
              Map.of(
                  ":messages", number(counted.messages()),
                  ":unread", number(counted.unread()),
                  ":threads", number(counted.threads()),
                  ":one", number(1),
                  ":read", number(before.version())),
              Map.of());
          return new Attempt.Write<>(work, true);
        });
    if (!mended) {
      LOG.info("inbox {} has moved on: it is recounted another night", inboxId);
    }
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
