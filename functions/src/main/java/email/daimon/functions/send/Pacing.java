package email.daimon.functions.send;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Item;
import email.daimon.functions.store.Keys;
import email.daimon.functions.store.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Holds all workers together below the rate that SES allows: each second has a bucket of tokens in
 * the table {@code work}, one for each recipient, taken by one conditional update. SES counts
 * recipients, too, and drops what is beyond its rate.
 */
public final class Pacing {
  private static final Duration KEPT = Duration.ofHours(1);
  private final Table work;
  private final OptionalInt rate;
  private final InstantSource clock;

  /**
   * @param rate recipients a second; without it nothing is held up
   */
  public Pacing(Table work, OptionalInt rate, InstantSource clock) {
    this.work = requireNonNull(work, "work is null");
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
    try {
      var _ =
          work.dynamoDb()
              .updateItem(update ->
                  update
                      .tableName(work.name())
                      .key(Item.key(Keys.pace(now), Keys.META))
                      .updateExpression("SET expires_at = :expiry ADD taken :tokens")
                      .conditionExpression("attribute_not_exists(taken) OR taken <= :room")
                      .expressionAttributeValues(
                          Map.of(
                              ":expiry", number(now.plus(KEPT).getEpochSecond()),
                              ":tokens", number(tokens),
                              ":room", number(rate.getAsInt() - tokens))));
      return Optional.empty();
    } catch (ConditionalCheckFailedException _) {
      Instant next = Instant.ofEpochSecond(now.getEpochSecond() + 1);
      return Optional.of(Duration.between(now, next));
    }
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
