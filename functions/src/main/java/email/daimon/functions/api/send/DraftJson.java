package email.daimon.functions.api.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.store.Draft;
import email.daimon.model.ListForm;
import email.daimon.model.TextCut;
import email.daimon.wire.AttachmentJson;
import email.daimon.wire.FullMessageJson;
import email.daimon.wire.Json;
import email.daimon.wire.JsonSize;
import java.util.List;
import java.util.Optional;

/** A draft on the wire, under every name that one of the documents uses. */
final class DraftJson {
  private DraftJson() {}

  /** As a line of a list: texts up to 8 KB. */
  static ObjectNode row(Draft draft) {
    return of(draft, ListForm.MOST);
  }

  /** Whole: texts up to 512 KB, or less where the reply would be too large. */
  static ObjectNode whole(Draft draft) {
    for (int most = FullMessageJson.MOST_TEXT; ; most /= 2) {
      ObjectNode json = of(draft, most);
      if (JsonSize.of(json) <= FullMessageJson.MOST_REPLY || most <= ListForm.MOST) {
        return json;
      }
    }
  }

  private static ObjectNode of(Draft draft, int most) {
    ObjectNode content = DraftContent.of(draft);
    ObjectNode json = Json.object().put("id", draft.id()).put("draft_id", draft.id());
    json.put("inbox_id", draft.inboxId());
    json.put("status", draft.sendAt().isPresent() ? "scheduled" : "draft");
    json.put("revision", draft.revision());
    List<String> to = DraftContent.mailboxes(content.path("to"));
    json.set("to", Json.texts(to));
    json.put("to_address", to.isEmpty() ? "" : to.getFirst());
    for (String name : List.of("cc", "bcc", "reply_to")) {
      json.set(name, Json.texts(DraftContent.mailboxes(content.path(name))));
    }
    json.put("subject", DraftContent.text(content, "subject").orElse(""));
    boolean textCut =
        text(json, DraftContent.text(content, "text"), most, "text_body", "body", "body_text");
    boolean htmlCut =
        text(json, DraftContent.text(content, "html"), most, "html_body", "body_html");
    json.put("truncated", textCut || htmlCut);
    json.set("headers", content.has("headers") ? content.get("headers") : Json.object());
    json.set("thread_id", Json.text(DraftContent.text(content, "thread_id")));
    json.set("in_reply_to", Json.text(DraftContent.text(content, "in_reply_to")));
    JsonNode references = content.path("references");
    json.set("references", references.isArray() ? references : Json.array());
    var files = json.putArray("attachments");
    draft.files().forEach(file -> files.add(AttachmentJson.of(file)));
    json.set("labels", Json.texts(draft.labels().stream().sorted().toList()));
    json.set("send_at", Json.time(draft.sendAt()));
    json.set("scheduled_at", Json.time(draft.sendAt()));
    json.set("send_error", Json.text(draft.sendError()));
    JsonNode unless = content.path("unless_replied");
    json.set("unless_replied", unless.isMissingNode() ? Json.object().booleanNode(false) : unless);
    json.put("created_at", Json.time(draft.createdAt()));
    return json.put("updated_at", Json.time(draft.updatedAt()));
  }

  private static boolean text(ObjectNode json, Optional<String> text, int most, String... names) {
    Optional<String> head = text.map(whole -> TextCut.head(whole, most));
    boolean cut = !head.equals(text);
    for (String name : names) {
      json.set(name, Json.text(head));
    }
    if (cut) {
      json.put(names[0] + "_truncated", true);
    }
    return cut;
  }
}
