package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * How many requests a key may make: as many as the burst within the time in which the rate gives as
 * many, for instance 100 in five seconds. One plain update a request counts it; where the rate is
 * off nothing is asked.
 */
public final class RequestRate {
  private static final Logger LOG = LoggerFactory.getLogger(RequestRate.class);
  private static final String ASKED = "ASKED";
  private static final int BURST = 100;
  private static final Duration KEPT = Duration.ofMinutes(10);
  private final Table work;
  private final OptionalInt aSecond;
  private final int burst;

  /**
   * @param aSecond requests a second over time; empty where the rate is off
   */
  public RequestRate(Table work, OptionalInt aSecond, int burst) {
    this.work = requireNonNull(work, "work is null");
    this.aSecond = requireNonNull(aSecond, "aSecond is null");
    this.burst = burst;
  }

  /** As {@code REQUEST_RATE} and {@code REQUEST_BURST} have it. */
  public static RequestRate of(Table work, Map<String, String> environment) {
    return new RequestRate(
        work,
        number(environment, "REQUEST_RATE"),
        number(environment, "REQUEST_BURST").orElse(BURST));
  }

  /** Counts a request; how long to wait where there are too many. */
  public Optional<Duration> refuse(String keyId, Instant now) {
    if (aSecond.isEmpty()) {
      return Optional.empty();
    }
    long length = burst * 1_000L / aSecond.getAsInt();
    long window = now.toEpochMilli() / length;
    return count(keyId, window, now) <= burst
        ? Optional.empty()
        : Optional.of(Duration.between(now, Instant.ofEpochMilli((window + 1) * length)));
  }

  private long count(String keyId, long window, Instant now) {
    try {
      return Item.read(
              work.dynamoDb()
                  .updateItem(update ->
                      update
                          .tableName(work.name())
                          .key(Item.key(Keys.requests(keyId, window), ASKED))
                          .updateExpression("ADD n :one SET expires_at = :expiry")
                          .expressionAttributeValues(
                              Map.of(
                                  ":one", number(1),
                                  ":expiry", number(now.plus(KEPT).getEpochSecond())))
                          .returnValues(ReturnValue.UPDATED_NEW))
                  .attributes())
          .number("n");
    } catch (SdkException e) {
      // A limit that cannot be looked at keeps nobody out.
      LOG.warn("a request of {} is not counted", keyId, e);
      return 0;
    }
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private static OptionalInt number(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    return value.isBlank() || value.equals("off")
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(value));
  }
}
