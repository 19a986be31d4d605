package email.daimon.functions.queue;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The queues, by their role ({@code INBOUND}, {@code JOBS}). */
public final class Queues {
  /** The longest delay that SQS takes. */
  public static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  private final SqsClient sqs;
  private final UnaryOperator<String> urlOfRole;

  public Queues(SqsClient sqs, UnaryOperator<String> urlOfRole) {
    this.sqs = requireNonNull(sqs, "sqs is null");
    this.urlOfRole = requireNonNull(urlOfRole, "urlOfRole is null");
  }

  /** Sends a message that may be received at once. */
  public void send(String role, String body) {
    send(role, body, Duration.ZERO, Map.of());
  }

  /**
   * Sends a message.
   *
   * @param delay until it may be received, cut at {@link #LONGEST_DELAY}
   * @param attributes texts that travel beside the body
   */
  public void send(String role, String body, Duration delay, Map<String, String> attributes) {
    Duration cut = delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    Map<String, MessageAttributeValue> texts =
        attributes.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    attribute ->
                        MessageAttributeValue.builder()
                            .dataType("String")
                            .stringValue(attribute.getValue())
                            .build()));
    sqs.sendMessage(message -> {
      message.queueUrl(urlOfRole.apply(role)).messageBody(body).messageAttributes(texts);
      // Seconds begun count: a message that comes early would have to wait for the next sweep.
      int seconds = (int) cut.plusNanos(999_999_999).toSeconds();
      if (seconds > 0) {
        message.delaySeconds(seconds);
      }
    });
  }
}
