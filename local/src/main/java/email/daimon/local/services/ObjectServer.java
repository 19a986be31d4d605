package email.daimon.local.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** s3proxy in this process, on a free port of the loopback interface. */
final class ObjectServer implements AutoCloseable {
  private static final String KEY_ID = "local";
  private static final String SECRET = "local-secret";

  /** Whom it lets in, and how all of this process's services are asked. */
  static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY_ID, SECRET));

  private final BlobStore store;
  private final S3Proxy proxy;

  /** Keeps its objects in the folder, or in memory without one. */
  ObjectServer(Optional<Path> folder) {
    store = folder.map(ObjectServer::files).orElseGet(TransientNio2BlobStore::new);
    proxy =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY_ID, SECRET)
            .ignoreUnknownHeaders(true)
            .build();
    try {
      proxy.start();
    } catch (Exception e) {
      throw new ServiceException("the object store could not be started", e);
    }
    if (!proxy.getState().equals(AbstractLifeCycle.STARTED)) {
      throw new ServiceException("the object store is " + proxy.getState());
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  /** The store itself: for SES, which writes received mail without asking a function. */
  BlobStore store() {
    return store;
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new ServiceException("the object store could not be stopped", e);
    }
  }

  private static BlobStore files(Path folder) {
    try {
      return new FilesystemNio2BlobStore(Files.createDirectories(folder).toRealPath().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
