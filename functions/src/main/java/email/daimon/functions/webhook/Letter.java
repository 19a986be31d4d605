package email.daimon.functions.webhook;

import static java.util.Objects.requireNonNull;

import email.daimon.wire.EventJson;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a webhook is sent: a signed body. */
public final class Letter {
  private final String url;
  private final Map<String, String> headers;
  private final byte[] body;

  private Letter(String url, Map<String, String> headers, byte[] body) {
    this.url = url;
    this.headers = headers;
    this.body = body;
  }

  /**
   * What a letter tells.
   *
   * @param attempt which call of this delivery it is, from 1
   */
  public record Told(String webhookId, String eventId, String eventType, int attempt) {
    public Told {
      requireNonNull(webhookId, "webhookId is null");
      requireNonNull(eventId, "eventId is null");
      requireNonNull(eventType, "eventType is null");
    }
  }

  /**
   * Writes and signs one.
   *
   * @param secrets {@code whsec_…}, the newest first
   * @param kept the event's body, a JSON object without {@code webhook_id}
   */
  public static Letter of(String url, List<String> secrets, Told told, byte[] kept, Instant now) {
    byte[] body = EventJson.addressed(kept, told.webhookId(), told.eventType());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "daimon-webhooks/1");
    headers.put("X-Daimon-Event", told.eventType());
    headers.put("X-Daimon-Delivery-Attempt", Integer.toString(told.attempt()));
    headers.putAll(Signing.headers(secrets, told.eventId(), now, body));
    return new Letter(url, headers, body);
  }

  public String url() {
    return url;
  }

  /** In the order in which they are sent. */
  public Map<String, String> headers() {
    return Collections.unmodifiableMap(headers);
  }

  byte[] body() {
    return body;
  }

  URI uri() {
    return URI.create(url);
  }
}
