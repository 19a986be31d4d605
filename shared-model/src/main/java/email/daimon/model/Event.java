package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One fact that the world may be told: written in the transaction that makes it true, kept 30 days,
 * under 1 KB.
 *
 * @param id {@code evt_…}; within an inbox id order is commit order
 * @param type the name of an {@link EventType}; a reader may meet one that a later version wrote
 * @param sequence number of the event within its inbox, from 1; 0 for events without an inbox
 * @param detail small facts that no row keeps, such as {@code merged_from}
 */
public record Event(
    String id,
    String accountId,
    String type,
    Optional<String> inboxId,
    Optional<String> threadId,
    Optional<MessageKey> message,
    long sequence,
    Instant at,
    Map<String, String> detail) {
  /** Key in {@code detail} of an event that the feed gives only on request, webhooks never. */
  public static final String QUIET = "quiet";

  public Event {
    requireNonNull(id, "id is null");
    requireNonNull(accountId, "accountId is null");
    requireNonNull(type, "type is null");
    requireNonNull(inboxId, "inboxId is null");
    requireNonNull(threadId, "threadId is null");
    requireNonNull(message, "message is null");
    requireNonNull(at, "at is null");
    detail = Map.copyOf(detail);
  }

  /** Whether only those are told of it who ask for quiet events, too. */
  public boolean quiet() {
    return detail.containsKey(QUIET);
  }
}
