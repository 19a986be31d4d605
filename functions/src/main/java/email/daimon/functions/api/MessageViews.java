package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.compose.FrameDocument;
import email.daimon.functions.store.Documents;
import email.daimon.functions.store.StoredDocument;
import email.daimon.model.ListForm;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import email.daimon.wire.CompactJson;
import email.daimon.wire.FindingsJson;
import java.util.Optional;

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
    return Reply.ok(compact(found.message(), stored))
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
    MessageDocument document = stored.document();
    ObjectNode json = compact(found.message(), stored);
    json.put("visible_text", document.findings().visibleText());
    FindingsJson.addMarks(json, document.findings());
    Optional<FrameDocument> frame = document.htmlBody().map(html -> FrameDocument.of(html, images));
    frame.ifPresentOrElse(
        one -> json.put("shown_html", one.html()), () -> json.putNull("shown_html"));
    json.put("blocked_images", frame.map(FrameDocument::blockedImages).orElse(0));
    return Reply.ok(json).next("Read it whole with GET " + path(found.message()));
  }

  private static ObjectNode compact(Message message, StoredDocument stored) {
    boolean truncated = stored.truncated().contains("reply_body");
    return CompactJson.message(message, ListForm.of(stored.document()), truncated)
        .put("reply_body", stored.document().replyBody());
  }

  private static String path(Message message) {
    return "/v1/inboxes/" + message.inboxId() + "/messages/" + message.id();
  }
}
