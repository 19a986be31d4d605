package email.daimon.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.Event;
import email.daimon.model.MessageKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An event as the feed shows it: what happened to what, without the mail itself, which is read by
 * its id. {@code data} has the ids and the small facts of the event under the names that webhooks
 * use.
 */
public final class FeedEventJson {
  private static final Set<String> NUMBERS = Set.of("smtp_code", "sent", "bounced", "complaints");
  private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

  private FeedEventJson() {}

  /**
   * One event.
   *
   * @param shownAs the name of its type that was asked for
   */
  public static ObjectNode of(Event event, String shownAs) {
    ObjectNode json = Json.object();
    json.put("id", event.id());
    json.put("event_id", event.id());
    json.put("type", shownAs);
    json.put("event", shownAs);
    json.put("created_at", Json.time(event.at()));
    json.put("timestamp", Json.time(event.at()));
    json.put("account_id", event.accountId());
    json.set("inbox_id", Json.text(event.inboxId()));
    json.set("thread_id", Json.text(event.threadId()));
    json.set("message_id", Json.text(event.message().map(MessageKey::id)));
    json.put("sequence", event.sequence());
    json.put("quiet", event.quiet());
    json.set("data", data(event));
    return json;
  }

  private static ObjectNode data(Event event) {
    ObjectNode data = Json.object();
    event.message().ifPresent(message -> data.put("message_id", message.id()));
    event.inboxId().ifPresent(inboxId -> data.put("inbox_id", inboxId));
    event.threadId().ifPresent(threadId -> data.put("thread_id", threadId));
    Map<String, String> detail = new TreeMap<>(event.detail());
    detail.remove(Event.QUIET);
    detail.forEach((name, value) -> {
      if (name.equals("to") && event.message().isPresent()) {
        // Of a mail it is who is concerned; of an account what it changed to.
        data.set(name, Json.texts(List.of(value.split("\n"))));
      } else if (NUMBERS.contains(name) && DIGITS.matcher(value).matches()) {
        data.put(name, Integer.parseInt(value));
      } else {
        data.put(name, value);
      }
    });
    return data;
  }
}
