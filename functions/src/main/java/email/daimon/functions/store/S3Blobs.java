package email.daimon.functions.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Blobs in one S3 bucket. */
public final class S3Blobs implements Blobs {
  private static final String MAIL = "message/rfc822";
  private final Supplier<S3Client> s3;
  private final Supplier<S3Presigner> presigner;
  private final String bucket;
  private final InstantSource clock;

  /** With clients that are made when they are needed. */
  public S3Blobs(
      Supplier<S3Client> s3, Supplier<S3Presigner> presigner, String bucket, InstantSource clock) {
    this.s3 = requireNonNull(s3, "s3 is null");
    this.presigner = requireNonNull(presigner, "presigner is null");
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public InputStream received(String sesId) {
    return open(receivedKey(sesId));
  }

  @Override
  public List<Received> receivedWithin(Instant from, Instant until) {
    String prefix = receivedKey("");
    return s3
        .get()
        .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix))
        .contents()
        .stream()
        .filter(
            object -> object.lastModified().isAfter(from) && !object.lastModified().isAfter(until))
        .map(object -> new Received(object.key().substring(prefix.length()), object.lastModified()))
        .toList();
  }

  @Override
  public void keepRaw(String sesId, String inboxId, String messageId) {
    s3.get()
        .copyObject(copy ->
            copy.sourceBucket(bucket)
                .sourceKey(receivedKey(sesId))
                .destinationBucket(bucket)
                .destinationKey(rawKey(inboxId, messageId)));
  }

  @Override
  public InputStream raw(String inboxId, String messageId) {
    return open(rawKey(inboxId, messageId));
  }

  @Override
  public void keepComposed(String inboxId, String messageId, byte[] mail) {
    put(rawKey(inboxId, messageId), MAIL, RequestBody.fromBytes(mail));
  }

  @Override
  public OptionalLong rawSize(String inboxId, String messageId) {
    try {
      return OptionalLong.of(
          s3.get()
              .headObject(head -> head.bucket(bucket).key(rawKey(inboxId, messageId)))
              .contentLength());
    } catch (S3Exception e) {
      // To who may not list the bucket S3 says 403 of what is not there.
      if (e.statusCode() == 404 || e.statusCode() == 403) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }

  @Override
  public void keepDocument(String inboxId, String messageId, byte[] compressed) {
    put(documentKey(inboxId, messageId), "application/gzip", RequestBody.fromBytes(compressed));
  }

  @Override
  public InputStream document(String inboxId, String messageId) {
    return open(documentKey(inboxId, messageId));
  }

  @Override
  public void keepText(String inboxId, String messageId, TextKind kind, String text) {
    put(
        textKey(inboxId, messageId, kind),
        kind.contentType(),
        RequestBody.fromBytes(text.getBytes(UTF_8)));
  }

  @Override
  public InputStream text(String inboxId, String messageId, TextKind kind) {
    return open(textKey(inboxId, messageId, kind));
  }

  @Override
  public void keepAttachment(String messageId, String filename, String contentType, Path bytes) {
    put(attachmentKey(messageId, filename), contentType, RequestBody.fromFile(bytes));
  }

  @Override
  public void keepAttachment(String messageId, String filename, String contentType, byte[] bytes) {
    put(attachmentKey(messageId, filename), contentType, RequestBody.fromBytes(bytes));
  }

  @Override
  public InputStream attachment(String messageId, String filename) {
    return open(attachmentKey(messageId, filename));
  }

  @Override
  public void copyAttachment(String fromId, String fromName, String toId, String toName) {
    String from = attachmentKey(fromId, fromName);
    try {
      s3.get()
          .copyObject(copy ->
              copy.sourceBucket(bucket)
                  .sourceKey(from)
                  .destinationBucket(bucket)
                  .destinationKey(attachmentKey(toId, toName)));
    } catch (NoSuchKeyException e) {
      throw new BlobMissingException(from, e);
    }
  }

  @Override
  public void copyAttachment(String fromMessageId, String toMessageId, String filename) {
    copyAttachment(fromMessageId, filename, toMessageId, filename);
  }

  @Override
  public void deleteAttachment(String messageId, String filename) {
    delete(attachmentKey(messageId, filename));
  }

  @Override
  public void deleteDocument(String inboxId, String messageId) {
    delete(documentKey(inboxId, messageId));
  }

  @Override
  public Link rawLink(String inboxId, String messageId, Duration valid) {
    return link(rawKey(inboxId, messageId), messageId + ".eml", MAIL, valid);
  }

  @Override
  public Link textLink(String inboxId, String messageId, TextKind kind, Duration valid) {
    return link(
        textKey(inboxId, messageId, kind),
        messageId + "." + kind.suffix(),
        kind.contentType(),
        valid);
  }

  @Override
  public Link attachmentLink(
      String messageId, String filename, String contentType, Duration valid) {
    return link(attachmentKey(messageId, filename), filename, SafeTypes.of(contentType), valid);
  }

  private void put(String key, String contentType, RequestBody body) {
    s3.get().putObject(put -> put.bucket(bucket).key(key).contentType(contentType), body);
  }

  private void delete(String key) {
    var _ = s3.get().deleteObject(delete -> delete.bucket(bucket).key(key));
  }

  private InputStream open(String key) {
    try {
      return s3.get().getObject(get -> get.bucket(bucket).key(key));
    } catch (NoSuchKeyException e) {
      throw new BlobMissingException(key, e);
    }
  }

  private Link link(String key, String filename, String contentType, Duration valid) {
    var signed =
        presigner
            .get()
            .presignGetObject(sign ->
                sign.signatureDuration(valid)
                    .getObjectRequest(get ->
                        get.bucket(bucket)
                            .key(key)
                            .responseContentType(contentType)
                            .responseContentDisposition(disposition(filename))));
    return new Link(URI.create(signed.url().toString()), clock.instant().plus(valid));
  }

  // RFC 6266: the plain name for old clients, the exact one in the form of RFC 5987.
  private static String disposition(String filename) {
    String plain = filename.replaceAll("[^ -~]|[\"\\\\%]", "_");
    String exact = URLEncoder.encode(filename, UTF_8).replace("+", "%20").replace("*", "%2A");
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + exact;
  }

  private static String receivedKey(String sesId) {
    return "inbound/" + sesId;
  }

  private static String rawKey(String inboxId, String messageId) {
    return "emails/" + inboxId + "/" + messageId + ".eml";
  }

  private static String documentKey(String inboxId, String messageId) {
    return "parsed/" + inboxId + "/" + messageId + ".json.gz";
  }

  private static String textKey(String inboxId, String messageId, TextKind kind) {
    return "parsed/" + inboxId + "/" + messageId + "." + kind.suffix();
  }

  static String attachmentKey(String messageId, String filename) {
    return "attachments/" + messageId + "/" + filename;
  }
}
