package email.daimon.functions.store;

import email.daimon.functions.store.SendQuota.Exhausted;
import email.daimon.functions.store.SendQuota.Need;
import email.daimon.functions.store.Sends.Claim;
import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.Account;
import email.daimon.model.EventType;
import email.daimon.model.Message;
import email.daimon.model.Outgoing;
import email.daimon.model.Outgoing.State;
import email.daimon.policy.DeliveryReports.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Lets one worker at a time be at a mail. A claim, and the mark before the call of the transport,
 * is one conditional put of the row as it was read; what is in the way shows what to do instead.
 */
final class SendClaims {
  /** How long after its time the sweep reads a due entry again. */
  private static final Duration READ_AGAIN = Duration.ofMinutes(1);

  private final Table mail;
  private final Transactions transactions;
  private final SendChanges changes;
  private final SendQuota quota;
  private final InstantSource clock;

  SendClaims(
      Table mail,
      Transactions transactions,
      SendChanges changes,
      SendQuota quota,
      InstantSource clock) {
    this.mail = mail;
    this.transactions = transactions;
    this.changes = changes;
    this.quota = quota;
    this.clock = clock;
  }

  Claim claim(Account account, Message read, String attempt, Optional<Need> need) {
    Message seen = read;
    Instant now = clock.instant();
    while (free(way(seen), now) && stillToBeSwept(way(seen), now)) {
      Outgoing way = way(seen);
      Put put = put(seen, seen.onItsWay(way.claimed(attempt, now.plus(Sends.LEASE), way.due())));
      if (put.done) {
        return new Claim.Mine(put.row.orElseThrow());
      }
      if (put.row.isEmpty()) {
        return new Claim.Nothing("it is gone");
      }
      seen = put.row.get();
    }
    return inFull(account, seen, attempt, need);
  }

  /** Marks that the transport is called now; empty where the claim is no longer ours. */
  Optional<Message> attempting(Message claimed) {
    String attempt = way(claimed).attempt();
    Optional<Message> seen = Optional.of(claimed);
    while (seen.filter(one -> is(one, State.CLAIMED, attempt)).isPresent()) {
      Message before = seen.get();
      Instant lease = way(before).leaseEnd().orElseThrow();
      Put put = put(before, before.onItsWay(way(before).attempting(lease)));
      if (put.done) {
        return put.row;
      }
      seen = put.row;
    }
    // A lost answer to this very mark: nobody else has this attempt.
    return seen.filter(one -> is(one, State.ATTEMPTING, attempt));
  }

  // What a put of the row alone does not do: move the due entry, take the quota, tell what is lost.
  private Claim inFull(Account account, Message seen, String attempt, Optional<Need> need) {
    Iterator<Message> first = List.of(seen).iterator();
    return transactions.run(() ->
        first.hasNext()
            ? decide(account, first.next(), attempt, need, need.flatMap(quota::tooMany))
            : find(seen)
                .map(row -> decide(account, row, attempt, need, need.flatMap(quota::exhausted)))
                .orElseGet(() -> nothing("it is gone")));
  }

  private Attempt<Claim> decide(
      Account account,
      Message read,
      String attempt,
      Optional<Need> need,
      Optional<Exhausted> exhausted) {
    Outgoing way = way(read);
    Instant now = clock.instant();
    return switch (way.state()) {
      case OUT, CANCELLED -> nothing("it is " + way.status());
      case SCHEDULED -> {
        if (way.sendAt().filter(now::isBefore).isPresent() || need.isEmpty()) {
          yield nothing("it is not due");
        }
        yield exhausted.isPresent()
            ? new Attempt.Done<>(new Claim.NothingLeft(exhausted.get()))
            : take(read, way.queued(way.due(), need.map(Need::counted)), attempt, need, now);
      }
      case QUEUED -> take(read, way, attempt, Optional.empty(), now);
      case CLAIMED -> {
        // A lost answer to our own claim shows our own attempt.
        if (way.attempt().equals(attempt)) {
          yield new Attempt.Done<>(new Claim.Mine(read));
        }
        yield free(way, now)
            ? take(read, way, attempt, Optional.empty(), now)
            : nothing("another worker is at it");
      }
      case ATTEMPTING ->
          leased(way, now) ? nothing("another worker is at it") : lost(account, read, way, now);
      case UNKNOWN -> announce(account, read, way, now);
    };
  }

  private Attempt<Claim> take(
      Message read, Outgoing way, String attempt, Optional<Need> need, Instant now) {
    Instant lease = now.plus(Sends.LEASE);
    Message next = read.onItsWay(way.claimed(attempt, lease, lease));
    UnitOfWork work = new UnitOfWork();
    changes.row(work, read, next);
    changes.move(work, read, next);
    need.ifPresent(one -> quota.take(work, one, read.id()));
    return new Attempt.Write<>(work, new Claim.Mine(next));
  }

  // The worker that called the transport is gone: what it had for an answer is not known.
  private Attempt<Claim> lost(Account account, Message read, Outgoing way, Instant now) {
    Outgoing unknown = way.unknown(now.plus(Sends.UNTIL_UNKNOWN.minus(Sends.LEASE)));
    return changes.write(
        account, read, unknown, List.of(), _ -> new Claim.Nothing("its answer was lost"));
  }

  private Attempt<Claim> announce(Account account, Message read, Outgoing way, Instant now) {
    if (way.due().isAfter(now) || way.due().equals(Instant.EPOCH)) {
      return nothing("it is unknown");
    }
    return changes.write(
        account,
        read,
        way.unknown(Instant.EPOCH),
        List.of(new Occurrence(EventType.MESSAGE_UNKNOWN, way.recipients())),
        _ -> new Claim.Nothing("it is unknown, and said to be"));
  }

  /** Whether no worker is at it: none has come, or one that is gone. */
  static boolean free(Outgoing way, Instant now) {
    return way.state() == State.QUEUED || (way.state() == State.CLAIMED && !leased(way, now));
  }

  private static boolean leased(Outgoing way, Instant now) {
    return way.leaseEnd().filter(end -> end.isAfter(now)).isPresent();
  }

  // The entry as it lies brings somebody back when the lease is over: it need not be moved.
  private static boolean stillToBeSwept(Outgoing way, Instant now) {
    Instant lease = now.plus(Sends.LEASE);
    return !way.due().isAfter(lease) && !way.due().plus(READ_AGAIN).isBefore(lease);
  }

  /**
   * What came of putting a row.
   *
   * @param row as it is now: ours, or what was in the way
   */
  private record Put(boolean done, Optional<Message> row) {}

  private Put put(Message read, Message next) {
    Optional<Item> inTheWay =
        transactions.putIf(
            mail,
            MessageCodec.item(next),
            "version = :read",
            Map.of(":read", AttributeValue.fromN(Long.toString(read.version()))));
    return inTheWay
        .map(item ->
            new Put(
                false, Optional.of(item).filter(one -> one.has("pk")).map(MessageCodec::message)))
        .orElseGet(() -> new Put(true, Optional.of(next)));
  }

  private Optional<Message> find(Message message) {
    return mail.get(Keys.inbox(message.inboxId()), Keys.message(message.key()))
        .map(MessageCodec::message);
  }

  private static boolean is(Message message, State state, String attempt) {
    return way(message).state() == state && way(message).attempt().equals(attempt);
  }

  private static Outgoing way(Message message) {
    return message.outgoing().orElseThrow();
  }

  private static Attempt<Claim> nothing(String why) {
    return new Attempt.Done<>(new Claim.Nothing(why));
  }
}
