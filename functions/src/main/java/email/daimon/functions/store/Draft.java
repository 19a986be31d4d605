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
 * @param object name of the object that its fields lie in; empty where they lie in the row, or are
 *     not put yet
 * @param filesOwner under what name its files are kept
 * @param sendAt when it is to be sent by itself
 * @param waiting for whose answer it is to be taken back until then
 * @param sendError why it was not, when its time had come
 * @param sent the message that it has become: then only this is left of it
 * @param revision raised with each change
 */
public record Draft(
    String id,
    String accountId,
    String inboxId,
    String content,
    Optional<String> object,
    String filesOwner,
    List<Attachment> files,
    Set<String> labels,
    Optional<Instant> sendAt,
    Optional<Waiting> waiting,
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
    requireNonNull(object, "object is null");
    requireNonNull(filesOwner, "filesOwner is null");
    files = List.copyOf(files);
    labels = Set.copyOf(labels);
    requireNonNull(sendAt, "sendAt is null");
    requireNonNull(waiting, "waiting is null");
    requireNonNull(sendError, "sendError is null");
    requireNonNull(sent, "sent is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }

  /** Where its content lies. */
  Draft in(Optional<String> name) {
    return new Draft(
        id,
        accountId,
        inboxId,
        content,
        name,
        filesOwner,
        files,
        labels,
        sendAt,
        waiting,
        sendError,
        sent,
        createdAt,
        updatedAt,
        revision);
  }

  /** Waiting in this way. */
  Draft waiting(Optional<Waiting> how) {
    return new Draft(
        id,
        accountId,
        inboxId,
        content,
        object,
        filesOwner,
        files,
        labels,
        sendAt,
        how,
        sendError,
        sent,
        createdAt,
        updatedAt,
        revision);
  }
}
