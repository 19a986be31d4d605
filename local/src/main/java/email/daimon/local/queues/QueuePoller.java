package email.daimon.local.queues;

import email.daimon.DaimonException;
import email.daimon.local.lambda.FunctionException;
import email.daimon.local.lambda.LocalFunction;
import email.daimon.local.stack.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * An event source mapping: receives batches, calls the function, deletes what it did and lets the
 * rest become visible again. After the queue's maximum of receives SQS itself moves a message to
 * the dead letters.
 */
public final class QueuePoller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueuePoller.class);

  /** An open poll does not see that the clock was moved, so polls are short. */
  private static final Duration WAIT = Duration.ofSeconds(1);

  /** In AWS a failed message waits for the whole visibility timeout; nobody waits so long here. */
  private static final Duration COMES_BACK_AFTER = Duration.ofSeconds(2);

  private static final Duration END = Duration.ofSeconds(30);

  private final SqsClient sqs;
  private final Queue queue;
  private final LocalFunction function;
  private final int batchSize;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running = true;

  /**
   * @param concurrency how many batches are worked on at a time
   */
  public QueuePoller(
      SqsClient sqs, Queue queue, LocalFunction function, int batchSize, int concurrency) {
    this.sqs = Objects.requireNonNull(sqs);
    this.queue = Objects.requireNonNull(queue);
    this.function = Objects.requireNonNull(function);
    this.batchSize = batchSize;
    for (int i = 0; i < concurrency; i++) {
      threads.add(Thread.ofPlatform().name(queue.name() + "-" + i).start(this::poll));
    }
  }

  /** Asks for no more messages; does not wait for those that are being worked on. */
  public void stop() {
    running = false;
  }

  @Override
  public void close() {
    stop();
    try {
      for (Thread thread : threads) {
        if (!thread.join(END)) {
          LOG.warn("{} did not end within {}", thread.getName(), END);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void poll() {
    while (running) {
      try {
        List<Message> messages = receive();
        if (!messages.isEmpty()) {
          settle(messages, call(messages));
        }
      } catch (SdkException | DaimonException e) {
        if (running) {
          LOG.warn("queue {}: {}", queue.name(), e.toString());
        }
      }
    }
  }

  private List<Message> receive() {
    return sqs.receiveMessage(r ->
            r.queueUrl(queue.url())
                .maxNumberOfMessages(batchSize)
                .waitTimeSeconds((int) WAIT.toSeconds())
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                .messageAttributeNames("All"))
        .messages();
  }

  private Set<String> call(List<Message> messages) {
    try {
      return QueueEvents.failures(
          function.invoke(QueueEvents.event(queue.arn(), messages)), messages);
    } catch (FunctionException e) {
      LOG.warn("a batch of {} comes back: {}", messages.size(), e.getMessage(), e);
      return messages.stream().map(Message::messageId).collect(Collectors.toSet());
    }
  }

  private void settle(List<Message> messages, Set<String> failed) {
    List<DeleteMessageBatchRequestEntry> done = new ArrayList<>();
    List<ChangeMessageVisibilityBatchRequestEntry> again = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      String id = Integer.toString(i);
      String handle = messages.get(i).receiptHandle();
      if (failed.contains(messages.get(i).messageId())) {
        again.add(
            ChangeMessageVisibilityBatchRequestEntry.builder()
                .id(id)
                .receiptHandle(handle)
                .visibilityTimeout((int) COMES_BACK_AFTER.toSeconds())
                .build());
      } else {
        done.add(DeleteMessageBatchRequestEntry.builder().id(id).receiptHandle(handle).build());
      }
    }
    if (!done.isEmpty()) {
      var _ = sqs.deleteMessageBatch(r -> r.queueUrl(queue.url()).entries(done));
    }
    if (!again.isEmpty()) {
      var _ = sqs.changeMessageVisibilityBatch(r -> r.queueUrl(queue.url()).entries(again));
    }
  }
}
