package email.daimon.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.local.testing.LocalDaimon;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An inbox of a running installation, as a stranger's mail server and the agent see it. */
final class ReceivingInbox implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private final HttpClient http = HttpClient.newHttpClient();
  private final LocalDaimon daimon;
  private final String id;
  private final String address;
  private final String key;

  private ReceivingInbox(LocalDaimon daimon, JsonNode made) {
    this.daimon = daimon;
    this.id = made.path("id").asText();
    this.address = made.path("email").asText();
    this.key = made.path("inbox_api_key").asText();
  }

  static ReceivingInbox open(String username) throws Exception {
    return open(username, LocalSettings.ephemeral());
  }

  static ReceivingInbox open(String username, LocalSettings settings) throws Exception {
    LocalDaimon daimon = LocalDaimon.start(settings);
    HttpRequest create =
        HttpRequest.newBuilder(daimon.apiUrl().resolve("/v1/inboxes"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"username\":\"%s\"}".formatted(username)))
            .build();
    HttpResponse<String> made = HttpClient.newHttpClient().send(create, BodyHandlers.ofString());
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return new ReceivingInbox(daimon, JSON.readTree(made.body()).path("result"));
  }

  LocalDaimon daimon() {
    return daimon;
  }

  String id() {
    return id;
  }

  String address() {
    return address;
  }

  /** Sends a mail by SMTP; line ends become CRLF. Returns once it got its 250. */
  void send(byte[] mail) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), daimon.smtpPort())) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      OutputStream out = socket.getOutputStream();
      expect(in, "220");
      say(out, in, "EHLO sender.example", "250");
      say(out, in, "MAIL FROM:<sender@sender.example> BODY=8BITMIME", "250");
      say(out, in, "RCPT TO:<" + address + ">", "250");
      say(out, in, "DATA", "354");
      String text = new String(mail, ISO_8859_1).replaceAll("\r?\n", "\r\n");
      text = text.replaceAll("(?m)^\\.", "..");
      out.write((text.endsWith("\r\n") ? text : text + "\r\n").getBytes(ISO_8859_1));
      say(out, in, ".", "250");
      say(out, in, "QUIT", "221");
    }
  }

  void awaitStored(int messages) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(total()).isEqualTo(messages));
  }

  int total() throws Exception {
    return get("/v1/inboxes/" + id + "/messages?limit=1").path("total").asInt();
  }

  /** Every row, page by page, flagged ones too. */
  List<JsonNode> allRows() throws Exception {
    List<JsonNode> rows = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get("/v1/inboxes/" + id + "/messages?limit=50&include_flagged=true" + cursor);
      page.path("messages").forEach(rows::add);
      cursor =
          page.path("has_more").asBoolean() ? "&cursor=" + page.path("next_cursor").asText() : "";
    } while (!cursor.isEmpty());
    return rows;
  }

  JsonNode message(String messageId) throws Exception {
    return get("/v1/inboxes/" + id + "/messages/" + messageId);
  }

  /** The raw mail, by its presigned link. */
  byte[] raw(String messageId) throws Exception {
    return linked("/v1/inboxes/" + id + "/messages/" + messageId + "/raw");
  }

  /** An attachment, by its presigned link. */
  byte[] attachment(String messageId, String attachmentId) throws Exception {
    return linked("/v1/inboxes/" + id + "/messages/" + messageId + "/attachments/" + attachmentId);
  }

  private byte[] linked(String path) throws Exception {
    URI link = URI.create(get(path).path("url").asText());
    return http.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofByteArray()).body();
  }

  private JsonNode get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(daimon.apiUrl().resolve(path))
            .header("Authorization", "Bearer " + key)
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("result");
  }

  private static void say(OutputStream out, BufferedReader in, String line, String code)
      throws IOException {
    out.write((line + "\r\n").getBytes(US_ASCII));
    out.flush();
    expect(in, code);
  }

  private static void expect(BufferedReader in, String code) throws IOException {
    String line = in.readLine();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') {
      line = in.readLine();
    }
    assertThat(line).startsWith(code);
  }

  @Override
  public void close() {
    daimon.close();
  }
}
