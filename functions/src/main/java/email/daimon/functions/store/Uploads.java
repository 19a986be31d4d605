package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Transactions.Attempt;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Files that are put up before their mail: a row {@code I#inbox / UP#id} and an object. */
public final class Uploads {
  private final Table mail;
  private final Transactions transactions;
  private final Supplier<S3Client> s3;
  private final Supplier<S3Presigner> presigner;
  private final String bucket;

  /** With clients that are made when they are needed. */
  public Uploads(
      Table mail,
      Transactions transactions,
      Supplier<S3Client> s3,
      Supplier<S3Presigner> presigner,
      String bucket) {
    this.mail = requireNonNull(mail, "mail is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.s3 = requireNonNull(s3, "s3 is null");
    this.presigner = requireNonNull(presigner, "presigner is null");
    this.bucket = requireNonNull(bucket, "bucket is null");
  }

  /** Announces a file. */
  public void announce(Upload upload) {
    Item item =
        Item.of(Keys.inbox(upload.inboxId()), Keys.upload(upload.id()))
            .text("filename", upload.filename())
            .text("contentType", upload.contentType())
            .number("size", upload.size())
            .text("sha256", upload.sha256())
            .time("expiresAt", upload.expiresAt())
            .number(Keys.EXPIRES_AT, upload.expiresAt().getEpochSecond());
    transactions.run(() -> new Attempt.Write<>(new UnitOfWork().put(mail, item), true));
  }

  /** A link by which its bytes, of exactly this type and number, are put. */
  public URI link(Upload upload, Duration valid) {
    var signed =
        presigner
            .get()
            .presignPutObject(sign ->
                sign.signatureDuration(valid)
                    .putObjectRequest(put ->
                        put.bucket(bucket)
                            .key(key(upload.inboxId(), upload.id()))
                            .contentType(upload.contentType())
                            .contentLength(upload.size())));
    return URI.create(signed.url().toString());
  }

  /** An announced file whose time is not over. */
  public Optional<Upload> find(String inboxId, String uploadId, Instant now) {
    return mail.get(Keys.inbox(inboxId), Keys.upload(uploadId))
        .map(item ->
            new Upload(
                uploadId,
                inboxId,
                item.text("filename"),
                item.text("contentType"),
                item.number("size"),
                item.text("sha256"),
                item.time("expiresAt")))
        .filter(upload -> upload.expiresAt().isAfter(now));
  }

  /** How many bytes were put; empty before any were. */
  public OptionalLong size(Upload upload) {
    try {
      return OptionalLong.of(
          s3.get()
              .headObject(head -> head.bucket(bucket).key(key(upload.inboxId(), upload.id())))
              .contentLength());
    } catch (NoSuchKeyException _) {
      return OptionalLong.empty();
    }
  }

  /** Copies the bytes to where a message has its attachments. */
  public void copy(Upload upload, String owner, String filename) {
    s3.get()
        .copyObject(copy ->
            copy.sourceBucket(bucket)
                .sourceKey(key(upload.inboxId(), upload.id()))
                .destinationBucket(bucket)
                .destinationKey(S3Blobs.attachmentKey(owner, filename)));
  }

  private static String key(String inboxId, String uploadId) {
    return "outgoing/" + inboxId + "/" + uploadId;
  }
}
