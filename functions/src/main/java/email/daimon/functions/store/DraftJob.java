package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.wire.Json;

/** A draft whose time has come: what lies in the queue of mails and in the due index. */
public record DraftJob(String inboxId, String draftId) {
  private static final String DRAFT = "draft";

  public DraftJob {
    requireNonNull(inboxId, "inboxId is null");
    requireNonNull(draftId, "draftId is null");
  }

  /** As it goes into a queue. */
  public String json() {
    return Json.text(Json.object().put("inbox_id", inboxId).put(DRAFT, draftId));
  }

  /** Whether a text of the queue of mails is one of these. */
  public static boolean is(String text) {
    return read(text).has(DRAFT);
  }

  /** Reads {@link #json()}. */
  public static DraftJob parse(String text) {
    JsonNode json = read(text);
    return new DraftJob(json.required("inbox_id").textValue(), json.required(DRAFT).textValue());
  }

  private static JsonNode read(String text) {
    try {
      return Json.parse(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no draft: " + text, e);
    }
  }
}
