package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.SendQuota.Need;
import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.Account;
import email.daimon.model.DeliveryNews;
import email.daimon.model.EventType;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.model.Outgoing;
import email.daimon.model.Outgoing.State;
import email.daimon.model.SendRecipient;
import email.daimon.model.SendRecipient.Status;
import email.daimon.model.Suppression;
import email.daimon.policy.DeliveryReports;
import email.daimon.policy.DeliveryReports.Occurrence;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Mails that are sent, as rows of table {@code mail} beside those that came in. */
public final class DynamoSends implements Sends {
  private final Table mail;
  private final Transactions transactions;
  private final DueIndex dueIndex;
  private final InstantSource clock;
  private final Turns turns = new Turns();
  private final Submissions submissions;
  private final SendChanges changes;
  private final SendClaims claims;
  private final ReportBatch reports;

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
    this.dueIndex = requireNonNull(dueIndex, "dueIndex is null");
    this.clock = requireNonNull(clock, "clock is null");
    submissions = new Submissions(mail, transactions, dueIndex, quota, clock);
    changes = new SendChanges(mail, transactions, dueIndex, quota, suppressions, reputation, clock);
    reports = new ReportBatch(mail, transactions, changes, reputation, clock);
    claims = new SendClaims(mail, transactions, changes, quota, clock);
  }

  ConditionalSends conditional() {
    return new ConditionalSends(mail, transactions, changes, new UnsentDrafts(mail, dueIndex));
  }

  @Override
  public Submitted submit(Submission.Ask ask, Function<List<Suppression>, Submission> made) {
    return turns.take(List.of(ask.inboxId()), () -> submissions.submit(ask, made));
  }

  @Override
  public Optional<Message> find(String inboxId, MessageKey key) {
    return mail.get(Keys.inbox(inboxId), Keys.message(key)).map(MessageCodec::message);
  }

  @Override
  public Optional<Task> find(SendJob job) {
    String inbox = Keys.inbox(job.inboxId());
    Map<String, Item> found =
        mail
            .getAll(
                List.of(
                    Item.key(Keys.account(job.accountId()), Keys.META),
                    Item.key(inbox, Keys.message(job.key())),
                    Item.key(inbox, Keys.body(job.key()))))
            .stream()
            .collect(Collectors.toMap(item -> item.text("sk"), Function.identity()));
    Optional<Message> message =
        Optional.ofNullable(found.get(Keys.message(job.key())))
            .map(MessageCodec::message)
            .filter(row -> row.outgoing().isPresent());
    return Optional.ofNullable(found.get(Keys.META))
        .map(AccountCodec::account)
        .flatMap(account ->
            message.map(row ->
                new Task(
                    account,
                    new Documents.Found(
                        row, Optional.ofNullable(found.get(Keys.body(job.key())))))));
  }

  @Override
  public Claim claim(Account account, Message read, String attempt, Optional<Need> need) {
    return claims.claim(account, read, attempt, need);
  }

  @Override
  public Optional<Message> attempting(Message claimed) {
    return claims.attempting(claimed);
  }

  @Override
  public Optional<Message> settle(
      Account account, Message attempted, Function<Outgoing, Outgoing> change) {
    String attempt = attempt(attempted);
    return changes.change(
        account,
        attempted,
        way -> {
          boolean ours = way.attempt().equals(attempt) && way.state() != State.CANCELLED;
          Outgoing next = ours ? change.apply(way) : way;
          return new SendChanges.Step(next, Outcomes.events(way, next));
        });
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
              way.revocable() || SendClaims.free(way, now)
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
  public List<DeliveryNews> reportTogether(List<DeliveryNews> news) {
    return reports.apply(news);
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
