package email.daimon.functions.send;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** A queue under a clock that is moved: messages come when their delay is over, some twice. */
final class DelayingQueue {
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
  private final Random random;
  private final double doubled;
  private int doubles;

  DelayingQueue(Random random, double doubled) {
    this.random = random;
    this.doubled = doubled;
  }

  private record Waiting(Instant at, SendMessageRequest message) implements Comparable<Waiting> {
    @Override
    public int compareTo(Waiting other) {
      return at.compareTo(other.at);
    }
  }

  synchronized void add(SendMessageRequest message, Instant now) {
    int delay = message.delaySeconds() == null ? 0 : message.delaySeconds();
    waiting.add(new Waiting(now.plusSeconds(delay), message));
    if (random.nextDouble() < doubled) {
      doubles++;
      waiting.add(new Waiting(now.plusSeconds(delay + random.nextInt(30)), message));
    }
  }

  /** When the next message is there; empty where none is. */
  synchronized Optional<Instant> next() {
    return Optional.ofNullable(waiting.peek()).map(Waiting::at);
  }

  /** All that are there. */
  synchronized List<SendMessageRequest> take(Instant now) {
    List<SendMessageRequest> there = new ArrayList<>();
    while (!waiting.isEmpty() && !waiting.peek().at().isAfter(now)) {
      there.add(waiting.remove().message());
    }
    return there;
  }

  synchronized int doubles() {
    return doubles;
  }
}
