package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.delete;
import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.patch;
import static email.daimon.functions.api.TestApi.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.functions.store.Hash;
import email.daimon.functions.store.Sends;
import email.daimon.model.Account;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** Scheduled mail, mail of unknown outcome, uploads and suppressions. */
final class UnsentRoutesTest {
  private final TestApi api = new TestApi(Map.of("DEFAULT_TIER", "developer"));

  @Test
  void whatIsScheduledIsListedMovedAndTakenBack() {
    Opened own = api.open("planner");
    List<String> ids = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      ids.add(id(later(own, Duration.ofHours(i))));
      send(own, "");
    }
    api.clock.advance(Duration.ofSeconds(30));
    assertThat(scheduled(own)).containsExactlyInAnyOrderElementsOf(ids);
    Instant moved = api.clock.instant().plus(Duration.ofDays(2));
    Answer move =
        api.call(
            patch(path(own, ids.getFirst()))
                .key(own.inboxKey())
                .body("{'send_at': '" + moved + "'}"));
    assertThat(move.status()).as(move.body()).isEqualTo(200);
    assertThat(Instant.parse(move.result().path("send_at").asText()).toEpochMilli())
        .isEqualTo(moved.toEpochMilli());
    Answer cancel = api.call(delete(path(own, ids.get(1))).key(own.inboxKey()));
    assertThat(cancel.result().path("status").asText()).isEqualTo("cancelled");
    assertThat(cancel.result().path("recipients").get(0).path("status").asText())
        .isEqualTo("cancelled");
    assertThat(api.call(delete(path(own, ids.get(1))).key(own.inboxKey())).status()).isEqualTo(200);
    assertThat(scheduled(own)).containsExactlyInAnyOrder(ids.getFirst(), ids.getLast());
    assertThat(
            api.call(get(path(own, ids.get(1))).key(own.inboxKey()))
                .result()
                .path("status")
                .asText())
        .isEqualTo("cancelled");
    assertThat(
            api.call(patch(path(own, ids.get(1))).key(own.inboxKey()).body("{'send_at': null}"))
                .error())
        .isEqualTo("MESSAGE_ALREADY_SENDING");
  }

  @Test
  void nullSendsNowAndMailThatCameInHasNoSendAt() {
    Opened own = api.open("impatient");
    String id = id(later(own, Duration.ofHours(1)));
    Answer now = api.call(patch(path(own, id)).key(own.inboxKey()).body("{'send_at': null}"));
    assertThat(Instant.parse(now.result().path("send_at").asText()))
        .isBeforeOrEqualTo(api.clock.instant());
    new Postman(api).bring("impatient", Postman.plain("i1", "s", "x"));
    String inbound =
        api.call(get("/v1/inboxes/" + own.inboxId() + "/messages").key(own.inboxKey()))
            .result()
            .path("messages")
            .get(0)
            .path("id")
            .asText();
    assertThat(
            api.call(patch(path(own, inbound)).key(own.inboxKey()).body("{'send_at': null}"))
                .status())
        .isEqualTo(400);
    assertThat(
            api.call(delete(path(own, inbound)).key(own.inboxKey()))
                .result()
                .path("deleted")
                .asBoolean())
        .isTrue();
  }

  @Test
  void aMailThatAWorkerHasIsNeitherMovedNorTakenBack() {
    Opened own = api.open("too-late");
    Answer sent = send(own, "");
    Message message = message(own, sent);
    Sends sends = api.wiring.sends();
    sends.claim(account(own), message, "a1", Optional.empty());
    assertThat(api.call(delete(path(own, id(sent))).key(own.inboxKey())).error())
        .isEqualTo("MESSAGE_ALREADY_SENDING");
  }

  @Test
  void anUnknownMailIsSettledByTheAccountKey() {
    Opened own = api.open("unsure");
    Answer sent = send(own, "");
    String resolve = path(own, id(sent)) + "/resolve";
    assertThat(api.call(post(resolve).key(own.inboxKey()).body("{'outcome': 'sent'}")).error())
        .isEqualTo("KEY_SCOPE");
    assertThat(api.call(post(resolve).key(own.accountKey()).body("{'outcome': 'sent'}")).error())
        .isEqualTo("MESSAGE_NOT_UNKNOWN");
    lose(own, sent);
    assertThat(
            api.call(
                    post(resolve).key(own.accountKey()).body("{'outcome': 'sent', 'resend': true}"))
                .status())
        .isEqualTo(400);
    Answer again =
        api.call(
            post(resolve).key(own.accountKey()).body("{'outcome': 'not_sent', 'resend': true}"));
    assertThat(again.result().path("status").asText()).isEqualTo("queued");
    lose(own, sent);
    Answer settled = api.call(post(resolve).key(own.accountKey()).body("{'outcome': 'sent'}"));
    assertThat(settled.result().path("status").asText()).isEqualTo("sent");
  }

  // A worker that died within its attempt.
  private void lose(Opened own, Answer sent) {
    Sends sends = api.wiring.sends();
    Message message = message(own, sent);
    Sends.Claim claim =
        sends.claim(account(own), message, "b" + api.clock.instant(), Optional.empty());
    sends.attempting(((Sends.Claim.Mine) claim).message());
    api.clock.advance(Sends.LEASE.plusSeconds(1));
    sends.claim(account(own), message, "c" + api.clock.instant(), Optional.empty());
  }

  @Test
  void aFileIsPutUpAndSentByItsId() throws Exception {
    Opened own = api.open("uploader");
    byte[] bytes = "large".getBytes(UTF_8);
    Answer upload = announce(own, Hash.sha256(bytes), bytes.length);
    assertThat(upload.status()).as(upload.body()).isEqualTo(201);
    String upl = upload.result().path("upload_id").asText();
    assertThat(upload.result().path("url").asText()).contains("outgoing/", upl);
    String files = ", 'attachments': [{'upload_id': '" + upl + "'}]";
    assertThat(send(own, files).body()).contains("no bytes yet");
    assertThat(putByLink(upload, bytes)).isEqualTo(200);
    Answer sent = send(own, files);
    assertThat(sent.status()).as(sent.body()).isEqualTo(202);
    JsonNode file =
        api.call(get(path(own, id(sent))).key(own.inboxKey())).result().path("attachments").get(0);
    assertThat(file.path("filename").asText()).isEqualTo("big.bin");
    assertThat(file.path("sha256").asText()).isEqualTo(Hash.sha256(bytes));
    put(own, upl, "lorge".getBytes(UTF_8));
    Answer other = send(own, files);
    assertThat(other.status()).as(other.body()).isEqualTo(400);
    assertThat(other.body()).contains("SHA-256");
    Opened stranger = api.open("stranger-uploader");
    assertThat(send(stranger, files).status()).isEqualTo(400);
    api.clock.advance(Duration.ofDays(2));
    assertThat(send(own, files).status()).isEqualTo(400);
  }

  @Test
  void anUploadSaysWhatItWillBe() {
    Opened own = api.open("vague-uploader");
    for (String body :
        List.of(
            "{}",
            "{'filename': 'a', 'size': -1, 'sha256': 'x'}",
            "{'filename': 'a\\nb', 'size': 1, 'sha256': '" + "0".repeat(64) + "'}",
            "{'filename': 'a', 'size': 99999999, 'sha256': '" + "0".repeat(64) + "'}")) {
      Answer answer =
          api.call(
              post("/v1/inboxes/" + own.inboxId() + "/uploads").key(own.inboxKey()).body(body));
      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    }
  }

  @Test
  void suppressionsAreListedAndLiftedByTheirAccountAlone() {
    Opened own = api.open("suppressor");
    Opened other = api.open("other-suppressor");
    for (String address : List.of("a@example.com", "b+c@example.com", "d@example.com")) {
      TestTables.suppress(api, own, address, "complaint");
    }
    Answer first = api.call(get("/v1/suppressions?limit=2").key(own.accountKey()));
    assertThat(first.result().path("suppressions").findValuesAsText("address"))
        .containsExactly("a@example.com", "b+c@example.com");
    Answer second =
        api.call(
            get("/v1/suppressions?limit=2&cursor=" + first.result().path("next_cursor").asText())
                .key(own.accountKey()));
    assertThat(second.result().path("suppressions").findValuesAsText("address"))
        .containsExactly("d@example.com");
    assertThat(
            api.call(get("/v1/suppressions").key(other.accountKey())).result().path("suppressions"))
        .isEmpty();
    String one = "/v1/suppressions/b%2Bc@example.com";
    assertThat(api.call(delete(one).key(other.accountKey())).error())
        .isEqualTo("SUPPRESSION_NOT_FOUND");
    assertThat(api.call(delete(one).key(own.accountKey())).status()).isEqualTo(200);
    assertThat(api.call(delete(one).key(own.accountKey())).status()).isEqualTo(404);
    assertThat(api.call(get("/v1/suppressions").key(own.inboxKey())).error())
        .isEqualTo("KEY_SCOPE");
  }

  private Answer announce(Opened own, String sha256, int size) {
    return api.call(
        post("/v1/inboxes/" + own.inboxId() + "/uploads")
            .key(own.inboxKey())
            .body(
                "{'filename': 'big.bin', 'content_type': 'application/x-big', 'size': "
                    + size
                    + ", 'sha256': '"
                    + sha256
                    + "'}"));
  }

  private static int putByLink(Answer upload, byte[] bytes) throws Exception {
    HttpRequest put =
        HttpRequest.newBuilder(URI.create(upload.result().path("url").asText()))
            .header("Content-Type", "application/x-big")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(put, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private void put(Opened own, String uploadId, byte[] bytes) {
    api.wiring
        .clients()
        .s3()
        .putObject(
            put ->
                put.bucket(api.wiring.settings().bucket())
                    .key("outgoing/" + own.inboxId() + "/" + uploadId),
            RequestBody.fromBytes(bytes));
  }

  private Answer later(Opened own, Duration wait) {
    return send(own, ", 'send_at': '" + api.clock.instant().plus(wait) + "'");
  }

  private Answer send(Opened own, String more) {
    return api.call(
        post("/v1/inboxes/" + own.inboxId() + "/send")
            .key(own.inboxKey())
            .body("{'to': 'a@example.com', 'subject': 's', 'text': 'x'" + more + "}"));
  }

  private List<String> scheduled(Opened own) {
    return api.call(
            get("/v1/inboxes/" + own.inboxId() + "/messages?status=scheduled&limit=100")
                .key(own.inboxKey()))
        .result()
        .path("messages")
        .valueStream()
        .map(one -> one.path("id").asText())
        .toList();
  }

  private Message message(Opened own, Answer sent) {
    long time = Instant.parse(sent.result().path("created_at").asText()).toEpochMilli();
    return api.wiring.sends().find(own.inboxId(), new MessageKey(time, id(sent))).orElseThrow();
  }

  private Account account(Opened own) {
    String id = api.accountId(own);
    return api.wiring.accounts().find(id).orElseThrow();
  }

  private static String path(Opened own, String id) {
    return "/v1/inboxes/" + own.inboxId() + "/messages/" + id;
  }

  private static String id(Answer answer) {
    return answer.result().path("id").asText();
  }
}
