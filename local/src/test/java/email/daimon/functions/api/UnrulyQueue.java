package email.daimon.functions.api;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** A queue as bad as SQS may be: messages come in any order, some of them twice, some late. */
final class UnrulyQueue {
  private static final int ONE_IN = 20;
  private static final Duration LEAST_LATE = Duration.ofMinutes(3);
  private static final Duration MOST_LATE = Duration.ofMinutes(40);
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Lines lines;
  private final SendTally tally;
  private final Function<SQSMessage, String> about;
  private final List<Held> held = new ArrayList<>();
  private final Map<String, Long> youngest = new HashMap<>();
  private long put;

  /** Where it is counted what it does. */
  record Lines(Injected doubled, Injected late, Injected overtaken) {}

  private record Held(SQSMessage message, Instant from, long number) {}

  /**
   * @param about which mail a message is about
   */
  UnrulyQueue(
      InstantSource clock,
      RandomGenerator random,
      Lines lines,
      SendTally tally,
      Function<SQSMessage, String> about) {
    this.clock = clock;
    this.random = random;
    this.lines = lines;
    this.tally = tally;
    this.about = about;
  }

  /** Takes a message that is to come after the delay, and once. */
  void put(SQSMessage message, Duration delay) {
    put++;
    hold(message, delay);
    if (random.nextInt(ONE_IN) == 0) {
      tally.count(lines.doubled);
      hold(message, delay);
    }
  }

  private void hold(SQSMessage message, Duration delay) {
    Instant from = clock.instant().plus(delay);
    if (random.nextInt(ONE_IN) == 0) {
      tally.count(lines.late);
      from = from.plusMillis(random.nextLong(LEAST_LATE.toMillis(), MOST_LATE.toMillis()));
    }
    held.add(new Held(message, from, put));
  }

  /** Takes messages back that were received and not deleted. */
  void back(List<SQSMessage> messages, Duration delay) {
    Instant from = clock.instant().plus(delay);
    put++;
    messages.forEach(message -> held.add(new Held(message, from, put)));
  }

  /** Any messages whose time has come. */
  List<SQSMessage> receive(int most) {
    Instant now = clock.instant();
    List<Held> here = new ArrayList<>(held.stream().filter(one -> !one.from.isAfter(now)).toList());
    List<SQSMessage> received = new ArrayList<>();
    while (received.size() < most && !here.isEmpty()) {
      Held one = here.remove(random.nextInt(here.size()));
      held.remove(one);
      if (one.number < youngest.merge(about.apply(one.message), one.number, Math::max)) {
        tally.count(lines.overtaken);
      }
      received.add(one.message);
    }
    return received;
  }

  int size() {
    return held.size();
  }

  boolean isEmpty() {
    return held.isEmpty();
  }
}
