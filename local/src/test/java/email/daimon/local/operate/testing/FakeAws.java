package email.daimon.local.operate.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * AWS on loopback, for the calls that operators' commands make: answers by the action of a form or
 * by method and path, and refuses what is not signed for the right service.
 */
public final class FakeAws implements AutoCloseable {
  private static final String FORM = "application/x-www-form-urlencoded";
  private final HttpServer server;
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<Map<String, String>> forms = new CopyOnWriteArrayList<>();

  private record Reply(int status, String errorType, String body) {}

  public FakeAws() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  /** What the clients' environment says of it. */
  public Map<String, String> environment() {
    return Map.of("AWS_ENDPOINT_URL", url().toString());
  }

  public URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** A form's action, or method and path, is answered so. */
  public FakeAws answer(String call, String body) {
    replies.put(call, new Reply(200, "", body));
    return this;
  }

  public FakeAws refuse(String call, int status, String code, String said) {
    boolean json = call.contains(" ");
    replies.put(
        call,
        new Reply(
            status,
            json ? code : "",
            json
                ? "{\"message\":\"%s\"}".formatted(said)
                : "<ErrorResponse><Error><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"
                    .formatted(code, said)));
    return this;
  }

  /** What was called, in order. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /** The fields of each form with this action. */
  public List<Map<String, String>> forms(String action) {
    return forms.stream().filter(form -> action.equals(form.get("Action"))).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    Map<String, String> form = new LinkedHashMap<>();
    if (type != null && type.startsWith(FORM)) {
      for (String field : body.split("&")) {
        String[] parts = field.split("=", 2);
        form.put(decoded(parts[0]), decoded(parts[1]));
      }
      forms.add(form);
    }
    String call =
        form.getOrDefault(
            "Action", exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
    calls.add(call);
    String signed = exchange.getRequestHeaders().getFirst("Authorization");
    Reply reply =
        signed == null || !signed.contains("/" + service(call, form) + "/aws4_request")
            ? new Reply(403, "SignatureDoesNotMatch", "<E><Code>SignatureDoesNotMatch</Code></E>")
            : replies.getOrDefault(
                call, new Reply(404, "NotFoundException", "<E><Code>NotFound</Code></E>"));
    if (!reply.errorType().isEmpty()) {
      exchange.getResponseHeaders().add("x-amzn-ErrorType", reply.errorType() + ":");
    }
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String service(String call, Map<String, String> form) {
    return switch (form.getOrDefault("Version", "")) {
      case "2011-06-15" -> "sts";
      case "2010-05-15" -> "cloudformation";
      case "2010-12-01" -> "ses";
      default -> call.contains("/v2/email/") ? "ses" : "lambda";
    };
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** An element with others in it, or text. */
  public static String xml(String name, Object... inner) {
    List<String> parts = new ArrayList<>();
    for (Object part : inner) {
      parts.add(String.valueOf(part));
    }
    return "<%s>%s</%s>".formatted(name, String.join("", parts), name);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
