package email.daimon.local.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import email.daimon.local.MailCommand;
import email.daimon.local.operate.costs.Count;
import email.daimon.local.operate.costs.Work;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * What single pieces of work ask of AWS, function by function: done one after the other on local
 * mode, whose functions are the deployed ones, and counted at their clients.
 */
public final class CountedWork implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long LOOK = Duration.ofMillis(10).toNanos();
  // Nothing more is asked for after so many looks at empty queues.
  private static final int QUIET_LOOKS = 20;
  private static final int MAILS_OF_A_LIST = 20;
  private static final int SWEEPS = 4;
  private static final double LEAST = 0.005;
  private static final String SWEEP = "SweepFunction";
  private static final String JOBS = "JobsFunction";
  private final LocalDaimon daimon = LocalDaimon.start();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String inbox;
  private final String address;
  private final String key;
  private int mails;

  public CountedWork() throws IOException {
    JsonNode made = call("POST", "/v1/inboxes", "", "{\"username\":\"counted\"}");
    inbox = "/v1/inboxes/" + made.path("id").asText();
    address = made.path("email").asText();
    key = made.path("account_api_key").asText();
    call("POST", "/v1/account/upgrade", key, "{\"payment_method\":\"pm_card_visa\"}");
    daimon.usage().countUnits();
  }

  /** Each kind of work so many times; the figures are of one. */
  public List<Count> all(int times) throws IOException {
    for (int i = 0; i < MAILS_OF_A_LIST; i++) {
      receive();
    }
    List<Count> counts = new ArrayList<>();
    Map<String, Map<String, Double>> received = counted(times, this::receive);
    add(counts, Work.RECEIVED, received);
    add(counts, Work.SENT, counted(times, this::send));
    add(counts, Work.LIST, counted(times, () -> get("/messages?limit=" + MAILS_OF_A_LIST)));
    String message = get("/messages?limit=1").at("/messages/0/id").asText();
    add(counts, Work.READ, counted(times, () -> get("/messages/" + message)));
    add(counts, Work.WEBHOOK, without(webhooks(times), received));
    beginAnHour();
    add(counts, Work.MINUTE, counted(times, this::minute));
    return counts;
  }

  private static void add(
      List<Count> counts, Work work, Map<String, Map<String, Double>> byFunction) {
    byFunction.forEach((function, amounts) -> {
      // The sweep goes on during other work, and rounds of jobs come with it.
      if (!function.equals(JOBS) && function.equals(SWEEP) == (work == Work.MINUTE)) {
        amounts.forEach((what, amount) -> {
          if (Math.abs(amount) >= LEAST) {
            counts.add(new Count(work, function, what, amount));
          }
        });
      }
    });
  }

  /** Something that is done. */
  @FunctionalInterface
  private interface Piece {
    void run() throws IOException;
  }

  private Map<String, Map<String, Double>> counted(int times, Piece piece) throws IOException {
    // What is made once, such as the secret that signs cursors, is not counted.
    piece.run();
    settle();
    daimon.usage().reset();
    for (int i = 0; i < times; i++) {
      piece.run();
      settle();
    }
    Map<String, Map<String, Double>> counted = new TreeMap<>();
    daimon
        .usage()
        .byFunction()
        .forEach((function, amounts) -> {
          Map<String, Double> one = new TreeMap<>();
          amounts.forEach((what, amount) -> one.put(what, amount / times));
          counted.put(function, one);
        });
    return counted;
  }

  private Map<String, Map<String, Double>> webhooks(int times) throws IOException {
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          var _ = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    try {
      String url = "http://localhost:" + receiver.getAddress().getPort() + "/";
      call(
          "POST",
          "/v1/webhooks",
          key,
          "{\"url\":\"%s\",\"events\":[\"message.received\"]}".formatted(url));
      return counted(times, this::receive);
    } finally {
      receiver.stop(0);
    }
  }

  private static Map<String, Map<String, Double>> without(
      Map<String, Map<String, Double>> all, Map<String, Map<String, Double>> other) {
    Map<String, Map<String, Double>> rest = new TreeMap<>();
    all.forEach((function, amounts) -> {
      Map<String, Double> own = new TreeMap<>();
      amounts.forEach((what, amount) ->
          own.put(what, amount - other.getOrDefault(function, Map.of()).getOrDefault(what, 0.0)));
      rest.put(function, own);
    });
    return rest;
  }

  // Rounds begin with the hour: none comes while this counts. What the first sweeps find is old.
  private void beginAnHour() throws IOException {
    int past = daimon.clock().instant().atZone(ZoneOffset.UTC).getMinute();
    daimon.clock().advance(Duration.ofMinutes(60 - past + 5));
    for (int i = 0; i < SWEEPS; i++) {
      minute();
      settle();
    }
  }

  private void receive() throws IOException {
    int before = messages();
    var _ = MailCommand.send(daimon.smtpPort(), "sam@sender.example", address, mail(mails++));
    await(() -> messages() > before);
  }

  /** A text and its HTML, 30 KB, no two alike. */
  private static byte[] mail(int number) {
    StringBuilder mail = new StringBuilder();
    mail.append(
        """
        From: Sam Sender <sam@sender.example>
        To: counted
        Subject: Order %1$d
        Date: Fri, 20 Nov 2026 10:00:00 +0000
        Message-ID: <%1$d@sender.example>
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="a"

        --a
        Content-Type: text/plain; charset=utf-8

        """
            .formatted(number));
    Random words = new Random(number);
    lines(mail, words, 10_000, "");
    mail.append("--a\nContent-Type: text/html; charset=utf-8\n\n<html><body>\n");
    lines(mail, words, 20_000, "<p>");
    mail.append("</body></html>\n--a--\n");
    return mail.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void lines(StringBuilder mail, Random words, int length, String before) {
    int end = mail.length() + length;
    while (mail.length() < end) {
      mail.append(before).append("the invoice of ");
      mail.append(Long.toString(words.nextLong() >>> 1, 36)).append(" comes on Monday\n");
    }
  }

  private int messages() {
    return (int)
        daimon.wiring().mailbox().counters(inbox.substring(inbox.lastIndexOf('/') + 1)).messages();
  }

  private void send() throws IOException {
    String body =
        "{\"to\":\"a@example.com\",\"subject\":\"Counted\",\"text\":\"Hello, this is counted.\"}";
    String sent = call("POST", inbox + "/send", key, body).path("id").asText();
    String id = inbox.substring(inbox.lastIndexOf('/') + 1);
    await(() ->
        daimon
            .wiring()
            .mailbox()
            .message(id, sent)
            .filter(message -> message.status().equals("sent"))
            .isPresent());
  }

  private void minute() {
    Map<String, Double> before = sweeps();
    daimon.clock().advance(Duration.ofMinutes(1));
    await(() -> !sweeps().equals(before));
  }

  private Map<String, Double> sweeps() {
    return daimon.usage().byFunction().getOrDefault(SWEEP, Map.of());
  }

  private JsonNode get(String path) throws IOException {
    return call("GET", inbox + path, key, "");
  }

  // The queues are empty, and nothing is asked for any more.
  private void settle() {
    int[] quiet = new int[1];
    List<Map<String, Map<String, Double>>> last = new ArrayList<>();
    await(() -> {
      Map<String, Map<String, Double>> now = daimon.usage().byFunction();
      boolean same = !last.isEmpty() && last.getLast().equals(now);
      last.clear();
      last.add(now);
      boolean empty = daimon.queues().values().stream().allMatch(depth -> depth.settled());
      quiet[0] = same && empty ? quiet[0] + 1 : 0;
      return quiet[0] >= QUIET_LOOKS;
    });
  }

  /** Whether something is so by now. */
  @FunctionalInterface
  private interface State {
    boolean reached();
  }

  private static void await(State state) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!state.reached()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not done within " + PATIENCE);
      }
      LockSupport.parkNanos(LOOK);
    }
  }

  private JsonNode call(String method, String path, String with, String body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(daimon.apiUrl().resolve(path))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!with.isEmpty()) {
      request.header("Authorization", "Bearer " + with);
    }
    try {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
      }
      return JSON.readTree(answer.body()).path("result");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
    daimon.close();
  }
}
