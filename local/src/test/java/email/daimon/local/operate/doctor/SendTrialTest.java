package email.daimon.local.operate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.local.operate.doctor.Diagnosis.State;
import email.daimon.local.operate.doctor.SendTrial.Patience;
import email.daimon.local.operate.doctor.SendTrial.Sender;
import email.daimon.local.testing.LocalDaimon;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The doctor's mail, on the platform itself: the first broken hop is named. */
final class SendTrialTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Patience SHORT =
      new Patience(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20));
  private static LocalDaimon daimon;
  private static JsonNode inbox;
  private final List<Diagnosis> told = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    daimon = LocalDaimon.start();
    inbox = post("/v1/inboxes", "", "{\"username\":\"doctor\"}");
    post("/v1/account/upgrade", key(), "{\"payment_method\":\"pm_card_visa\"}");
  }

  @AfterAll
  static void stop() {
    daimon.close();
  }

  @Test
  void everyHopHoldsWhereSomebodyAnswers() {
    boolean held =
        trial(
                SHORT,
                found -> {
                  if (found.says().startsWith("waiting")) {
                    answer(told.get(1).says().replaceAll(".*<(.*)>.*", "$1"));
                  }
                })
            .run("me@example.com");
    assertThat(told).as("%s", told).allMatch(found -> found.state() == State.OK);
    assertThat(told.stream().map(Diagnosis::about))
        .containsExactly("API", "transport", "delivery", "answer", "answer");
    assertThat(held).isTrue();
  }

  @Test
  void aMailThatBouncesBreaksAtItsDelivery() {
    assertThat(trial(SHORT, _ -> {}).run("bounce@simulator.amazonses.com")).isFalse();
    assertThat(told.getLast().line()).startsWith("WRONG  delivery: bounced");
  }

  @Test
  void nobodyAnswers() {
    Patience hasty =
        new Patience(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(200));
    assertThat(trial(hasty, _ -> {}).run("silent@example.com")).isFalse();
    assertThat(told.getLast().line()).contains("answer: none came", "receipt rule set");
  }

  @Test
  void anApiThatIsNotThereOrRefusesIsTheFirstHop() {
    Sender gone = new Sender(URI.create("http://localhost:1"), "inbox_x", "k");
    assertThat(new SendTrial(gone, SHORT, told::add).run("me@example.com")).isFalse();
    assertThat(told.getLast().line()).startsWith("WRONG  API: http://localhost:1 gives no answer");
    Sender stranger = new Sender(daimon.apiUrl(), inbox.path("id").asText(), "dm_live_wrong");
    assertThat(new SendTrial(stranger, SHORT, told::add).run("me@example.com")).isFalse();
    assertThat(told.getLast().line()).startsWith("WRONG  API: refused with 401");
  }

  private SendTrial trial(Patience patience, java.util.function.Consumer<Diagnosis> also) {
    Sender sender = new Sender(daimon.apiUrl(), inbox.path("id").asText(), key());
    return new SendTrial(
        sender,
        patience,
        found -> {
          told.add(found);
          also.accept(found);
        });
  }

  private static String key() {
    return inbox.path("account_api_key").asText();
  }

  private static void answer(String messageId) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), daimon.smtpPort())) {
      socket.setSoTimeout(20_000);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String mail =
          "From: me@example.com\r\nTo: doctor@daimon.email\r\nSubject: Re: Does mail come through?\r\n"
              + "In-Reply-To: <"
              + messageId
              + ">\r\nMessage-ID: <answer@example.com>\r\n\r\nYes.\r\n.";
      for (String line :
          List.of(
              "",
              "HELO me",
              "MAIL FROM:<me@example.com>",
              "RCPT TO:<doctor@daimon.email>",
              "DATA",
              mail)) {
        if (!line.isEmpty()) {
          socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(in.readLine()).matches("[23].*");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode post(String path, String key, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(daimon.apiUrl().resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return JSON.readTree(client.send(request.build(), BodyHandlers.ofString()).body())
          .path("result");
    }
  }
}
