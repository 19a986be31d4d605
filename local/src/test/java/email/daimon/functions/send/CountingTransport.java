package email.daimon.functions.send;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes every mail and remembers when each came. */
final class CountingTransport implements Transport {
  private final InstantSource clock;
  private final Map<String, List<Instant>> taken = new ConcurrentHashMap<>();

  CountingTransport(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public boolean smtpUtf8() {
    return false;
  }

  @Override
  public Answer send(Envelope envelope, byte[] mail) {
    String id = envelope.tags().message().id();
    taken.computeIfAbsent(id, _ -> new CopyOnWriteArrayList<>()).add(clock.instant());
    return new Answer.Accepted(id, Optional.of(envelope.messageIdHeader()), List.of(), true);
  }

  /** When a message was taken, each time. */
  List<Instant> times(String messageId) {
    return taken.getOrDefault(messageId, List.of());
  }

  int messages() {
    return taken.size();
  }
}
