package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.Account;
import email.daimon.model.DeliveryNews;
import email.daimon.model.EventType;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.model.Outgoing;
import email.daimon.model.Outgoing.Counted;
import email.daimon.model.Outgoing.State;
import email.daimon.model.SendRecipient;
import email.daimon.model.SendRecipient.Status;
import email.daimon.policy.DeliveryReports;
import email.daimon.policy.DeliveryReports.Occurrence;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Mails that are sent, as rows of table {@code mail} beside those that came in. */
public final class DynamoSends implements Sends {
  private final Table mail;
  private final Transactions transactions;
  private final InstantSource clock;
  private final Turns turns = new Turns();
  private final Submissions submissions;
  private final SendChanges changes;

  public DynamoSends(
      Table mail,
      Transactions transactions,
      DueIndex dueIndex,
      SendQuota quota,
      Suppressions suppressions,
      Reputation reputation,
      InstantSource clock) {
    this.mail = requireNonNull(mail, "mail is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.clock = requireNonNull(clock, "clock is null");
    submissions = new Submissions(mail, transactions, dueIndex, clock);
    changes = new SendChanges(mail, transactions, dueIndex, quota, suppressions, reputation, clock);
  }

  ConditionalSends conditional() {
    return new ConditionalSends(mail, changes);
  }

  @Override
  public Submitted submit(Submission submission) {
    return turns.take(
        List.of(submission.message().inboxId()), () -> submissions.submit(submission));
  }

  @Override
  public Optional<Message> find(String inboxId, MessageKey key) {
    return mail.get(Keys.inbox(inboxId), Keys.message(key)).map(MessageCodec::message);
  }

  @Override
  public Claim claim(Account account, SendJob job, String attempt, Optional<Counted> counted) {
    return transactions.run(() -> {
      Optional<Message> read = find(job.inboxId(), job.key());
      if (read.isEmpty() || read.get().outgoing().isEmpty()) {
        return new Attempt.Done<>(new Claim.Nothing("there is no such mail to send"));
      }
      return claim(account, read.get(), attempt, counted);
    });
  }

  private Attempt<Claim> claim(
      Account account, Message read, String attempt, Optional<Counted> counted) {
    Outgoing way = read.outgoing().orElseThrow();
    Instant now = clock.instant();
    boolean leased = way.leaseEnd().filter(end -> end.isAfter(now)).isPresent();
    return switch (way.state()) {
      case OUT, CANCELLED -> nothing("it is " + way.status());
      case SCHEDULED ->
          way.sendAt().filter(now::isBefore).isPresent() || counted.isEmpty()
              ? nothing("it is not due")
              : take(read, way.queued(way.due(), counted), attempt, now);
      case QUEUED -> take(read, way, attempt, now);
      case CLAIMED ->
          // A lost answer to our own claim shows our own attempt.
          way.attempt().equals(attempt)
              ? new Attempt.Done<>(new Claim.Mine(read))
              : leased ? nothing("another worker is at it") : take(read, way, attempt, now);
      case ATTEMPTING ->
          leased ? nothing("another worker is at it") : lost(account, read, way, now);
      case UNKNOWN -> announce(account, read, way, now);
    };
  }

  private static Attempt<Claim> nothing(String why) {
    return new Attempt.Done<>(new Claim.Nothing(why));
  }

  private Attempt<Claim> take(Message read, Outgoing way, String attempt, Instant now) {
    Instant lease = now.plus(LEASE);
    Message next = read.onItsWay(way.claimed(attempt, lease));
    UnitOfWork work = new UnitOfWork();
    changes.row(work, read, next);
    changes.move(work, read, next);
    return new Attempt.Write<>(work, new Claim.Mine(next));
  }

  // The worker that called the transport is gone: what it had for an answer is not known.
  private Attempt<Claim> lost(Account account, Message read, Outgoing way, Instant now) {
    Outgoing unknown = way.unknown(now.plus(UNTIL_UNKNOWN.minus(LEASE)));
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

  @Override
  public Optional<Message> attempting(Message claimed) {
    String attempt = attempt(claimed);
    return transactions.run(() -> {
      Optional<Message> read = find(claimed.inboxId(), claimed.key());
      Optional<Outgoing> way = read.flatMap(Message::outgoing);
      if (way.isEmpty() || !way.get().attempt().equals(attempt)) {
        return new Attempt.Done<>(Optional.empty());
      }
      return switch (way.get().state()) {
        case CLAIMED -> {
          Message next =
              read.get().onItsWay(way.get().attempting(way.get().leaseEnd().orElseThrow()));
          UnitOfWork work = new UnitOfWork();
          changes.row(work, read.get(), next);
          yield new Attempt.Write<>(work, Optional.of(next));
        }
        // A lost answer to this very mark: nobody else has this attempt.
        case ATTEMPTING -> new Attempt.Done<>(read);
        default -> new Attempt.Done<>(Optional.empty());
      };
    });
  }

  @Override
  public Optional<Message> settle(
      Account account, Message attempted, Function<Outgoing, Outgoing> change) {
    String attempt = attempt(attempted);
    return changes.change(
        account,
        attempted.inboxId(),
        attempted.key(),
        way ->
            way.attempt().equals(attempt) && way.state() != State.CANCELLED
                ? new SendChanges.Step(change.apply(way), Outcomes.events(way, change.apply(way)))
                : new SendChanges.Step(way, List.of()));
  }

  @Override
  public void release(Message claimed, Instant due) {
    String attempt = attempt(claimed);
    transactions.run(() -> {
      Optional<Message> read = find(claimed.inboxId(), claimed.key());
      Optional<Outgoing> way =
          read.flatMap(Message::outgoing)
              .filter(found -> found.attempt().equals(attempt))
              .filter(found -> found.state() == State.CLAIMED || found.state() == State.ATTEMPTING);
      if (way.isEmpty()) {
        return new Attempt.Done<>(false);
      }
      Message next = read.get().onItsWay(way.get().released(due));
      UnitOfWork work = new UnitOfWork();
      changes.row(work, read.get(), next);
      changes.move(work, read.get(), next);
      return new Attempt.Write<>(work, true);
    });
  }

  @Override
  public void fail(Account account, Message message, String reason) {
    Instant now = clock.instant();
    changes.change(
        account,
        message.inboxId(),
        message.key(),
        way -> {
          Outgoing next =
              way.revocable()
                  ? way.refused(one ->
                      one.reported(Status.FAILED, Optional.empty(), Optional.of(reason), now))
                  : way;
          return new SendChanges.Step(next, Outcomes.events(way, next));
        });
  }

  @Override
  public void park(SendJob job) {
    transactions.run(() -> {
      Optional<Message> read = find(job.inboxId(), job.key());
      Optional<Outgoing> way = read.flatMap(Message::outgoing);
      boolean due =
          way.filter(Outgoing::revocable)
              .filter(found -> found.sendAt().filter(clock.instant()::isBefore).isEmpty())
              .isPresent();
      if (!due) {
        return new Attempt.Done<>(false);
      }
      Message next = read.get().onItsWay(way.get().parked(PARKED));
      UnitOfWork work = new UnitOfWork();
      changes.row(work, read.get(), next);
      changes.move(work, read.get(), next);
      if (way.get().due().equals(PARKED)) {
        // A sweep may have taken its entry out, for a transport that is gone again.
        changes.putDue(work, next, PARKED);
      }
      return new Attempt.Write<>(work, true);
    });
  }

  @Override
  public boolean report(Account account, DeliveryNews news) {
    return changes
        .change(
            account,
            news.tags().inboxId(),
            news.tags().message(),
            way -> {
              DeliveryReports.Outcome outcome = DeliveryReports.apply(way, news);
              return new SendChanges.Step(outcome.outgoing(), outcome.events(), Optional.of(news));
            })
        .isPresent();
  }

  @Override
  public Optional<Message> cancel(Account account, String inboxId, MessageKey key) {
    return changes
        .change(
            account,
            inboxId,
            key,
            way ->
                way.revocable()
                    ? new SendChanges.Step(
                        way.cancelled(),
                        List.of(new Occurrence(EventType.MESSAGE_CANCELLED, way.recipients())))
                    : new SendChanges.Step(way, List.of()))
        .filter(message -> message.outgoing().orElseThrow().state() == State.CANCELLED);
  }

  @Override
  public Optional<Message> reschedule(
      Account account, String inboxId, MessageKey key, Instant sendAt) {
    return changes
        .change(
            account,
            inboxId,
            key,
            way ->
                way.state() == State.SCHEDULED
                    ? new SendChanges.Step(
                        way.rescheduled(sendAt),
                        List.of(new Occurrence(EventType.MESSAGE_SCHEDULED, way.recipients())))
                    : new SendChanges.Step(way, List.of()))
        .filter(message -> message.outgoing().orElseThrow().state() == State.SCHEDULED);
  }

  @Override
  public Optional<Message> resolve(
      Account account,
      String inboxId,
      MessageKey key,
      Function<SendRecipient, SendRecipient> word,
      boolean resend) {
    Instant now = clock.instant();
    return changes
        .change(
            account,
            inboxId,
            key,
            way -> {
              if (way.state() != State.UNKNOWN) {
                return new SendChanges.Step(way, List.of());
              }
              Outgoing next = resend ? way.again(now.plus(UNTIL_SWEPT), now) : way.refused(word);
              return new SendChanges.Step(
                  next, List.of(new Occurrence(EventType.MESSAGE_RESOLVED, next.recipients())));
            })
        .filter(message -> message.outgoing().orElseThrow().state() != State.UNKNOWN);
  }

  private static String attempt(Message message) {
    return message.outgoing().map(Outgoing::attempt).orElseThrow();
  }
}
