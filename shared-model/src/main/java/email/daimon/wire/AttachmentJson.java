package email.daimon.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.Attachment;
import java.time.Instant;

/** A file of a message as the API shows it: within its message, or with a link to its bytes. */
public final class AttachmentJson {
  private AttachmentJson() {}

  /** Within a message. {@code filename} and {@code content_type} are the sender's words. */
  public static ObjectNode of(Attachment file) {
    ObjectNode json = Json.object();
    json.put("id", file.id());
    json.put("filename", file.filename());
    json.put("content_type", file.contentType());
    json.put("size", file.size());
    json.put("sha256", file.sha256());
    json.set("content_id", Json.text(file.contentId()));
    json.put("inline", file.inline());
    file.container().ifPresent(name -> json.put("container", name));
    file.forwarded().ifPresent(mail -> json.set("forwarded", ForwardedMailJson.of(mail)));
    return json;
  }

  /** With a presigned link. */
  public static ObjectNode of(Attachment file, String url, Instant expiresAt) {
    return of(file).put("url", url).put("expires_at", Json.time(expiresAt));
  }
}
