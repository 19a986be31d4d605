package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.compose.FrameDocument;
import email.daimon.functions.store.Documents;
import email.daimon.functions.store.StoredDocument;
import email.daimon.model.ListForm;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import email.daimon.model.TextCut;
import email.daimon.wire.CompactJson;
import email.daimon.wire.FindingsJson;
import email.daimon.wire.FullMessageJson;
import email.daimon.wire.JsonSize;
import java.util.Optional;
import java.util.function.IntFunction;

/** A message for a reader who pays by the token, and for one who looks at it. */
final class MessageViews {
  private final Documents documents;

  MessageViews(Documents documents) {
    this.documents = requireNonNull(documents, "documents is null");
  }

  /** {@code view=compact}: what is new in it. */
  Reply brief(Documents.Found found) {
    StoredDocument stored = documents.document(found);
    String path = path(found.message());
    return Reply.ok(withinReply(most -> compact(found.message(), stored, most)))
        .next(
            "Read it whole, with what it answers, with GET " + path,
            "Answer it with POST " + path + "/reply");
  }

  /**
   * {@code view=shown}: the same with a document for a sandboxed frame, and what to say beside it.
   *
   * @param images whether pictures of the web are loaded
   */
  Reply shown(Documents.Found found, boolean images) {
    StoredDocument stored = documents.document(found);
    return Reply.ok(withinReply(most -> shown(found.message(), stored, images, most)))
        .next("Read it whole with GET " + path(found.message()));
  }

  // Escapes multiply a text: it is cut until the reply is one that may be given.
  private static ObjectNode withinReply(IntFunction<ObjectNode> cutAt) {
    for (int most = FullMessageJson.MOST_TEXT; ; most /= 2) {
      ObjectNode json = cutAt.apply(most);
      if (JsonSize.of(json) <= FullMessageJson.MOST_REPLY || most <= ListForm.MOST) {
        return json;
      }
    }
  }

  private static ObjectNode shown(
      Message message, StoredDocument stored, boolean images, int most) {
    MessageDocument document = stored.document();
    ObjectNode json = compact(message, stored, most);
    json.put("visible_text", TextCut.head(document.findings().visibleText(), most));
    FindingsJson.addMarks(json, document.findings());
    Optional<FrameDocument> frame =
        document.htmlBody().map(html -> FrameDocument.of(TextCut.head(html, most), images));
    frame.ifPresentOrElse(
        one -> json.put("shown_html", one.html()), () -> json.putNull("shown_html"));
    json.put("blocked_images", frame.map(FrameDocument::blockedImages).orElse(0));
    return json;
  }

  private static ObjectNode compact(Message message, StoredDocument stored, int most) {
    String whole = stored.document().replyBody();
    String reply = TextCut.head(whole, most);
    boolean truncated =
        stored.truncated().contains("reply_body") || reply.length() < whole.length();
    return CompactJson.message(message, ListForm.of(stored.document()), truncated)
        .put("reply_body", reply);
  }

  private static String path(Message message) {
    return "/v1/inboxes/" + message.inboxId() + "/messages/" + message.id();
  }
}
