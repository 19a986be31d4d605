package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.DaimonException;
import email.daimon.model.Ids;
import email.daimon.model.MailThread;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Bulk work that one transaction has decided and function {@code jobs} carries out.
 *
 * @param id the same for the same work
 * @param threadId the thread it is about
 * @param until inbox time up to which messages are meant; 0 for all
 * @param due where its entry lies in the due index, until it is done
 */
public record Job(
    String id,
    Type type,
    String accountId,
    String inboxId,
    Optional<String> threadId,
    long until,
    Instant due) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Job {
    requireNonNull(id, "id is null");
    requireNonNull(type, "type is null");
    requireNonNull(accountId, "accountId is null");
    requireNonNull(inboxId, "inboxId is null");
    requireNonNull(threadId, "threadId is null");
    requireNonNull(due, "due is null");
  }

  /** What there is to do. */
  public enum Type {
    /** Rows of a thread that was merged away go to the surviving one. */
    MERGE_THREAD,
    /** Rows of a deleted thread are marked deleted. */
    DELETE_THREAD,
    /** Rows of a thread that was marked read are marked read. */
    READ_THREAD,
    /** The inbox is closed, and its threads leave all lists. */
    DELETE_INBOX;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Job mergeThread(MailThread away) {
    return ofThread(Type.MERGE_THREAD, away, 0);
  }

  static Job deleteThread(MailThread deleted) {
    return ofThread(Type.DELETE_THREAD, deleted, 0);
  }

  static Job readThread(MailThread read, long until) {
    return ofThread(Type.READ_THREAD, read, until);
  }

  /** What is left to do once an inbox is deleted. */
  public static Job deleteInbox(String accountId, String inboxId) {
    String id = Ids.deterministic("job", Type.DELETE_INBOX.wireName(), inboxId);
    return new Job(id, Type.DELETE_INBOX, accountId, inboxId, Optional.empty(), 0, Instant.EPOCH);
  }

  private static Job ofThread(Type type, MailThread thread, long until) {
    String id =
        Ids.deterministic(
            "job", type.wireName(), thread.inboxId(), thread.id(), Long.toString(until));
    return new Job(
        id,
        type,
        thread.accountId(),
        thread.inboxId(),
        Optional.of(thread.id()),
        until,
        Instant.EPOCH);
  }

  Job dueAt(Instant at) {
    return new Job(id, type, accountId, inboxId, threadId, until, at);
  }

  /** As it travels in a queue. */
  public String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id)
        .put("type", type.wireName())
        .put("account_id", accountId)
        .put("inbox_id", inboxId)
        .put("until", until)
        .put("due", due.toEpochMilli());
    threadId.ifPresent(thread -> json.put("thread_id", thread));
    return json.toString();
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws DaimonException where it is none
   */
  public static Job parse(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      return new Job(
          json.required("id").asText(),
          Type.valueOf(json.required("type").asText().toUpperCase(Locale.ROOT)),
          json.required("account_id").asText(),
          json.required("inbox_id").asText(),
          json.has("thread_id") ? Optional.of(json.get("thread_id").asText()) : Optional.empty(),
          json.path("until").asLong(),
          Instant.ofEpochMilli(json.path("due").asLong()));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new DaimonException("not a job: " + text, e);
    }
  }
}
