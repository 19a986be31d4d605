package email.daimon.local.http;

import email.daimon.local.lambda.LocalFunction;
import email.daimon.local.stack.Function.Route;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server on the HTTP port. */
public final class HttpDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);

  private final Server server;
  private final ServerConnector connector;

  /**
   * Takes the port; calls wait until {@link #start}.
   *
   * @param port 0 takes a free one
   * @throws IOException when it does not open; its cause is a {@link java.net.BindException} where
   *     the port is taken
   */
  public HttpDoor(int port) throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(32, 4);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server = new Server(threads);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    // Paths are judged by our own router, which answers with our own 404.
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.open();
    server.addConnector(connector);
  }

  /**
   * Answers calls from now on.
   *
   * @param routes every route of the HTTP API and the function behind it
   * @param ready whether a mail can be taken in and read back
   * @param changed is told after each call that may have changed something, before its answer
   */
  public void start(
      Map<Route, LocalFunction> routes,
      DevDoor dev,
      BooleanSupplier ready,
      Runnable changed,
      InstantSource clock) {
    RouteTable table = new RouteTable();
    routes.forEach(table::add);
    server.setHandler(new Dispatch(new Gateway(table, clock), dev, ready, changed));
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
      connector.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Dispatch extends Handler.Abstract {
    private final Gateway gateway;
    private final DevDoor dev;
    private final BooleanSupplier ready;
    private final Runnable changed;

    Dispatch(Gateway gateway, DevDoor dev, BooleanSupplier ready, Runnable changed) {
      this.gateway = gateway;
      this.dev = dev;
      this.ready = ready;
      this.changed = changed;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Call call = call(request);
      Reply reply;
      try {
        reply = reply(call);
      } catch (Refusal refusal) {
        reply = Reply.error(call, refusal);
        if (request.getLength() != 0) {
          // Its body may not have been read: the connection ends with it, and the client is told.
          response.getHeaders().put("Connection", "close");
        }
      } catch (IOException | RuntimeException e) {
        LOG.error("{} {}", call.method(), call.path(), e);
        reply = Reply.error(call, Refusal.internal());
      }
      response.setStatus(reply.status());
      for (Map.Entry<String, List<String>> header : reply.headers().entrySet()) {
        response.getHeaders().remove(header.getKey());
        header.getValue().forEach(value -> response.getHeaders().add(header.getKey(), value));
      }
      response.write(true, reply.body(), callback);
      return true;
    }

    private Reply reply(Call call) throws IOException {
      if (call.path().equals("/health")) {
        if (!ready.getAsBoolean()) {
          throw Refusal.busy("A mail cannot be taken in and read back now");
        }
        return Reply.json(200, Map.of("status", "ok"));
      }
      if (call.path().startsWith("/dev/")) {
        return dev.call(call);
      }
      try {
        return gateway.call(call);
      } finally {
        if (!call.method().equals("GET")) {
          changed.run();
        }
      }
    }

    private static Call call(Request request) {
      Map<String, List<String>> headers = new LinkedHashMap<>();
      request
          .getHeaders()
          .forEach(field ->
              headers
                  .computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                  .add(field.getValue() == null ? "" : field.getValue()));
      String query = request.getHttpURI().getQuery();
      InputStream body = Content.Source.asInputStream(request);
      return new Call(
          UUID.randomUUID().toString(),
          request.getMethod(),
          request.getHttpURI().getPath(),
          query == null ? "" : query,
          headers,
          body,
          Request.getRemoteAddr(request));
    }
  }
}
