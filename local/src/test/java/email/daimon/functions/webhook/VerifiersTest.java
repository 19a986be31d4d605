package email.daimon.functions.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.standardwebhooks.Webhook;
import email.daimon.model.EventType;
import email.daimon.wire.EventJson;
import email.daimon.wire.EventSample;
import email.daimon.wire.EventSample.Sample;
import email.daimon.wire.WebhookVerifier;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What receivers are given to verify with takes what we send, and nothing else. The sample is left
 * for the snippets in Node and Python, which {@code .ci/webhooks.py} runs on it.
 */
final class VerifiersTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OLDER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private final Instant now = Instant.now();
  private final Letter letter = letter();
  private final byte[] body = letter.body();

  @Test
  void bothSchemesAreTakenWithEitherSecretWhileOneIsRotated() throws Exception {
    for (String secret : List.of(SECRET, OLDER)) {
      assertThat(standard(secret, body, now)).isTrue();
      new Webhook(secret).verify(new String(body, UTF_8), headers());
    }
    assertThat(new WebhookVerifier(SECRET).verify(header("X-Daimon-Signature"), body)).isTrue();
    String hex = header("X-Daimon-Signature").substring("sha256=".length());
    assertThat(new WebhookVerifier(SECRET).verify(hex, body)).isTrue();
    leaveSample();
  }

  @Test
  void whatWasChangedIsOldOrOfSomebodyElseIsNot() {
    byte[] changed = body.clone();
    changed[changed.length / 2] ^= 1;
    assertThat(standard(SECRET, changed, now)).isFalse();
    assertThat(standard(SECRET, body, now.plus(Duration.ofSeconds(302)))).isFalse();
    assertThat(standard(SECRET, body, now.minus(Duration.ofSeconds(302)))).isFalse();
    assertThat(standard("whsec_" + "A".repeat(32), body, now)).isFalse();
    WebhookVerifier verifier = new WebhookVerifier(SECRET);
    assertThat(verifier.verify("evt_other", header("webhook-timestamp"), signature(), body, now))
        .isFalse();
    assertThat(verifier.verify(header("webhook-id"), "soon", signature(), body, now)).isFalse();
    assertThat(verifier.verify(header("webhook-id"), header("webhook-timestamp"), "", body, now))
        .isFalse();
    assertThat(verifier.verify(header("X-Daimon-Signature"), changed)).isFalse();
    assertThat(verifier.verify("sha256=", body)).isFalse();
    assertThatThrownBy(() -> new WebhookVerifier("dm_live_x")).hasMessageContaining("whsec_");
  }

  private boolean standard(String secret, byte[] bytes, Instant at) {
    return new WebhookVerifier(secret)
        .verify(header("webhook-id"), header("webhook-timestamp"), signature(), bytes, at);
  }

  private String signature() {
    return header("webhook-signature");
  }

  private String header(String name) {
    return letter.headers().get(name);
  }

  private HttpHeaders headers() {
    return HttpHeaders.of(
        letter.headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))),
        (_, _) -> true);
  }

  private Letter letter() {
    Sample sample =
        EventSample.of(EventType.MESSAGE_RECEIVED, "acc_1", "inbox_1", now.minusSeconds(1));
    return Letter.of(
        "https://example.com/hook",
        List.of(SECRET, OLDER),
        new Letter.Told("wh_1", sample.event().id(), "message.received", 1),
        EventJson.body(sample.event(), sample.subject(), URI.create("https://api.daimon.email")),
        now);
  }

  private void leaveSample() throws Exception {
    ObjectNode sample = new ObjectMapper().createObjectNode();
    sample.put("secret", SECRET).put("older", OLDER);
    sample.put("body", Base64.getEncoder().encodeToString(body));
    ObjectNode headers = sample.putObject("headers");
    letter.headers().forEach(headers::put);
    Files.writeString(
        Files.createDirectories(Path.of("target")).resolve("signed-webhook.json"),
        sample.toPrettyString());
  }
}
