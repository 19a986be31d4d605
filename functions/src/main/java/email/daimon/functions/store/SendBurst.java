package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalLong;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How many mails an account may ask to be sent within a rolling minute. Of the minute before as
 * much counts as lies within sixty seconds: exact enough, and one conditional write.
 */
public final class SendBurst {
  private static final String ASKED = "ASKED";
  private static final Duration KEPT = Duration.ofMinutes(10);
  private final Table work;
  private final Transactions transactions;

  public SendBurst(Table work, Transactions transactions) {
    this.work = requireNonNull(work, "work is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
  }

  /** Counts one more, or tells how long to wait. */
  public OptionalLong take(String accountId, String name, int most, Instant now) {
    Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
    long passed = Duration.between(minute, now).toMillis();
    long before =
        work.get(Keys.burst(accountId, minute.minus(1, ChronoUnit.MINUTES)), ASKED)
            .map(item -> item.number("n"))
            .orElse(0L);
    long room = most - (before * (60_000 - passed) + 59_999) / 60_000;
    if (room > 0) {
      UnitOfWork unit = new UnitOfWork();
      unit.update(
          work,
          Item.key(Keys.burst(accountId, minute), ASKED),
          "ADD n :one SET expires_at = :expiry",
          "attribute_not_exists(n) OR n < :room",
          Map.of(
              ":one", number(1),
              ":room", number(room),
              ":expiry", number(now.plus(KEPT).getEpochSecond())),
          Map.of());
      if (transactions.commitOnce(unit, Hash.sha256("burst", name).substring(0, 32)).isEmpty()) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(Math.max(1, (60_000 - passed + 999) / 1_000));
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
