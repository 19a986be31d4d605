package email.daimon.bench.start;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lambda's Runtime API on the loopback interface, for one function and one event. Source: AWS
 * Lambda developer guide, "Using the Lambda runtime API".
 */
final class RuntimeApi implements AutoCloseable {
  private static final String REQUEST = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
  private static final String ROOT = "/2018-06-01/runtime/";
  private static final long DEADLINE_MILLIS = 60_000;
  private final HttpServer server;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final byte[] event;
  private final AtomicBoolean given = new AtomicBoolean();
  private final CompletableFuture<Reply> reply = new CompletableFuture<>();

  /**
   * What a function answered.
   *
   * @param at of {@link System#nanoTime}
   */
  record Reply(String json, long at) {}

  RuntimeApi(String event) throws IOException {
    this.event = event.getBytes(UTF_8);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(calls);
    server.createContext(ROOT, this::answer);
    server.start();
  }

  /** Value of {@code AWS_LAMBDA_RUNTIME_API}. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Completed by the function's reply; exceptionally when it fails. */
  CompletableFuture<Reply> reply() {
    return reply;
  }

  private void answer(HttpExchange call) throws IOException {
    long now = System.nanoTime();
    String what = call.getRequestURI().getPath().substring(ROOT.length());
    String body = new String(call.getRequestBody().readAllBytes(), UTF_8);
    if (what.equals("invocation/next")) {
      next(call);
    } else {
      if (what.endsWith("/response")) {
        reply.complete(new Reply(body, now));
      } else {
        reply.completeExceptionally(new IOException(what + ": " + body));
      }
      call.sendResponseHeaders(202, -1);
      call.close();
    }
  }

  // After the one event there is none: the call stays open until the function is ended.
  private void next(HttpExchange call) throws IOException {
    if (given.getAndSet(true)) {
      return;
    }
    Headers headers = call.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", REQUEST);
    headers.set(
        "Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + DEADLINE_MILLIS));
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:us-east-1:000000000000:function:measured:live");
    call.sendResponseHeaders(200, event.length);
    call.getResponseBody().write(event);
    call.close();
  }

  @Override
  public void close() {
    server.stop(0);
    calls.shutdownNow();
  }
}
