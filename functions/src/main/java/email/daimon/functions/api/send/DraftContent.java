package email.daimon.functions.api.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.store.Draft;
import email.daimon.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of a draft as they are kept: each under one of its names. */
final class DraftContent {
  private static final List<String> PLAIN =
      List.of(
          "to",
          "cc",
          "bcc",
          "reply_to",
          "subject",
          "headers",
          "thread_id",
          "in_reply_to",
          "references",
          "unless_replied",
          "on_quota",
          "allow_automatic");
  private static final List<String> TEXT = List.of("text", "body", "body_text", "text_body");
  private static final List<String> HTML = List.of("html", "html_body", "body_html");

  private DraftContent() {}

  /** The kept fields of a draft. */
  static ObjectNode of(Draft draft) {
    try {
      return (ObjectNode) Json.parse(draft.content().getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the draft " + draft.id(), e);
    }
  }

  /** A draft as a mail that is asked for now, beneath what a request says of it. */
  static ObjectNode beneath(Draft draft, ObjectNode sent) {
    ObjectNode kept = of(draft);
    draft.sendAt().ifPresent(at -> kept.put("send_at", Json.time(at)));
    boolean scheduled =
        sent.has("send_at") ? !sent.get("send_at").isNull() : draft.sendAt().isPresent();
    if (!scheduled) {
      // Kept for when it is scheduled again.
      kept.remove("unless_replied");
    }
    forget(kept, sent, TEXT);
    forget(kept, sent, HTML);
    return kept;
  }

  /** What is kept after a request: what it says, and for the rest what was kept before. */
  static ObjectNode after(ObjectNode before, ObjectNode sent) {
    ObjectNode next = before.deepCopy();
    PLAIN.forEach(name -> keep(next, name, sent, List.of(name)));
    keep(next, "text", sent, TEXT);
    keep(next, "html", sent, HTML);
    return next;
  }

  // Null takes a field away.
  private static void keep(ObjectNode next, String name, ObjectNode sent, List<String> names) {
    for (String alias : names) {
      if (sent.has(alias)) {
        next.remove(name);
      }
    }
    for (String alias : names) {
      JsonNode value = sent.path(alias);
      if (!value.isMissingNode() && !value.isNull()) {
        next.set(name, value);
      }
    }
  }

  private static void forget(ObjectNode kept, ObjectNode sent, List<String> names) {
    if (names.stream().anyMatch(sent::has)) {
      kept.remove(names);
    }
  }

  /** Mailboxes as strings, whatever form they were given in. */
  static List<String> mailboxes(JsonNode value) {
    List<String> all = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(one -> all.add(mailbox(one)));
    } else if (!value.isMissingNode()) {
      all.add(mailbox(value));
    }
    return all;
  }

  private static String mailbox(JsonNode one) {
    if (one.isTextual()) {
      return one.textValue();
    }
    String address = one.path("email").asText(one.path("address").asText());
    String name = one.path("name").asText("");
    return name.isEmpty() || name.equals("null")
        ? address
        : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\" <" + address + ">";
  }

  static Optional<String> text(ObjectNode content, String name) {
    return Optional.of(content.path(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }
}
