package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A customer's server: takes every webhook at once, and knows when it came. */
final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final AtomicLong calls = new AtomicLong();

  /**
   * A webhook that came.
   *
   * @param at of {@link System#nanoTime}
   * @param afterCommit milliseconds since the event was stored
   */
  record Heard(long at, long afterCommit) {}

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::hear);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/hook";
  }

  long calls() {
    return calls.get();
  }

  void clear() {
    heard.clear();
    calls.set(0);
  }

  /** The next that comes. */
  Heard next() throws IOException, InterruptedException {
    Heard next = heard.poll(30, TimeUnit.SECONDS);
    if (next == null) {
      throw new IOException("no webhook within 30 s");
    }
    return next;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void hear(HttpExchange call) throws IOException {
    long at = System.nanoTime();
    long now = System.currentTimeMillis();
    JsonNode body = Json.MAPPER.readTree(call.getRequestBody());
    heard.add(new Heard(at, now - body.path("timestamp_ms").asLong()));
    calls.incrementAndGet();
    try (call) {
      call.sendResponseHeaders(200, -1);
    }
  }
}
