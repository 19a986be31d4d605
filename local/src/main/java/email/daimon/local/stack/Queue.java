package email.daimon.local.stack;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A queue, its attributes as SQS takes them, and the name of its dead-letter queue if it has one.
 */
public record Queue(
    String id,
    String name,
    String url,
    String arn,
    Map<String, String> attributes,
    Optional<String> deadLetters) {
  public Queue {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(url);
    Objects.requireNonNull(arn);
    attributes = Map.copyOf(attributes);
    Objects.requireNonNull(deadLetters);
  }
}
