package email.daimon.functions.store;

import email.daimon.functions.store.Stored.Outcome;
import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.EventType;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.model.Tally;
import email.daimon.policy.InboundRate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Stores mails that come in: message, pointers, thread, counters and event in one transaction. */
final class Arrivals {
  private final Table mail;
  private final Transactions transactions;
  private final Jobs jobs;
  private final ConditionalSends conditional;
  private final InboundRate rate;
  private final InstantSource clock;
  private final Correspondents correspondents;
  private final Turns turns = new Turns();

  Arrivals(
      Table mail,
      Transactions transactions,
      Jobs jobs,
      ConditionalSends conditional,
      InboundRate rate,
      InstantSource clock) {
    this.mail = mail;
    this.correspondents = new Correspondents(mail);
    this.transactions = transactions;
    this.jobs = jobs;
    this.conditional = conditional;
    this.rate = rate;
    this.clock = clock;
  }

  Stored store(Arrival arrival, Runnable objects) {
    return turns.take(
        List.of(arrival.inboxId()),
        () -> {
          InboxState first = transactions.run(() -> new Attempt.Done<>(read(arrival)));
          if (isNew(arrival, first)) {
            objects.run();
          }
          // The first attempt decides on what was just read; each further one reads again.
          Iterator<InboxState> seen = List.of(first).iterator();
          return transactions.run(
              () -> attempt(arrival, seen.hasNext() ? seen.next() : read(arrival)));
        });
  }

  Map<String, Stored> storeTogether(List<Arrival> arrivals, UnaryOperator<List<Arrival>> objects) {
    ArrivalBatch batch = new ArrivalBatch(arrivals);
    return turns.take(
        batch.inboxIds(),
        () -> {
          View view = View.read(mail, batch.arrivals());
          return batch.store(
              view,
              arrival -> isNew(arrival, InboxState.of(view, arrival)),
              objects,
              this::attempt,
              transactions);
        });
  }

  private InboxState read(Arrival arrival) {
    return InboxState.of(View.read(mail, List.of(arrival)), arrival);
  }

  private boolean isNew(Arrival arrival, InboxState state) {
    return !state.counters().closed()
        && state.name().isEmpty()
        && state.repeated(arrival, clock.instant()).isEmpty();
  }

  private Attempt<Stored> attempt(Arrival arrival, InboxState state) {
    if (state.name().isPresent()) {
      return new Attempt.Done<>(new Stored(Outcome.KNOWN, state.name().get(), List.of()));
    }
    if (state.counters().closed()) {
      return new Attempt.Done<>(new Stored(Outcome.CLOSED, arrival.message().key(), List.of()));
    }
    Instant now = clock.instant();
    Optional<MessageKey> repeated = state.repeated(arrival, now);
    return repeated.isPresent() ? duplicate(arrival, repeated.get()) : message(arrival, state, now);
  }

  private Attempt<Stored> duplicate(Arrival arrival, MessageKey original) {
    UnitOfWork work = new UnitOfWork();
    work.putNew(mail, NameCodec.item(arrival.inboxId(), arrival.message().id(), original));
    work.update(
        mail,
        Item.key(Keys.inbox(arrival.inboxId()), Keys.message(original)),
        "ADD duplicateCount :one, version :one",
        "attribute_exists(pk)",
        Map.of(":one", AttributeValue.fromN("1")),
        Map.of());
    return new Attempt.Write<>(work, new Stored(Outcome.DUPLICATE, original, List.of()));
  }

  private Attempt<Stored> message(Arrival arrival, InboxState state, Instant now) {
    UnitOfWork work = new UnitOfWork();
    InboxLedger ledger =
        new InboxLedger(mail, arrival.account(), arrival.inboxId(), state.counters(), now);
    long time = ledger.nextTime();
    Placement placement = Placement.of(arrival, state, Instant.ofEpochMilli(time));
    Message message =
        correspondents.judged(arrival, state, work).placed(time, placement.thread().id());
    announce(work, ledger, message);
    MailThread thread = placement.thread();
    List<Job> merges = new ArrayList<>();
    for (MailThread younger : placement.absorbed()) {
      thread = absorb(work, ledger, arrival, thread, younger, now);
      merges.add(jobs.request(work, Job.mergeThread(younger), now));
    }
    ledger.count(Tally.of(message));
    if (message.counted()) {
      ledger.received(message.storedAt());
    }
    work.put(mail, MessageCodec.item(message));
    work.put(mail, arrival.beside().item(arrival.inboxId(), message.key()));
    work.putNew(mail, NameCodec.item(arrival.inboxId(), message.id(), message.key()));
    CodesCodec.items(message).forEach(item -> work.put(mail, item));
    point(work, arrival, state, message);
    thread = answered(arrival, message, placement, thread.joinedBy(message), work, ledger);
    ledger.count(placement.thread(), thread);
    work.putVersion(
        mail, ThreadCodec.item(thread, arrival.account().feed()), placement.thread().version());
    ledger.commit(work);
    return new Attempt.Write<>(work, new Stored(Outcome.STORED, message.key(), merges));
  }

  // More than fits is taken back beforehand: this attempt then fails on the heads' versions.
  private MailThread answered(
      Arrival arrival,
      Message message,
      Placement placement,
      MailThread thread,
      UnitOfWork work,
      InboxLedger ledger) {
    if (message.flagged() || (thread.conditional().isEmpty() && thread.drafts().isEmpty())) {
      return thread;
    }
    ConditionalSends.Answered answered =
        conditional.answeredBy(message, thread, work, ledger, arrival.account());
    if (!answered.whole()) {
      Stream.concat(Stream.of(placement.thread()), placement.absorbed().stream())
          .forEach(
              head -> conditional.ahead(message, head.id(), arrival.account(), clock.instant()));
    }
    return answered.thread();
  }

  private MailThread absorb(
      UnitOfWork work,
      InboxLedger ledger,
      Arrival arrival,
      MailThread older,
      MailThread younger,
      Instant now) {
    MailThread away = younger.mergedAway(older.id(), now);
    ledger.count(younger, away);
    work.putVersion(mail, ThreadCodec.item(away, arrival.account().feed()), younger.version());
    ledger.append(
        work,
        EventType.THREAD_UPDATED,
        Optional.of(older.id()),
        Optional.empty(),
        Map.of("merged_from", younger.id()));
    return older.absorbing(younger, now);
  }

  private void announce(UnitOfWork work, InboxLedger ledger, Message message) {
    arrivalType(message.labels())
        .ifPresent(
            type -> ledger.appendArrival(work, type, message.threadId(), message.key(), rate));
  }

  // What the owner's rules keep out is nobody's news.
  private static Optional<EventType> arrivalType(Set<String> labels) {
    if (labels.contains(Message.BLOCKED)) {
      return Optional.empty();
    }
    if (labels.contains("virus")) {
      return Optional.of(EventType.MESSAGE_QUARANTINED);
    }
    boolean flagged = labels.stream().anyMatch(Message.FLAGS::contains);
    return Optional.of(flagged ? EventType.MESSAGE_FLAGGED : EventType.MESSAGE_RECEIVED);
  }

  private void point(UnitOfWork work, Arrival arrival, InboxState state, Message message) {
    String threadId = message.threadId();
    Instant at = message.storedAt();
    Pointer own =
        new Pointer(
            arrival.canonicalId(), threadId, Optional.of(message.key()), arrival.bodyHash(), at);
    Optional<Pointer> claimed = state.pointer(arrival.canonicalId());
    // A claim is for the ancestor that others named; a flagged mail may only pretend to be it.
    if (claimed.isEmpty() || (claimed.get().message().isEmpty() && !message.flagged())) {
      put(work, arrival, own, claimed);
    } else if (state.thread(arrival.canonicalId()).isEmpty()) {
      put(work, arrival, own, claimed);
    }
    if (!message.flagged()) {
      for (String id : arrival.claimed()) {
        if (state.thread(id).isEmpty()) {
          put(work, arrival, Pointer.claim(id, threadId, at), state.pointer(id));
        }
      }
    }
  }

  private void put(UnitOfWork work, Arrival arrival, Pointer pointer, Optional<Pointer> read) {
    Item item = pointer.item(arrival.inboxId());
    if (read.isEmpty()) {
      work.putNew(mail, item);
    } else {
      work.putIf(
          mail,
          item,
          "pointedAt = :read",
          Map.of(":read", AttributeValue.fromN(Long.toString(read.get().at().toEpochMilli()))));
    }
  }
}
