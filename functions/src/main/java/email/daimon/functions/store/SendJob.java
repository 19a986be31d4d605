package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.wire.Json;

/** A mail that a worker is to look after: what lies in the queue and in the due index. */
public record SendJob(String accountId, String inboxId, MessageKey key) {
  /** Role of the queue that carries them. */
  public static final String QUEUE = "SEND";

  public SendJob {
    requireNonNull(accountId, "accountId is null");
    requireNonNull(inboxId, "inboxId is null");
    requireNonNull(key, "key is null");
  }

  /** Of a stored mail. */
  public static SendJob of(Message message) {
    return new SendJob(message.accountId(), message.inboxId(), message.key());
  }

  /** As it goes into a queue. */
  public String json() {
    return Json.text(
        Json.object()
            .put("account_id", accountId)
            .put("inbox_id", inboxId)
            .put("message", key.text()));
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static SendJob parse(String text) {
    try {
      JsonNode json = Json.parse(text);
      return new SendJob(
          json.required("account_id").textValue(),
          json.required("inbox_id").textValue(),
          MessageKey.parse(json.required("message").textValue()));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no mail to send: " + text, e);
    }
  }
}
