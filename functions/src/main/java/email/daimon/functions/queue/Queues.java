package email.daimon.functions.queue;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** The queues, by their role ({@code INBOUND}, {@code JOBS}). */
public final class Queues {
  /** The longest delay that SQS takes. */
  public static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(Queues.class);
  private static final int MOST_OF_BATCH = 10;

  private final Supplier<SqsClient> sqs;
  private final UnaryOperator<String> urlOfRole;

  public Queues(SqsClient sqs, UnaryOperator<String> urlOfRole) {
    this(() -> sqs, urlOfRole);
    requireNonNull(sqs, "sqs is null");
  }

  /** With a client that is made when something is sent. */
  public Queues(Supplier<SqsClient> sqs, UnaryOperator<String> urlOfRole) {
    this.sqs = requireNonNull(sqs, "sqs is null");
    this.urlOfRole = requireNonNull(urlOfRole, "urlOfRole is null");
  }

  /**
   * A message.
   *
   * @param group with whose other messages it takes turns, so that no group with many of them holds
   *     up the rest (a fair queue)
   */
  public record Outgoing(String body, Optional<String> group) {
    public Outgoing {
      requireNonNull(body, "body is null");
      requireNonNull(group, "group is null");
    }
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
    send(role, new Outgoing(body, Optional.empty()), delay, attributes);
  }

  /** Sends a message that takes turns with those of other groups. */
  public void send(String role, Outgoing message, Duration delay) {
    send(role, message, delay, Map.of());
  }

  private void send(
      String role, Outgoing outgoing, Duration delay, Map<String, String> attributes) {
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
    sqs.get()
        .sendMessage(message -> {
          message
              .queueUrl(urlOfRole.apply(role))
              .messageBody(outgoing.body())
              .messageAttributes(texts);
          outgoing.group().ifPresent(message::messageGroupId);
          // Seconds begun count: a message that comes early would have to wait for the next sweep.
          int seconds = (int) cut.plusNanos(999_999_999).toSeconds();
          if (seconds > 0) {
            message.delaySeconds(seconds);
          }
        });
  }

  /**
   * Sends messages that may be received at once, ten a call.
   *
   * @return places, in the list, of those that the queue is not known to have taken
   */
  public List<Integer> sendAll(String role, List<Outgoing> messages) {
    List<Integer> refused = new ArrayList<>();
    for (int from = 0; from < messages.size(); from += MOST_OF_BATCH) {
      int end = Math.min(messages.size(), from + MOST_OF_BATCH);
      refused.addAll(send(role, messages, from, end));
    }
    return refused;
  }

  private static SendMessageBatchRequestEntry entry(String id, Outgoing message) {
    var entry = SendMessageBatchRequestEntry.builder().id(id).messageBody(message.body());
    message.group().ifPresent(entry::messageGroupId);
    return entry.build();
  }

  private List<Integer> send(String role, List<Outgoing> messages, int from, int end) {
    List<SendMessageBatchRequestEntry> entries =
        IntStream.range(from, end)
            .mapToObj(i -> entry(Integer.toString(i), messages.get(i)))
            .toList();
    try {
      return sqs
          .get()
          .sendMessageBatch(batch -> batch.queueUrl(urlOfRole.apply(role)).entries(entries))
          .failed()
          .stream()
          .map(one -> Integer.valueOf(one.id()))
          .toList();
    } catch (SdkException e) {
      LOG.warn("queue {} took no batch of {}", role, entries.size(), e);
      return IntStream.range(from, end).boxed().toList();
    }
  }
}
