package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import email.daimon.compose.AttachmentTypes;
import email.daimon.compose.ComposeLimits;
import email.daimon.compose.ContentType;
import email.daimon.compose.OutgoingFile;
import email.daimon.functions.api.ApiException;
import email.daimon.functions.api.Fields;
import email.daimon.functions.api.MessageResource;
import email.daimon.functions.store.Documents;
import email.daimon.functions.store.MessageLists;
import email.daimon.functions.store.MessagePage;
import email.daimon.functions.store.Span;
import email.daimon.functions.store.Upload;
import email.daimon.functions.store.Uploads;
import email.daimon.mime.SafeFileNames;
import email.daimon.model.Attachment;
import email.daimon.model.Message;
import email.daimon.policy.MessageFilter;
import email.daimon.wire.ErrorCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Reads {@code attachments}: each has {@code data}, {@code upload_id} or {@code attachment_id}, so
 * that nobody has to carry bytes that the platform has already.
 */
final class AttachmentFields {
  private static final int LONGEST_NAME = 255;
  private static final int SEARCHED = 100;
  private static final String BYTES = "application/octet-stream";
  private final Uploads uploads;
  private final Documents documents;
  private final MessageLists lists;

  AttachmentFields(Uploads uploads, Documents documents, MessageLists lists) {
    this.uploads = requireNonNull(uploads, "uploads is null");
    this.documents = requireNonNull(documents, "documents is null");
    this.lists = requireNonNull(lists, "lists is null");
  }

  /**
   * The files asked for.
   *
   * @param near a message whose attachments may be named by their id alone, as may those of the
   *     inbox's newest messages
   */
  List<FileWish> read(Fields body, String inboxId, Optional<Message> near, Instant now) {
    SafeFileNames names = new SafeFileNames();
    List<FileWish> files = new ArrayList<>();
    for (Fields one : body.objects("attachments")) {
      one(one, names, files.size(), new Place(inboxId, near, now)).ifPresent(files::add);
    }
    if (files.size() > ComposeLimits.FILES) {
      body.problem("attachments", "are at most " + ComposeLimits.FILES);
    }
    return files;
  }

  private record Place(String inboxId, Optional<Message> near, Instant now) {}

  private record Origin(String filename, String contentType, long size, FileWish.Source source) {}

  private Optional<FileWish> one(Fields one, SafeFileNames names, int index, Place place) {
    Optional<String> filename = one.text("filename");
    if (filename.filter(LetterFields::hasControl).isPresent()) {
      one.problem("filename", "is one line, without control characters");
    }
    if (filename.filter(name -> name.isBlank() || name.length() > LONGEST_NAME).isPresent()) {
      one.problem("filename", "has 1 to " + LONGEST_NAME + " characters");
    }
    Optional<String> type = one.text("content_type");
    if (type.filter(given -> ContentType.parse(given).isEmpty()).isPresent()) {
      one.problem("content_type", "is a type such as application/pdf");
    }
    boolean inline = one.flag("inline").orElse(false);
    Optional<String> contentId = contentId(one);
    if (inline && contentId.isEmpty()) {
      one.problem("content_id", "is needed with inline: the HTML names the picture by it");
    }
    return origin(one, filename, place)
        .map(origin -> {
          String asked = filename.orElse(origin.filename());
          refuseType(asked);
          String contentType = type.orElse(origin.contentType());
          return new FileWish(
              names.next(Optional.of(asked), contentType, index),
              contentType,
              origin.size(),
              contentId,
              inline,
              origin.source());
        });
  }

  private static Optional<String> contentId(Fields one) {
    Optional<String> id =
        one.text("content_id")
            .map(given ->
                given.startsWith("<") && given.endsWith(">") && given.length() > 2
                    ? given.substring(1, given.length() - 1)
                    : given);
    if (id.filter(given -> !OutgoingFile.isContentId(given)).isPresent()) {
      one.problem("content_id", "is 1 to 200 ASCII characters without blanks, as in logo@example");
      return Optional.empty();
    }
    return id;
  }

  private Optional<Origin> origin(Fields one, Optional<String> filename, Place place) {
    Optional<String> data = one.text("data");
    Optional<String> uploadId = one.text("upload_id");
    Optional<String> attachmentId = one.text("attachment_id");
    Optional<String> messageId = one.text("message_id");
    long given = Stream.of(data, uploadId, attachmentId).filter(Optional::isPresent).count();
    if (given != 1) {
      one.problem("data", "is needed, or upload_id or attachment_id, and one of them alone");
      return Optional.empty();
    }
    if (data.isPresent()) {
      if (filename.isEmpty()) {
        one.problem("filename", "is needed");
      }
      return decoded(one, data.get())
          .map(bytes ->
              new Origin(
                  filename.orElse(""),
                  BYTES,
                  bytes.length,
                  new FileWish.Source.Sent(SdkBytes.fromByteArrayUnsafe(bytes))));
    }
    return uploadId.isPresent()
        ? putUp(one, uploadId.get(), place)
        : Optional.of(kept(attachmentId.orElseThrow(), messageId, place));
  }

  private static Optional<byte[]> decoded(Fields one, String data) {
    try {
      return Optional.of(Base64.getDecoder().decode(data.replaceAll("[\\r\\n\\t ]", "")));
    } catch (IllegalArgumentException _) {
      one.problem("data", "is no base64 (RFC 4648)");
      return Optional.empty();
    }
  }

  private Optional<Origin> putUp(Fields one, String id, Place place) {
    Optional<Upload> upload = uploads.find(place.inboxId, id, place.now);
    if (upload.isEmpty()) {
      one.problem("upload_id", "is no upload of this inbox, or its time is over");
      return Optional.empty();
    }
    OptionalLong size = uploads.size(upload.get());
    if (size.isEmpty()) {
      one.problem("upload_id", "has no bytes yet: put them to its url first");
    } else if (size.getAsLong() != upload.get().size()) {
      one.problem(
          "upload_id",
          "has " + size.getAsLong() + " bytes where " + upload.get().size() + " were announced");
    }
    return upload.map(file ->
        new Origin(
            file.filename(), file.contentType(), file.size(), new FileWish.Source.PutUp(file)));
  }

  private Origin kept(String id, Optional<String> messageId, Place place) {
    Stream<Message> messages =
        messageId.isPresent()
            ? documents
                .find(place.inboxId, messageId.get())
                .map(documents::complete)
                .or(() -> {
                  throw MessageResource.noMessage();
                })
                .stream()
            : Stream.concat(place.near.stream(), Stream.of(place.inboxId).flatMap(this::newest));
    return messages
        .flatMap(message -> of(message, id).stream())
        .findFirst()
        .orElseThrow(AttachmentFields::noFile);
  }

  private Stream<Message> newest(String inboxId) {
    MessageFilter everything =
        new MessageFilter(
            Optional.empty(),
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return lists
        .page(new MessageLists.Request(inboxId, everything, Span.ALL, false, 0, SEARCHED, false))
        .rows()
        .stream()
        .map(MessagePage.Row::message);
  }

  private static Optional<Origin> of(Message message, String id) {
    return message.attachments().stream()
        .filter(file -> file.id().equals(id))
        .map(file -> origin(message.id(), file))
        .findFirst();
  }

  private static Origin origin(String owner, Attachment file) {
    return new Origin(
        file.filename(),
        file.contentType(),
        file.size(),
        new FileWish.Source.Kept(owner, file.filename(), file.sha256()));
  }

  /** Refuses, at the call, a file that would be refused when the mail is sent. */
  static void refuseType(String filename) {
    AttachmentTypes.refused(filename)
        .ifPresent(extension -> {
          throw new ApiException(
              ErrorCode.ATTACHMENT_TYPE_REFUSED,
              "Files of type ." + extension + " are refused by the mail's carrier.",
              "Send the file in an archive, or a link to it.");
        });
  }

  private static ApiException noFile() {
    return new ApiException(
        ErrorCode.ATTACHMENT_NOT_FOUND,
        "No message at hand has this attachment.",
        "Name the message too, as message_id beside attachment_id.");
  }
}
