package email.daimon.bench.start;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * DynamoDB Local behind HTTP, on a free port, in memory: for functions in processes of their own.
 * Loaded by name, as in local mode.
 */
final class TableServer implements AutoCloseable {
  private static final String JAR = "daimon.dynamodb.jar";
  private static final String RUNNER = "software.amazon.dynamodb.services.local.main.ServerRunner";
  private final Object server;
  private final URI endpoint;

  TableServer() throws IOException {
    int port = freePort();
    endpoint = URI.create("http://127.0.0.1:" + port);
    String[] arguments = {
      "-inMemory", "-sharedDb", "-disableTelemetry", "-port", Integer.toString(port)
    };
    try {
      server =
          loader()
              .loadClass(RUNNER)
              .getMethod("createServerFromCommandLineArgs", String[].class)
              .invoke(null, (Object) arguments);
      call("start");
    } catch (InvocationTargetException e) {
      throw new IOException("DynamoDB Local: " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new IOException("DynamoDB Local 3.3.1 could not be started", e);
    }
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() throws IOException {
    try {
      call("stop");
    } catch (ReflectiveOperationException e) {
      throw new IOException("DynamoDB Local could not be stopped", e);
    }
  }

  private void call(String method) throws ReflectiveOperationException {
    var _ = server.getClass().getMethod(method).invoke(server);
  }

  private static ClassLoader loader() throws IOException {
    ClassLoader own = TableServer.class.getClassLoader();
    String jar = System.getProperty(JAR);
    return jar == null ? own : new URLClassLoader(new URL[] {Path.of(jar).toUri().toURL()}, own);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
