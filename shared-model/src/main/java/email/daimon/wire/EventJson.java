package email.daimon.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.Event;
import email.daimon.model.EventType;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What webhooks are sent: one body under every name that one of the documents uses, so that a
 * receiver written after any of them finds what it looks for.
 *
 * <p>Texts in it are cut at {@link #MOST_TEXT} bytes, HTML at {@link #MOST_HTML}, and shorter still
 * where the whole would pass {@link #MOST}; what was cut is named and linked (rules 7.6). Texts,
 * addresses and names of messages are what a stranger wrote.
 */
public final class EventJson {
  /** Of the form of the body; raised where a receiver could notice. Fields may join without. */
  public static final int VERSION = 1;

  /** Bytes of the whole body, without the webhook's id. */
  public static final int MOST = 256 * 1024;

  /** Bytes of UTF-8 that are shown of each text and each list. */
  public static final int MOST_TEXT = 16 * 1024;

  /** Bytes of UTF-8 that are shown of HTML. */
  public static final int MOST_HTML = 64 * 1024;

  private static final int SHORTEST = 64;
  private static final byte[] TYPES = "{\"event\":\"".getBytes(UTF_8);

  private EventJson() {}

  /**
   * The message that an event is about.
   *
   * @param document what was understood of it; empty where {@link #showsTexts} says that it is not
   *     shown
   * @param cut names of the texts that the document does not hold whole
   */
  public record Subject(Message message, MessageDocument document, Set<String> cut) {
    public Subject {
      requireNonNull(message, "message is null");
      requireNonNull(document, "document is null");
      cut = Set.copyOf(cut);
    }
  }

  /** Whether events of a type show the texts of their message: of mail that came in. */
  public static boolean showsTexts(String type) {
    return EventType.named(type)
        .filter(known ->
            known == EventType.MESSAGE_RECEIVED
                || known == EventType.MESSAGE_FLAGGED
                || known == EventType.MESSAGE_QUARANTINED)
        .isPresent();
  }

  /**
   * The body of an event, as it is kept.
   *
   * @param subject its message; empty where it has none, or it is gone
   * @param publicUrl base of links to what was cut
   */
  public static byte[] body(Event event, Optional<Subject> subject, URI publicUrl) {
    // HTML gives way first: it says what the text says.
    for (int step = 0; ; step++) {
      int text = MOST_TEXT >> Math.max(0, step - 2);
      EventMessageJson.Bounds bounds =
          new EventMessageJson.Bounds(text, MOST_HTML >> step, publicUrl);
      byte[] body = Json.bytes(body(event, subject, bounds));
      if (body.length <= MOST || text <= SHORTEST) {
        return body;
      }
    }
  }

  /**
   * A kept body as one webhook is sent it: with the webhook's id in front.
   *
   * @param type the name under which the webhook asked for the event
   */
  public static byte[] addressed(byte[] body, String webhookId, String type) {
    int rest = afterTypes(body);
    ObjectNode front = Json.object().put("webhook_id", webhookId);
    if (rest > 1) {
      front.put("event", type).put("type", type);
    }
    byte[] opening = Json.bytes(front);
    // In place of the brace that closes it comes the rest of the body.
    opening[opening.length - 1] = ',';
    ByteArrayOutputStream whole = new ByteArrayOutputStream(body.length + opening.length);
    whole.writeBytes(opening);
    whole.write(body, rest, body.length - rest);
    return whole.toByteArray();
  }

  // A kept body begins {"event":"…","type":"…",: two names without quotes in them. What does not is
  // left as it is.
  private static int afterTypes(byte[] body) {
    if (body.length < TYPES.length
        || !Arrays.equals(body, 0, TYPES.length, TYPES, 0, TYPES.length)) {
      return 1;
    }
    int quotes = 0;
    int i = 0;
    while (quotes < 8) {
      if (body[i++] == '"') {
        quotes++;
      }
    }
    return i + 1;
  }

  private static ObjectNode body(
      Event event, Optional<Subject> subject, EventMessageJson.Bounds bounds) {
    ObjectNode json = Json.object();
    json.put("event", event.type());
    json.put("type", event.type());
    json.put("version", VERSION);
    json.put("id", event.id());
    json.put("event_id", event.id());
    json.put("timestamp", Json.time(event.at()));
    json.put("timestamp_ms", event.at().toEpochMilli());
    json.put("created_at", Json.time(event.at()));
    json.put("sequence", event.sequence());
    json.put("account_id", event.accountId());
    json.set("inbox_id", Json.text(event.inboxId()));
    json.set("thread_id", Json.text(threadId(event, subject)));
    if (event.message().isEmpty()) {
      json.set("data", facts(event));
      return json;
    }
    if (subject.isEmpty()) {
      EventMessageJson.addGone(json, event);
      return json;
    }
    EventMessageJson.add(json, event, subject.get(), bounds);
    return json;
  }

  // Threads merge: the message knows where it is now.
  private static Optional<String> threadId(Event event, Optional<Subject> subject) {
    return subject.map(it -> it.message().threadId()).or(event::threadId);
  }

  private static ObjectNode facts(Event event) {
    ObjectNode data = Json.object();
    data.put("account_id", event.accountId());
    event.inboxId().ifPresent(id -> data.put("inbox_id", id));
    event.threadId().ifPresent(id -> data.put("thread_id", id));
    boolean tier =
        event.type().equals(EventType.ACCOUNT_UPGRADED.wireName())
            || event.type().equals(EventType.ACCOUNT_DOWNGRADED.wireName());
    String changed = tier ? "tier" : "status";
    event.detail().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(fact -> {
          switch (fact.getKey()) {
            case "from" -> data.put("previous_" + changed, fact.getValue());
            case "to" -> data.put(changed, fact.getValue());
            default -> put(data, fact.getKey(), fact.getValue());
          }
        });
    return data;
  }

  // Rows keep figures as texts.
  private static void put(ObjectNode data, String name, String value) {
    if (value.matches("[0-9]{1,15}")) {
      data.put(name, Long.parseLong(value));
    } else {
      data.put(name, value);
    }
  }
}
