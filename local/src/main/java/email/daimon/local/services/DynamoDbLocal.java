package email.daimon.local.services;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * DynamoDB Local in this process, with its telemetry off. It is loaded by name: its licence does
 * not let it be compiled together with other programs, and with its jar on the class path the JDK
 * makes no start-up cache. So a start script names the jar by {@value #JAR}; Maven has it on the
 * class path.
 */
final class DynamoDbLocal implements Database {
  static final String JAR = "daimon.dynamodb.jar";
  private static final String EMBEDDED =
      "software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded";

  private final Object server;
  private final DynamoDbClient client;
  private final DynamoDbStreamsClient streams;

  /** Keeps its data in the file, or in memory without one. */
  DynamoDbLocal(Optional<Path> file) {
    try {
      Method create = loader().loadClass(EMBEDDED).getMethod("create", File.class, Boolean.class);
      server = call(create, null, file.map(Path::toFile).orElse(null), true);
      client = (DynamoDbClient) call(server.getClass().getMethod("dynamoDbClient"), server);
      streams =
          (DynamoDbStreamsClient)
              call(server.getClass().getMethod("dynamoDbStreamsClient"), server);
    } catch (ReflectiveOperationException | MalformedURLException e) {
      throw new ServiceException("DynamoDB Local 3.3.1 could not be started", e);
    }
  }

  @Override
  public DynamoDbClient client() {
    return client;
  }

  @Override
  public DynamoDbStreamsClient streams() {
    return streams;
  }

  @Override
  public void close() {
    try {
      call(server.getClass().getMethod("shutdown"), server);
    } catch (ReflectiveOperationException e) {
      throw new ServiceException("DynamoDB Local could not be stopped", e);
    }
  }

  private static ClassLoader loader() throws MalformedURLException {
    ClassLoader own = DynamoDbLocal.class.getClassLoader();
    String jar = System.getProperty(JAR);
    // Kept open for as long as the process lives: the server loads classes until its end.
    return jar == null ? own : new URLClassLoader(new URL[] {url(jar)}, own);
  }

  private static URL url(String jar) throws MalformedURLException {
    URI uri = Path.of(jar).toUri();
    return uri.toURL();
  }

  private static Object call(Method method, @Nullable Object target, @Nullable Object... arguments)
      throws ReflectiveOperationException {
    try {
      method.setAccessible(true);
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw new ServiceException("DynamoDB Local: " + e.getCause(), e);
    }
  }
}
