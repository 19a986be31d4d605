package email.daimon.local.operate.doctor;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.local.operate.OperatorException;
import email.daimon.local.operate.doctor.Diagnosis.State;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Sends a mail by the deployed API and follows it: taken by the API, taken by the transport,
 * delivered, answered, and the answer back in the same thread. The first hop that breaks ends it.
 */
public final class SendTrial {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final int LONGEST_CALL_SECONDS = 25;
  private final Sender sender;
  private final Patience patience;
  private final Consumer<Diagnosis> told;

  /**
   * Who sends.
   *
   * @param api base of the API
   * @param key that may send from the inbox
   */
  public record Sender(URI api, String inboxId, String key) {
    public Sender {
      requireNonNull(api, "api is null");
      requireNonNull(inboxId, "inboxId is null");
      requireNonNull(key, "key is null");
    }
  }

  /** How long each hop may take. */
  public record Patience(Duration acceptance, Duration delivery, Duration answer) {
    public static final Patience USUAL =
        new Patience(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(10));
  }

  /**
   * @param told of each hop, as soon as it is known
   */
  public SendTrial(Sender sender, Patience patience, Consumer<Diagnosis> told) {
    this.sender = requireNonNull(sender, "sender is null");
    this.patience = requireNonNull(patience, "patience is null");
    this.told = requireNonNull(told, "told is null");
  }

  /** True where every hop held. */
  public boolean run(String to) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      Optional<JsonNode> sent = send(http, to);
      return sent.isPresent()
          && accepted(http, sent.get().path("id").asText())
          && delivered(http, sent.get().path("id").asText())
          && answered(http, to, sent.get().path("thread_id").asText());
    }
  }

  private Optional<JsonNode> send(HttpClient http, String to) {
    JsonNode body =
        JSON.createObjectNode()
            .put("to", to)
            .put("subject", "Does mail come through?")
            .put("text", "Please answer this mail: the answer shows that mail comes back too.");
    Answer answer;
    try {
      answer = call(http, "POST", path("/send"), Optional.of(body));
    } catch (IOException e) {
      broken(
          "API",
          "%s gives no answer (%s): see the host in DNS, and the stack's ApiUrl"
              .formatted(sender.api(), e));
      return Optional.empty();
    }
    if (answer.status() != 202) {
      broken(
          "API",
          "refused with %d %s: %s"
              .formatted(
                  answer.status(),
                  answer.json().path("code").asText("without a code"),
                  answer.json().path("fix").asText(answer.json().path("message").asText())));
      return Optional.empty();
    }
    well("API", "took the mail to " + to);
    return Optional.of(answer.json().path("result"));
  }

  private boolean accepted(HttpClient http, String message) {
    Optional<JsonNode> seen =
        await(
            http,
            message,
            patience.acceptance(),
            json -> !json.path("accepted_at").asText("").isEmpty() || ended(json));
    if (seen.isEmpty()) {
      broken(
          "transport",
          "not handed over within %d s: see the log of SendFunction and the dead letters of SendQueue"
              .formatted(patience.acceptance().toSeconds()));
      return false;
    }
    if (seen.get().path("accepted_at").asText("").isEmpty()) {
      broken("transport", "refused: " + outcome(seen.get()));
      return false;
    }
    well("transport", "accepted it as " + seen.get().path("smtp_message_id").asText());
    return true;
  }

  private boolean delivered(HttpClient http, String message) {
    Optional<JsonNode> seen = await(http, message, patience.delivery(), SendTrial::ended);
    if (seen.isEmpty()) {
      broken(
          "report",
          "no word of delivery within %d s: the other server delays it, or the configuration set's event destination, its topic or SesEventsQueue is cut"
              .formatted(patience.delivery().toSeconds()));
      return false;
    }
    if (!seen.get().path("status").asText().equals("sent")) {
      broken("delivery", outcome(seen.get()));
      return false;
    }
    well("delivery", "the other server took it, and its report came back");
    return true;
  }

  private boolean answered(HttpClient http, String to, String thread) {
    told.accept(
        new Diagnosis(
            State.OK,
            "answer",
            "waiting up to %d minutes: answer the mail now"
                .formatted(patience.answer().toMinutes())));
    long end = System.nanoTime() + patience.answer().toNanos();
    String query =
        "?allow_unverified=true&include_flagged=true&from="
            + URLEncoder.encode(to, StandardCharsets.UTF_8);
    String after = "";
    while (System.nanoTime() < end) {
      long left = Duration.ofNanos(end - System.nanoTime()).toSeconds() + 1;
      JsonNode json =
          get(
              http,
              path("/messages/wait")
                  + query
                  + "&timeout="
                  + Math.min(LONGEST_CALL_SECONDS, left)
                  + after);
      JsonNode answer = json.path("result");
      if (answer.path("thread_id").asText().equals(thread)) {
        boolean verified = answer.at("/authentication/verified_sender").asBoolean(true);
        well(
            "answer",
            "it came, in the same thread" + (verified ? "" : ", its sender not verified"));
        return true;
      }
      if (answer.isObject()) {
        broken("answer", "it came, but in another thread: its client dropped References");
        return false;
      }
      after =
          "&after=" + URLEncoder.encode(json.path("next_after").asText(), StandardCharsets.UTF_8);
    }
    broken(
        "answer",
        "none came: where it was sent, look at the MX, the active receipt rule set, then the dead letters of InboundQueue");
    return false;
  }

  private Optional<JsonNode> await(
      HttpClient http, String message, Duration most, Predicate<JsonNode> seen) {
    long end = System.nanoTime() + most.toNanos();
    while (true) {
      JsonNode json = get(http, path("/messages/" + message)).path("result");
      if (seen.test(json)) {
        return Optional.of(json);
      }
      if (System.nanoTime() > end) {
        return Optional.empty();
      }
      rest();
    }
  }

  private static boolean ended(JsonNode message) {
    return !message.path("status").asText().matches("queued|sending|scheduled");
  }

  private static String outcome(JsonNode message) {
    JsonNode first = message.at("/recipients/0");
    return "%s %s %s"
        .formatted(
            message.path("status").asText(),
            first.path("smtp_code").asText(""),
            first.path("reason").asText(""))
        .strip();
  }

  private String path(String rest) {
    return "/v1/inboxes/" + sender.inboxId() + rest;
  }

  private record Answer(int status, JsonNode json) {}

  private JsonNode get(HttpClient http, String path) {
    try {
      Answer answer = call(http, "GET", path, Optional.empty());
      if (answer.status() == 200) {
        return answer.json();
      }
      throw new OperatorException(
          "the API answers %d to GET %s: %s"
              .formatted(answer.status(), path, answer.json().path("message").asText()));
    } catch (IOException e) {
      throw new OperatorException("the API gives no answer any more: " + e, e);
    }
  }

  private Answer call(HttpClient http, String method, String path, Optional<JsonNode> body)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(sender.api().resolve(path))
            .timeout(Duration.ofSeconds(LONGEST_CALL_SECONDS + 10))
            .header("Authorization", "Bearer " + sender.key())
            .header("Content-Type", "application/json")
            .method(
                method,
                body.map(json -> BodyPublishers.ofString(json.toString()))
                    .orElseGet(BodyPublishers::noBody))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void rest() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperatorException("interrupted", e);
    }
  }

  private void well(String hop, String says) {
    told.accept(new Diagnosis(State.OK, hop, says));
  }

  private void broken(String hop, String says) {
    told.accept(new Diagnosis(State.WRONG, hop, says));
  }
}
