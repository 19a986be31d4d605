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
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What may be sent: an account's and an inbox's recipients a day, from 00:00 UTC, a thread's mails
 * an hour, an account's mails a minute. A mail takes its part in the transaction that stores or
 * releases it, on the condition that there is room: no number of callers at once passes a limit,
 * and no kill leaves counted what was not stored.
 */
public final class SendQuota {
  private static final String SENT = "SENT";
  static final String ASKED = "ASKED";
  private static final int SPREAD = 16;
  private static final Duration DAYS_KEPT = Duration.ofDays(9);
  private static final Duration HOURS_KEPT = Duration.ofDays(1);
  private final Table work;

  public SendQuota(Table work) {
    this.work = requireNonNull(work, "work is null");
  }

  /** Which limit is in the way. */
  public enum Limit {
    ACCOUNT,
    INBOX,
    THREAD,
    AUTOMATIC,
    BURST;

    /** Whether it begins anew at 00:00 UTC. */
    public boolean ofDay() {
      return this == ACCOUNT || this == INBOX;
    }
  }

  /**
   * What a mail needs.
   *
   * @param at when it takes it
   * @param account recipients a day that the account may have; empty for no limit
   * @param inbox likewise of the inbox
   * @param thread mails an hour, where the mail is one of a thread that exists
   * @param automatic answers an hour to what machines sent by themselves, where it is one
   * @param burst mails that the account may still ask for in this minute
   */
  public record Need(
      Instant at,
      String accountId,
      OptionalInt account,
      String inboxId,
      OptionalInt inbox,
      Optional<Hourly> thread,
      Optional<Hourly> automatic,
      OptionalInt burst,
      int recipients) {
    public Need {
      requireNonNull(at, "at is null");
      requireNonNull(accountId, "accountId is null");
      requireNonNull(inboxId, "inboxId is null");
    }

    /** What its row remembers of it. */
    public Counted counted() {
      return new Counted(
          at.truncatedTo(ChronoUnit.DAYS), recipients, inbox.isPresent(), account.isEmpty());
    }
  }

  /** At most {@code most} an hour in a thread. */
  public record Hourly(String threadId, int most) {}

  /** A limit that is used up; nothing is counted. */
  public record Exhausted(Limit which, int most) {}

  /** Adds to a transaction that a mail takes what it needs. */
  void take(UnitOfWork unit, Need need, String messageId) {
    for (Line line : lines(need)) {
      Map<String, AttributeValue> values = new HashMap<>();
      values.put(":n", number(line.n));
      Duration kept = line.limit.ofDay() ? DAYS_KEPT : HOURS_KEPT;
      values.put(":expiry", number(need.at.plus(kept).getEpochSecond()));
      String condition = "";
      if (line.most.isPresent()) {
        condition = "attribute_not_exists(n) OR n <= :room";
        values.put(":room", number((long) line.most.getAsInt() - line.n));
      }
      unit.update(
          work,
          Item.key(line.pk, line.most.isPresent() ? line.sk : spread(line.sk, messageId)),
          "ADD n :n SET expires_at = :expiry",
          condition,
          values,
          Map.of());
    }
  }

  /** What no waiting helps against: more recipients than a limit allows at all. */
  Optional<Exhausted> tooMany(Need need) {
    return lines(need).stream()
        .filter(line -> line.most.isPresent() && line.n > line.most.getAsInt())
        .findFirst()
        .map(Line::exhausted);
  }

  /** The limit that leaves no room, as the counters are now. */
  public Optional<Exhausted> exhausted(Need need) {
    List<Line> limited = lines(need).stream().filter(line -> line.most.isPresent()).toList();
    Map<String, Long> taken =
        work.getAll(limited.stream().map(line -> Item.key(line.pk, line.sk)).toList()).stream()
            .collect(Collectors.toMap(item -> item.text("pk"), item -> item.number("n")));
    return limited.stream()
        .filter(line -> taken.getOrDefault(line.pk, 0L) + line.n > line.most.orElseThrow())
        .findFirst()
        .map(Line::exhausted);
  }

  /** Recipients of a day so far, of an account or an inbox. */
  public long used(String id, Instant now) {
    return used(work, id, now);
  }

  static long used(Table work, String id, Instant now) {
    return work
        .query(query ->
            query
                .keyConditionExpression("pk = :pk AND begins_with(sk, :sent)")
                .expressionAttributeValues(
                    Map.of(
                        ":pk", AttributeValue.fromS(Keys.sends(id, now)),
                        ":sent", AttributeValue.fromS(SENT)))
                .consistentRead(true))
        .items()
        .stream()
        .mapToLong(item -> Item.read(item).number("n"))
        .sum();
  }

  /** Adds to a transaction that a mail was not sent after all. */
  void giveBack(UnitOfWork unit, String accountId, String inboxId, Counted counted) {
    giveBackOne(unit, accountId, counted.spread() ? SENT + "#0" : SENT, counted);
    if (counted.byInbox()) {
      giveBackOne(unit, inboxId, SENT, counted);
    }
  }

  private void giveBackOne(UnitOfWork unit, String id, String sk, Counted counted) {
    unit.update(
        work,
        Item.key(Keys.sends(id, counted.day()), sk),
        "ADD n :back",
        "",
        Map.of(":back", number(-counted.recipients())),
        Map.of());
  }

  private record Line(Limit limit, String pk, String sk, int n, OptionalInt most) {
    Exhausted exhausted() {
      return new Exhausted(limit, most.orElseThrow());
    }
  }

  // In the order of refusals: what is a conflict comes before what is a rate.
  private static List<Line> lines(Need need) {
    Instant hour = need.at.truncatedTo(ChronoUnit.HOURS);
    List<Line> lines = new ArrayList<>();
    need.thread.ifPresent(
        thread -> lines.add(hourly(Limit.THREAD, thread.threadId, thread.most, hour)));
    need.automatic.ifPresent(
        thread -> lines.add(hourly(Limit.AUTOMATIC, "auto#" + thread.threadId, thread.most, hour)));
    if (need.burst.isPresent()) {
      lines.add(new Line(Limit.BURST, Keys.burst(need.accountId, need.at), ASKED, 1, need.burst));
    }
    lines.add(daily(Limit.ACCOUNT, need.accountId, need.account, need));
    if (need.inbox.isPresent()) {
      lines.add(daily(Limit.INBOX, need.inboxId, need.inbox, need));
    }
    return lines;
  }

  private static Line hourly(Limit limit, String id, int most, Instant hour) {
    return new Line(limit, Keys.hourlySends(id, hour), SENT, 1, OptionalInt.of(most));
  }

  private static Line daily(Limit limit, String id, OptionalInt most, Need need) {
    return new Line(limit, Keys.sends(id, need.at), SENT, need.recipients, most);
  }

  // Where nothing is limited nothing has to be in one place: an account of many senders has no
  // item that all of them change.
  private static String spread(String sk, String messageId) {
    return sk + "#" + Keys.shard(messageId, SPREAD);
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
