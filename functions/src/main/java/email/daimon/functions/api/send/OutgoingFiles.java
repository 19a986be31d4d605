package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.api.ApiException;
import email.daimon.functions.store.Blobs;
import email.daimon.functions.store.Hash;
import email.daimon.functions.store.Upload;
import email.daimon.functions.store.Uploads;
import email.daimon.model.Attachment;
import email.daimon.model.Ids;
import email.daimon.wire.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;

/** Keeps the files of a mail where its own attachments lie, before the mail is stored. */
final class OutgoingFiles {
  private final Blobs blobs;
  private final Uploads uploads;

  OutgoingFiles(Blobs blobs, Uploads uploads) {
    this.blobs = requireNonNull(blobs, "blobs is null");
    this.uploads = requireNonNull(uploads, "uploads is null");
  }

  /**
   * Keeps them.
   *
   * @param owner the message or draft that is to have them
   */
  List<Attachment> keep(String owner, List<FileWish> wishes) {
    List<Attachment> kept = new ArrayList<>();
    try {
      keep(owner, wishes, kept);
    } catch (ApiException refused) {
      wishes.stream()
          .limit(kept.size() + 1L)
          .forEach(wish -> blobs.deleteAttachment(owner, wish.filename()));
      throw refused;
    }
    return kept;
  }

  private void keep(String owner, List<FileWish> wishes, List<Attachment> kept) {
    for (FileWish wish : wishes) {
      kept.add(
          Attachment.plain(
              Ids.deterministic("att", owner, Integer.toString(kept.size())),
              wish.filename(),
              wish.contentType(),
              wish.size(),
              keep(owner, wish),
              wish.contentId(),
              wish.inline()));
    }
  }

  private String keep(String owner, FileWish wish) {
    return switch (wish.source()) {
      case FileWish.Source.Sent(SdkBytes bytes) -> put(owner, wish, bytes.asByteArrayUnsafe());
      case FileWish.Source.Kept(String from, String filename, String sha256) -> {
        blobs.copyAttachment(from, filename, owner, wish.filename());
        yield sha256;
      }
      case FileWish.Source.PutUp(Upload upload) -> {
        // The copy is checked: who has the link may still put other bytes to the upload.
        uploads.copy(upload, owner, wish.filename());
        yield checked(owner, wish, upload);
      }
      case FileWish.Source.Raw(String inboxId, String messageId) -> {
        try (InputStream raw = blobs.raw(inboxId, messageId)) {
          yield put(owner, wish, raw.readAllBytes());
        } catch (IOException e) {
          throw new UncheckedIOException("the raw mail of " + messageId, e);
        }
      }
    };
  }

  private String put(String owner, FileWish wish, byte[] bytes) {
    blobs.keepAttachment(owner, wish.filename(), wish.contentType(), bytes);
    return Hash.sha256(bytes);
  }

  private String checked(String owner, FileWish wish, Upload upload) {
    try (InputStream copy = blobs.attachment(owner, wish.filename())) {
      String found = Hash.sha256(copy);
      if (!found.equals(upload.sha256())) {
        throw new ApiException(
            ErrorCode.VALIDATION_ERROR,
            "upload_id: the bytes of " + upload.id() + " have the SHA-256 " + found + ".",
            "Announce and put the file again: " + upload.sha256() + " was announced.");
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("the copy of " + upload.id(), e);
    }
  }
}
