package email.daimon.local.services;

import email.daimon.local.services.Fault.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The object store's SDK client without HTTP in between, as DynamoDB Local has one: a request that
 * is signed, sent, checked and answered over loopback costs more than storing the object. Links
 * that are handed out go to the store's HTTP server all the same. An operation that is not here is
 * not to be used.
 */
final class InProcessObjects implements S3Client {
  private final BlobStore store;
  private final Faults faults;
  private final Usage usage;

  InProcessObjects(BlobStore store, Faults faults, Usage usage) {
    this.store = Objects.requireNonNull(store);
    this.faults = Objects.requireNonNull(faults);
    this.usage = Objects.requireNonNull(usage);
  }

  @Override
  public <T> T getObject(
      GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
    usage.add("s3.GET", 1);
    ResponseInputStream<GetObjectResponse> object =
        found(request.key(), () -> store.getBlob(request));
    try {
      return transformer.transform(object.response(), AbortableInputStream.create(object));
    } catch (Exception e) {
      throw SdkClientException.create("the object could not be read: " + request.key(), e);
    }
  }

  @Override
  public HeadObjectResponse headObject(HeadObjectRequest request) {
    usage.add("s3.HEAD", 1);
    return found(request.key(), () -> store.blobMetadata(request));
  }

  @Override
  public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
    PutObjectRequest sized =
        body.optionalContentLength()
            .map(length -> request.toBuilder().contentLength(length).build())
            .orElse(request);
    return write(() -> {
      try (InputStream content = body.contentStreamProvider().newStream()) {
        return store.putBlob(sized, content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  @Override
  public CopyObjectResponse copyObject(CopyObjectRequest request) {
    return write(() -> found(request.sourceKey(), () -> store.copyBlob(request)));
  }

  @Override
  public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
    usage.add("s3.DELETE", 1);
    return store.removeBlob(request);
  }

  @Override
  public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
    usage.add("s3.GET", 1);
    return store.list(request);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /** The store is closed by whoever opened it. */
  @Override
  public void close() {}

  private <R> R write(Supplier<R> put) {
    Supplier<R> call =
        () -> {
          usage.add("s3.PUT", 1);
          return put.get();
        };
    Optional<Fault> fault = faults.next(Step.S3_PUT);
    if (fault.isEmpty()) {
      return call.get();
    }
    return switch (fault.get().action()) {
      case FAIL, CONFLICT ->
          throw S3Exception.builder().message("a fault that was asked for").statusCode(503).build();
      // The SDK puts again when it hears nothing.
      case LOSE, TWICE -> {
        var _ = call.get();
        yield call.get();
      }
      case DELAY -> {
        fault.get().pause();
        yield call.get();
      }
    };
  }

  private static <R> R found(String key, Supplier<@Nullable R> call) {
    R object = call.get();
    if (object == null) {
      throw NoSuchKeyException.builder().message("no object " + key).statusCode(404).build();
    }
    return object;
  }
}
