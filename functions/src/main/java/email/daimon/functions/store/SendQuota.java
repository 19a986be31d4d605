package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Outgoing.Counted;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What may be sent: an account's and an inbox's recipients a day, from 00:00 UTC, and a thread's
 * mails an hour. One conditional write takes all of it or nothing, so that no number of callers at
 * once passes a limit.
 */
public final class SendQuota {
  private static final String SENT = "SENT";
  private static final Duration KEPT = Duration.ofDays(9);
  private final Table work;
  private final Transactions transactions;

  public SendQuota(Table work, Transactions transactions) {
    this.work = requireNonNull(work, "work is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
  }

  /** Which limit is in the way. */
  public enum Limit {
    ACCOUNT,
    INBOX,
    THREAD,
    AUTOMATIC
  }

  /**
   * What a mail needs.
   *
   * @param name of the mail: asked for twice, it is counted once
   * @param account recipients a day that the account may have; empty for no limit
   * @param inbox likewise of the inbox
   * @param thread mails an hour, where the mail is one of a thread that exists
   * @param automatic answers an hour to what machines sent by themselves, where it is one
   */
  public record Need(
      String name,
      String accountId,
      OptionalInt account,
      String inboxId,
      OptionalInt inbox,
      Optional<Hourly> thread,
      Optional<Hourly> automatic,
      int recipients) {}

  /** At most {@code most} an hour in a thread. */
  public record Hourly(String threadId, int most) {}

  /** What came of asking. */
  public sealed interface Outcome {
    /** It is counted. */
    record Granted(Counted counted) implements Outcome {}

    /** One limit is used up; nothing is counted. */
    record Exhausted(Limit which, int most) implements Outcome {}
  }

  /** Takes what a mail needs, or tells what is used up. */
  public Outcome take(Need need, Instant now) {
    Instant day = now.truncatedTo(ChronoUnit.DAYS);
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line(
            Limit.ACCOUNT, Keys.sends(need.accountId(), day), need.recipients(), need.account()));
    if (need.inbox().isPresent()) {
      lines.add(
          new Line(Limit.INBOX, Keys.sends(need.inboxId(), day), need.recipients(), need.inbox()));
    }
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    need.thread()
        .ifPresent(thread ->
            lines.add(
                new Line(
                    Limit.THREAD,
                    Keys.hourlySends(thread.threadId(), hour),
                    1,
                    OptionalInt.of(thread.most()))));
    need.automatic()
        .ifPresent(thread ->
            lines.add(
                new Line(
                    Limit.AUTOMATIC,
                    Keys.hourlySends("auto#" + thread.threadId(), hour),
                    1,
                    OptionalInt.of(thread.most()))));
    for (Line line : lines) {
      if (line.most.isPresent() && line.most.getAsInt() < line.n) {
        return new Outcome.Exhausted(line.limit, line.most.getAsInt());
      }
    }
    UnitOfWork unit = new UnitOfWork();
    lines.forEach(line -> add(unit, line, day));
    // A token goes with exactly one unit: whatever the unit is made of is in it.
    String token = Hash.sha256(work.name(), need.name(), lines.toString()).substring(0, 32);
    OptionalInt refused = transactions.commitOnce(unit, token);
    if (refused.isPresent()) {
      Line line = lines.get(refused.getAsInt());
      return new Outcome.Exhausted(line.limit, line.most.orElse(0));
    }
    return new Outcome.Granted(new Counted(day, need.recipients(), need.inbox().isPresent()));
  }

  /** Recipients of a day so far, of an account or an inbox. */
  public long used(String id, Instant now) {
    return work.get(Keys.sends(id, now), SENT).map(item -> item.number("n")).orElse(0L);
  }

  /** Adds to a transaction that a mail was not sent after all. */
  public void giveBack(UnitOfWork unit, String accountId, String inboxId, Counted counted) {
    for (String id : counted.byInbox() ? List.of(accountId, inboxId) : List.of(accountId)) {
      unit.update(
          work,
          Item.key(Keys.sends(id, counted.day()), SENT),
          "ADD n :back",
          "",
          Map.of(":back", number(-counted.recipients())),
          Map.of());
    }
  }

  /** Gives back what was taken for a mail that was never stored. */
  public void giveBack(String accountId, String inboxId, Counted counted) {
    transactions.run(() -> {
      UnitOfWork unit = new UnitOfWork();
      giveBack(unit, accountId, inboxId, counted);
      return new Transactions.Attempt.Write<>(unit, true);
    });
  }

  private record Line(Limit limit, String pk, int n, OptionalInt most) {}

  private void add(UnitOfWork unit, Line line, Instant day) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":n", number(line.n));
    values.put(":expiry", number(day.plus(KEPT).getEpochSecond()));
    String condition = "";
    if (line.most.isPresent()) {
      condition = "attribute_not_exists(n) OR n <= :room";
      values.put(":room", number((long) line.most.getAsInt() - line.n));
    }
    unit.update(
        work,
        Item.key(line.pk, SENT),
        "ADD n :n SET expires_at = :expiry",
        condition,
        values,
        Map.of());
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
