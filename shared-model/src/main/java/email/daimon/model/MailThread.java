package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The head of a conversation.
 *
 * @param id {@code thread_…}
 * @param anchor the id that stands first in the References of all we send, with brackets
 * @param participants at most 10 bare addresses, oldest first
 * @param messages live messages of both directions that are not flagged
 * @param inbound those of them that came in: what the inbox's totals count
 * @param unread those that came in and are unread
 * @param lastActivity inbox time of the newest message
 * @param newest the last 20 message keys, newest first: what an index read may lag behind
 * @param mergedInto the surviving thread, where this one was merged away
 * @param version raised with each change
 */
public record MailThread(
    String id,
    String accountId,
    String inboxId,
    String anchor,
    String subject,
    List<String> participants,
    long messages,
    long inbound,
    long unread,
    Set<String> labels,
    Instant createdAt,
    long lastActivity,
    Instant updatedAt,
    List<MessageKey> newest,
    Optional<String> mergedInto,
    Optional<Instant> deletedAt,
    long version) {
  public MailThread {
    requireNonNull(id, "id is null");
    requireNonNull(accountId, "accountId is null");
    requireNonNull(inboxId, "inboxId is null");
    requireNonNull(anchor, "anchor is null");
    requireNonNull(subject, "subject is null");
    participants = List.copyOf(participants);
    labels = Set.copyOf(labels);
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
    newest = List.copyOf(newest);
    requireNonNull(mergedInto, "mergedInto is null");
    requireNonNull(deletedAt, "deletedAt is null");
  }

  /** Whether lists show it: not deleted, not merged away, and not made of flagged mail alone. */
  public boolean listed() {
    return deletedAt.isEmpty() && mergedInto.isEmpty() && messages > 0;
  }
}
