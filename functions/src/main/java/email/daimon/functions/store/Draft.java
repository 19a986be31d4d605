package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Attachment;
import email.daimon.model.MessageKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A mail that is being written.
 *
 * @param content its fields as JSON, as the routes of sending take them
 * @param filesOwner under what name its files are kept
 * @param sendAt when it is to be sent by itself
 * @param sendError why it was not, when its time had come
 * @param sent the message that it has become: then only this is left of it
 * @param revision raised with each change
 */
public record Draft(
    String id,
    String accountId,
    String inboxId,
    String content,
    String filesOwner,
    List<Attachment> files,
    Set<String> labels,
    Optional<Instant> sendAt,
    Optional<String> sendError,
    Optional<MessageKey> sent,
    Instant createdAt,
    Instant updatedAt,
    long revision) {
  public Draft {
    requireNonNull(id, "id is null");
    requireNonNull(accountId, "accountId is null");
    requireNonNull(inboxId, "inboxId is null");
    requireNonNull(content, "content is null");
    requireNonNull(filesOwner, "filesOwner is null");
    files = List.copyOf(files);
    labels = Set.copyOf(labels);
    requireNonNull(sendAt, "sendAt is null");
    requireNonNull(sendError, "sendError is null");
    requireNonNull(sent, "sent is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }

  /** The next revision, which was not sent when its time had come. */
  public Draft unsent(String error, Instant at) {
    return new Draft(
        id,
        accountId,
        inboxId,
        content,
        filesOwner,
        files,
        labels,
        Optional.empty(),
        Optional.of(error),
        Optional.empty(),
        createdAt,
        at,
        revision + 1);
  }
}
