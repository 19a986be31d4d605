package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.wire.Json;
import java.util.Optional;

/**
 * What lies in the queue of webhooks and in the due index: an event to be told, or, without one, an
 * endpoint that was left alone and is to be tried again.
 */
public record WebhookCall(String webhookId, Optional<String> eventId) {
  /** Role of the queue that carries them. */
  public static final String QUEUE = "WEBHOOKS";

  /** Role of the queue of those whose endpoint is slow or fails. */
  public static final String SLOW_QUEUE = "SLOW_WEBHOOKS";

  public WebhookCall {
    requireNonNull(webhookId, "webhookId is null");
    requireNonNull(eventId, "eventId is null");
  }

  /** As it goes into a queue. */
  public String json() {
    ObjectNode json = Json.object().put("webhook_id", webhookId);
    eventId.ifPresent(id -> json.put("event_id", id));
    return Json.text(json);
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static WebhookCall parse(String text) {
    try {
      JsonNode json = Json.parse(text);
      return new WebhookCall(
          json.required("webhook_id").textValue(),
          Optional.ofNullable(json.path("event_id").textValue()));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no call of a webhook: " + text, e);
    }
  }
}
