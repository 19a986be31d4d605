package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.compose.ComposeLimits;
import email.daimon.compose.ContentType;
import email.daimon.functions.api.Access;
import email.daimon.functions.api.Fields;
import email.daimon.functions.api.Plan;
import email.daimon.functions.api.Reach;
import email.daimon.functions.api.Reply;
import email.daimon.functions.api.Request;
import email.daimon.functions.api.Route;
import email.daimon.functions.store.Upload;
import email.daimon.functions.store.Uploads;
import email.daimon.model.Ids;
import email.daimon.model.Inbox;
import email.daimon.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code POST /v1/inboxes/{id}/uploads}: files too large for a request, or wanted ahead of it. */
final class UploadResource {
  /** How long a file may be put. */
  private static final Duration LINK = Duration.ofHours(1);

  /** How long mails may take it; its bytes are swept away a day later. */
  private static final Duration USABLE = Duration.ofDays(1);

  private static final String BYTES = "application/octet-stream";
  private final Reach reach;
  private final Uploads uploads;
  private final Ids ids;

  UploadResource(Reach reach, Uploads uploads, Ids ids) {
    this.reach = requireNonNull(reach, "reach is null");
    this.uploads = requireNonNull(uploads, "uploads is null");
    this.ids = requireNonNull(ids, "ids is null");
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/inboxes/{id}/uploads", Access.WRITE, this::announce));
  }

  private Plan announce(Request request) {
    Inbox inbox = reach.inbox(request);
    Fields body = request.body();
    String filename = body.neededText("filename");
    if (LetterFields.hasControl(filename)) {
      body.problem("filename", "is one line, without control characters");
    }
    String type = body.text("content_type").orElse(BYTES);
    if (ContentType.parse(type).isEmpty()) {
      body.problem("content_type", "is a type such as application/pdf");
    }
    OptionalInt size = body.number("size", 0, (int) ComposeLimits.COMPOSED_BYTES);
    if (body.any("size").isEmpty()) {
      body.problem("size", "is needed, in bytes");
    }
    String sha256 = body.neededText("sha256").toLowerCase(Locale.ROOT);
    if (!sha256.isEmpty() && !sha256.matches("[0-9a-f]{64}")) {
      body.problem("sha256", "is 64 hexadecimal digits");
    }
    AttachmentFields.refuseType(filename);
    Upload upload =
        new Upload(
            ids.next("upl", request.now()),
            inbox.id(),
            filename,
            type,
            size.orElse(0),
            sha256,
            request.now().plus(USABLE));
    return Plan.of(() -> {
      uploads.announce(upload);
      return Reply.created(json(request, upload))
          .next(
              "Put the bytes with an HTTP PUT to url, with the Content-Type of headers",
              "Then name the file by upload_id in attachments of POST /v1/inboxes/"
                  + inbox.id()
                  + "/send");
    });
  }

  private ObjectNode json(Request request, Upload upload) {
    ObjectNode json = Json.object().put("id", upload.id()).put("upload_id", upload.id());
    json.put("filename", upload.filename()).put("content_type", upload.contentType());
    json.put("size", upload.size()).put("sha256", upload.sha256());
    json.put("url", uploads.link(upload, LINK).toString()).put("method", "PUT");
    json.putObject("headers").put("Content-Type", upload.contentType());
    json.put("expires_at", Json.time(request.now().plus(LINK)));
    json.set("usable_until", Json.time(Optional.of(upload.expiresAt())));
    return json;
  }
}
