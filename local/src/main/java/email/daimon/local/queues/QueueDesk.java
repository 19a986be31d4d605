package email.daimon.local.queues;

import com.fasterxml.jackson.annotation.JsonProperty;
import email.daimon.local.services.QueueDepth;
import email.daimon.local.stack.Queue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** What an operator asks of the queues: how many messages there are, and dead letters back. */
public final class QueueDesk {
  private static final String SUFFIX = "-queue";

  private final SqsClient sqs;
  private final List<Queue> queues;
  private final Function<String, QueueDepth> depth;

  /** Messages of a queue, approximately. */
  public record Depth(
      long visible, @JsonProperty("in_flight") long inFlight, long delayed, long dead) {
    /** Whether nothing is left to do: dead letters wait for a person. */
    public boolean settled() {
      return visible + inFlight + delayed == 0;
    }
  }

  /**
   * @param depth counts the messages of a queue by its name
   */
  public QueueDesk(SqsClient sqs, List<Queue> queues, Function<String, QueueDepth> depth) {
    this.sqs = Objects.requireNonNull(sqs);
    this.depth = Objects.requireNonNull(depth);
    this.queues = List.copyOf(queues);
  }

  /** By the queue's short name, {@code inbound} for {@code inbound-queue}. */
  public Map<String, Depth> depths() {
    Map<String, Depth> depths = new LinkedHashMap<>();
    for (Queue queue : queues) {
      queue
          .deadLetters()
          .ifPresent(dead -> depths.put(shortName(queue), depth(queue, named(dead))));
    }
    return depths;
  }

  /**
   * Sends all dead letters of a queue to it again.
   *
   * @return how many, or nothing when there is no such queue
   */
  public Optional<Integer> redrive(String shortName) {
    return queues.stream()
        .filter(queue -> queue.deadLetters().isPresent() && shortName(queue).equals(shortName))
        .findFirst()
        .map(queue -> redrive(named(queue.deadLetters().get()), queue));
  }

  private int redrive(Queue from, Queue to) {
    int moved = 0;
    while (true) {
      List<Message> dead =
          sqs.receiveMessage(
                  r -> r.queueUrl(from.url()).maxNumberOfMessages(10).messageAttributeNames("All"))
              .messages();
      if (dead.isEmpty()) {
        return moved;
      }
      moved += move(dead, from, to);
    }
  }

  // What is not taken stays where it is, and is there for the next redrive.
  private int move(List<Message> dead, Queue from, Queue to) {
    List<DeleteMessageBatchRequestEntry> taken =
        sqs.sendMessageBatch(r -> r.queueUrl(to.url()).entries(entries(dead))).successful().stream()
            .map(sent ->
                DeleteMessageBatchRequestEntry.builder()
                    .id(sent.id())
                    .receiptHandle(dead.get(Integer.parseInt(sent.id())).receiptHandle())
                    .build())
            .toList();
    if (!taken.isEmpty()) {
      var _ = sqs.deleteMessageBatch(r -> r.queueUrl(from.url()).entries(taken));
    }
    return taken.size();
  }

  private static List<SendMessageBatchRequestEntry> entries(List<Message> messages) {
    return IntStream.range(0, messages.size())
        .mapToObj(i ->
            SendMessageBatchRequestEntry.builder()
                .id(Integer.toString(i))
                .messageBody(messages.get(i).body())
                .messageAttributes(messages.get(i).messageAttributes())
                .build())
        .toList();
  }

  private Depth depth(Queue queue, Queue dead) {
    QueueDepth own = depth.apply(queue.name());
    return new Depth(own.visible(), own.inFlight(), own.delayed(), depth.apply(dead.name()).all());
  }

  private Queue named(String name) {
    return queues.stream().filter(queue -> queue.name().equals(name)).findFirst().orElseThrow();
  }

  private static String shortName(Queue queue) {
    String name = queue.name();
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }
}
