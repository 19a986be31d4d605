package email.daimon.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.Event;
import email.daimon.model.EventType;
import email.daimon.model.ListForm;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import email.daimon.model.Outgoing;
import email.daimon.model.SendRecipient;
import email.daimon.model.TextCut;
import email.daimon.policy.Quarantine;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The message in the body of an event: {@code message}, {@code data} and {@code data.message}. */
final class EventMessageJson {
  private static final Set<String> IN_BODY_ONLY = Set.of("to", "smtp_code", "reason");
  private static final int MOST_ADDRESSES = 8 * 1024;

  private EventMessageJson() {}

  /** How much is shown, and where the rest is. */
  record Bounds(int text, int html, URI publicUrl) {}

  /** Adds a message that is there. */
  static void add(ObjectNode json, Event event, EventJson.Subject subject, Bounds bounds) {
    Message message = subject.message();
    boolean texts = EventJson.showsTexts(event.type());
    boolean shown = texts && !Quarantine.holds(message);
    Cuts cuts = new Cuts(bounds, shown ? subject.cut() : Set.of());
    MessageDocument document = shown ? subject.document() : MessageDocument.EMPTY;
    ListForm form = cuts.form(document);
    JsonNode html = Json.text(document.htmlBody().map(cuts::html));
    ObjectNode whole = MessageJson.head(message, form);
    if (texts) {
      MessageJson.texts(whole, form);
      whole.put("plain_body", form.textBody());
      whole.set("html_body", html);
      whole.set("body_html", html);
    }
    String url = url(message, bounds);
    whole.put("truncated", !cuts.names.isEmpty());
    cuts.names.forEach(name -> whole.put(name + "_truncated", true).put(name + "_url", url));
    MessageJson.tail(whole, message);
    whole.put("url", url);
    json.put("truncated", !cuts.names.isEmpty());
    json.set("message", whole);
    json.set("data", data(event, message, whole, texts));
  }

  /** Adds what is left of a message that is gone: its names. */
  static void addGone(ObjectNode json, Event event) {
    String id = event.message().orElseThrow().id();
    ObjectNode names = Json.object();
    names.put("message_id", id);
    names.set("inbox_id", Json.text(event.inboxId()));
    names.set("thread_id", Json.text(event.threadId()));
    names.put("deleted", true);
    json.put("truncated", false);
    json.set("message", Json.object().put("id", id).setAll(names));
    ObjectNode data = names.deepCopy();
    others(data, event);
    data.set("message", Json.object().put("id", id).put("deleted", true));
    json.set("data", data);
  }

  private static ObjectNode data(Event event, Message message, ObjectNode whole, boolean texts) {
    ObjectNode data = Json.object();
    copy(whole, data, "message_id", "inbox_id", "thread_id", "direction", "status");
    copy(whole, data, "from", "from_name", "verified_sender", "to", "cc", "subject", "preview");
    if (texts) {
      copy(whole, data, "text_body", "reply_body", "links", "cta_links", "attachments");
    }
    copy(whole, data, "labels", "truncated", "received_at");
    message.outgoing().ifPresent(way -> outcome(data, event, way));
    others(data, event);
    ObjectNode nested = data.putObject("message");
    copy(whole, nested, "id", "inbox_id", "thread_id", "from", "to", "cc", "subject");
    if (texts) {
      copy(whole, nested, "body_text", "body_html", "reply_body", "links", "cta_links");
    }
    copy(whole, nested, "status", "received_at");
    return data;
  }

  // One event tells of the recipients that changed: they are its "to" (rules 5.5).
  private static void outcome(ObjectNode data, Event event, Outgoing way) {
    List<String> named =
        Optional.ofNullable(event.detail().get("to"))
            .map(text -> text.lines().filter(line -> !line.isEmpty()).toList())
            .orElse(List.of());
    List<SendRecipient> concerned =
        way.recipients().stream().filter(one -> named.contains(one.address())).toList();
    if (!named.isEmpty()) {
      data.set("to", Json.texts(named));
    }
    data.set("smtp_message_id", Json.text(way.messageIdHeader()));
    data.set("accepted_at", Json.time(way.acceptedAt()));
    data.set("send_at", Json.time(way.sendAt()));
    switch (EventType.named(event.type()).orElse(EventType.MESSAGE_QUEUED)) {
      case MESSAGE_SENT -> data.put("delivered_at", Json.time(delivered(concerned, event)));
      case MESSAGE_BOUNCED -> {
        data.put("bounce_type", "permanent");
        data.set("bounce_reason", Json.text(reason(concerned, event)));
        data.set("smtp_code", code(event));
      }
      case MESSAGE_FAILED, MESSAGE_DELAYED, MESSAGE_COMPLAINED -> {
        data.set("reason", Json.text(reason(concerned, event)));
        data.set("smtp_code", code(event));
      }
      default -> {
        // nothing more is known
      }
    }
  }

  private static Instant delivered(List<SendRecipient> concerned, Event event) {
    return concerned.stream()
        .filter(one -> one.status().arrived())
        .map(SendRecipient::at)
        .min(Comparator.naturalOrder())
        .orElse(event.at());
  }

  // The event's row keeps the beginning of the words, the message's row all of them.
  private static Optional<String> reason(List<SendRecipient> concerned, Event event) {
    Optional<String> beginning = Optional.ofNullable(event.detail().get("reason"));
    return concerned.stream()
        .flatMap(one -> one.reason().stream())
        .filter(words -> beginning.filter(words::startsWith).isPresent())
        .findFirst()
        .or(() -> beginning);
  }

  private static JsonNode code(Event event) {
    String code = event.detail().getOrDefault("smtp_code", "");
    ObjectNode holder = Json.object();
    return code.matches("[0-9]{3}")
        ? holder.put("code", Integer.valueOf(code)).get("code")
        : holder.putNull("code").get("code");
  }

  // What only the event knows, such as from which thread a message came.
  private static void others(ObjectNode data, Event event) {
    event.detail().entrySet().stream()
        .filter(fact -> !IN_BODY_ONLY.contains(fact.getKey()) && !data.has(fact.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .forEach(fact -> data.put(fact.getKey(), fact.getValue()));
  }

  private static void copy(ObjectNode from, ObjectNode to, String... names) {
    for (String name : names) {
      to.set(name, from.get(name));
    }
  }

  private static String url(Message message, Bounds bounds) {
    String base = bounds.publicUrl().toString();
    return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
        + "/v1/inboxes/"
        + message.inboxId()
        + "/messages/"
        + message.id();
  }

  /** Cuts texts and remembers which. */
  private static final class Cuts {
    private final Bounds bounds;
    private final Set<String> names = new TreeSet<>();

    private Cuts(Bounds bounds, Set<String> cut) {
      this.bounds = bounds;
      names.addAll(cut);
      // Bodies of events show no headers.
      names.remove("headers");
    }

    private ListForm form(MessageDocument document) {
      ListForm addresses = ListForm.of(document);
      return new ListForm(
          text("text_body", document.textBody(), bounds.text()),
          document.textFrom(),
          text("reply_body", document.replyBody(), bounds.text()),
          list("links", document.links(), bounds.text()),
          list("cta_links", document.ctaLinks(), bounds.text()),
          recipients(document, addresses),
          addresses.replyTo(),
          addresses.inReplyTo(),
          list("references", document.references(), Math.min(bounds.text(), MOST_ADDRESSES)),
          Set.of());
    }

    private List<MessageDocument.Recipient> recipients(
        MessageDocument document, ListForm addresses) {
      if (addresses.recipients().size() < document.recipients().size()) {
        names.add("recipients_details");
      }
      return addresses.recipients();
    }

    private String html(String text) {
      return text("html_body", text, bounds.html());
    }

    private String text(String name, String text, int most) {
      String head = TextCut.head(text, most);
      if (head.length() < text.length()) {
        names.add(name);
      }
      return head;
    }

    private List<String> list(String name, List<String> values, int most) {
      List<String> head = TextCut.head(values, most);
      if (head.size() < values.size()) {
        names.add(name);
      }
      return head;
    }
  }
}
