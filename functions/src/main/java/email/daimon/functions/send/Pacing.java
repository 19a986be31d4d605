package email.daimon.functions.send;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Item;
import email.daimon.functions.store.Keys;
import email.daimon.functions.store.Table;
import email.daimon.functions.store.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Holds all workers together below the rate that SES allows: each second has a bucket of tokens in
 * the table {@code work}, one for each recipient, taken by one conditional update. SES counts
 * recipients, too, and drops what is beyond its rate.
 */
public final class Pacing {
  private static final Duration KEPT = Duration.ofHours(1);
  private final Table work;
  private final Transactions transactions;
  private final OptionalInt rate;
  private final InstantSource clock;

  /**
   * @param rate recipients a second; without it nothing is held up
   */
  public Pacing(Table work, Transactions transactions, OptionalInt rate, InstantSource clock) {
    this.work = requireNonNull(work, "work is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.rate = requireNonNull(rate, "rate is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Takes the tokens of a mail. One with more recipients than the rate takes a whole second.
   *
   * @return how long to wait before asking again; empty where the mail may go now
   */
  public Optional<Duration> take(int recipients) {
    if (rate.isEmpty()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    int tokens = Math.min(recipients, rate.getAsInt());
    boolean taken =
        transactions
            .updateIf(
                work,
                Item.key(Keys.pace(now), Keys.META),
                "SET expires_at = :expiry ADD taken :tokens",
                "attribute_not_exists(taken) OR taken <= :room",
                Map.of(
                    ":expiry", number(now.plus(KEPT).getEpochSecond()),
                    ":tokens", number(tokens),
                    ":room", number(rate.getAsInt() - tokens)),
                Map.of())
            .isPresent();
    return taken
        ? Optional.empty()
        : Optional.of(Duration.between(now, Instant.ofEpochSecond(now.getEpochSecond() + 1)));
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
