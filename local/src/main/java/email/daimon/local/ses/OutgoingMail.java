package email.daimon.local.ses;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A mail that was taken to be sent, by SES or by a relay.
 *
 * @param id as SES makes them: a time, a UUID; they sort by time
 * @param acceptedMillis when, in milliseconds of the platform's clock
 * @param source the sender's address
 * @param outside those of the recipients whose mail leaves this machine
 * @param subject decoded
 * @param messageId that the recipients see, with brackets
 * @param size octets, with what SES has changed
 * @param configurationSet that publishes what becomes of it; without one nothing is published
 * @param returnPath the envelope sender of a mail that came to a relay: what bounces is told there,
 *     by mail; none of one that SES sends
 * @param toldTwice whether everything is told twice
 */
public record OutgoingMail(
    String id,
    long acceptedMillis,
    String source,
    List<String> recipients,
    List<String> outside,
    String subject,
    String messageId,
    long size,
    Map<String, String> tags,
    @Nullable String configurationSet,
    @Nullable String returnPath,
    boolean toldTwice) {
  public OutgoingMail {
    Objects.requireNonNull(id);
    Objects.requireNonNull(source);
    recipients = List.copyOf(recipients);
    outside = List.copyOf(outside);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(messageId);
    tags = Map.copyOf(tags);
  }

  @JsonIgnore
  public Instant acceptedAt() {
    return Instant.ofEpochMilli(acceptedMillis);
  }

  static String newId(Instant now, RandomGenerator random) {
    UUID uuid = new UUID(random.nextLong(), random.nextLong());
    return "0100%012x-%s-000000".formatted(now.toEpochMilli(), uuid);
  }
}
