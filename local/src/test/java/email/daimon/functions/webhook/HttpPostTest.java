package email.daimon.functions.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import email.daimon.functions.webhook.StrangeServer.Received;
import email.daimon.model.AttemptOutcome;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPostTest {
  private static final String OLD = "whsec_" + Base64.getEncoder().encodeToString(new byte[24]);
  private static final String NEW =
      "whsec_" + Base64.getEncoder().encodeToString("a secret of 24 bytes ...".getBytes(UTF_8));
  private static final byte[] KEPT = "{\"type\":\"message.received\"}".getBytes(UTF_8);
  private static final String HOST = "hooks.example.com";
  @TempDir private Path folder;
  private final HttpPost local = new HttpPost(false);

  @Test
  void whatIsSentIsSignedInBothWaysOverTheVeryBytes() throws Exception {
    try (StrangeServer server = StrangeServer.answering(200)) {
      Answer answer = local.send(letter(server.url()), () -> {});

      assertThat(answer.outcome()).isEqualTo(AttemptOutcome.OK);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("{\"ok\":true}");
      Received call = server.received().getFirst();
      assertThat(call.requestLine()).isEqualTo("POST /hook?a=b HTTP/1.1");
      assertThat(new String(call.body(), UTF_8))
          .isEqualTo("{\"webhook_id\":\"wh_1\",\"type\":\"message.received\"}");
      assertThat(call.headers())
          .containsEntry("content-type", "application/json")
          .containsEntry("user-agent", "daimon-webhooks/1")
          .containsEntry("x-daimon-event", "message.received")
          .containsEntry("x-daimon-delivery-attempt", "3")
          .containsEntry("webhook-id", "evt_1")
          .doesNotContainKeys("accept-encoding", "cookie", "upgrade", "proxy-authorization");
      for (String secret : List.of(OLD, NEW)) {
        new Webhook(secret).verify(new String(call.body(), UTF_8), standard(call));
      }
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(NEW.getBytes(UTF_8), "HmacSHA256"));
      assertThat(call.headers().get("x-daimon-signature"))
          .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(call.body())));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 299})
  void any2xxIsTaken(int status) {
    try (StrangeServer server = StrangeServer.answering(status)) {
      assertThat(local.send(letter(server.url()), () -> {}).ok()).isTrue();
    }
  }

  @Test
  void aRedirectIsNotFollowed() {
    try (StrangeServer inside = StrangeServer.answering(200);
        StrangeServer server =
            StrangeServer.answering(302, "Location: http://127.0.0.1:" + inside.port() + "/")) {
      Answer answer = local.send(letter(server.url()), () -> {});

      assertThat(answer.outcome()).isEqualTo(AttemptOutcome.REDIRECT);
      assertThat(answer.status()).isEqualTo(302);
      assertThat(inside.dialled()).isEmpty();
    }
  }

  @Test
  void anErrorKeeps512BytesOfItsTextAndWhatItAsksFor() {
    String text = "x".repeat(600);
    try (StrangeServer server =
        new StrangeServer((_, out) -> StrangeServer.answer(out, 503, text, "Retry-After: 120"))) {
      Answer answer = local.send(letter(server.url()), () -> {});

      assertThat(answer.outcome()).isEqualTo(AttemptOutcome.HTTP_ERROR);
      assertThat(answer.text()).isEqualTo("x".repeat(512));
      assertThat(answer.wish()).contains("120");
    }
  }

  @Test
  void anEndlessAnswerIsReadNoFurtherThanIsKept() {
    try (StrangeServer server =
        new StrangeServer((_, out) -> {
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
          while (true) {
            out.write(new byte[8_192]);
          }
        })) {
      Answer answer = local.send(letter(server.url()), () -> {});

      assertThat(answer.outcome()).isEqualTo(AttemptOutcome.OK);
      assertThat(answer.latency()).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void endlessHeadersAreNotRead() {
    try (StrangeServer server =
        new StrangeServer((_, out) -> {
          out.write("HTTP/1.1 200 OK\r\n".getBytes(ISO_8859_1));
          for (int i = 0; ; i++) {
            out.write(("X-" + i + ": y\r\n").getBytes(ISO_8859_1));
          }
        })) {
      assertThat(local.send(letter(server.url()), () -> {}).outcome())
          .isEqualTo(AttemptOutcome.TOO_LARGE);
    }
  }

  @Test
  void whatTakesLongIsSaidWhileItGoesOn() throws Exception {
    CountDownLatch said = new CountDownLatch(1);
    try (StrangeServer server =
        new StrangeServer((_, out) -> {
          assertThat(said.await(10, TimeUnit.SECONDS)).isTrue();
          StrangeServer.answer(out, 200, "");
        })) {
      assertThat(local.send(letter(server.url()), said::countDown).ok()).isTrue();
      assertThat(said.getCount()).isZero();
    }
  }

  @Test
  void nobodyListensNobodyKnowsTheNameAndNoAnswer() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    assertThat(local.send(letter("http://localhost:" + closed + "/"), () -> {}).outcome())
        .isEqualTo(AttemptOutcome.CONNECTION);
    HttpPost lost =
        post(
            false,
            List.of(),
            host -> {
              throw new UnknownHostException(host);
            },
            SSLContext.getDefault());
    assertThat(lost.send(letter("https://" + HOST + "/"), () -> {}).outcome())
        .isEqualTo(AttemptOutcome.DNS);
    try (StrangeServer server = new StrangeServer((_, out) -> out.close())) {
      assertThat(local.send(letter(server.url()), () -> {}).outcome())
          .isEqualTo(AttemptOutcome.CONNECTION);
    }
  }

  @Test
  void theAddressThatWasJudgedIsDialledAndANameThatMovesIsJudgedAnew() throws Exception {
    TestTls tls = TestTls.of(HOST, folder);
    AtomicInteger asked = new AtomicInteger();
    // 127.0.0.2 stands for the public internet here.
    InetAddress outside = InetAddress.ofLiteral("127.0.0.2");
    InetAddress inside = InetAddress.ofLiteral("127.0.0.1");
    HttpPost post =
        post(
            false,
            List.of("127.0.0.2/32 outside"),
            _ -> new InetAddress[] {asked.incrementAndGet() == 1 ? outside : inside},
            tls.client());
    try (StrangeServer server =
        new StrangeServer(
            InetAddress.ofLiteral("0.0.0.0"),
            Optional.of(tls.server()),
            (_, out) -> StrangeServer.answer(out, 200, ""))) {
      Answer first = post.send(letter("https://localhost:" + server.port() + "/"), () -> {});
      assertThat(first.outcome()).as("not the certificate's name").isEqualTo(AttemptOutcome.TLS);
      assertThat(server.dialled()).containsExactly(outside);
      assertThat(asked).hasValue(1);

      Answer second = post.send(letter("https://localhost:" + server.port() + "/"), () -> {});
      assertThat(second.outcome()).isEqualTo(AttemptOutcome.REFUSED_ADDRESS);
      assertThat(server.dialled()).hasSize(1);
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void oneRefusedAddressRefusesTheName() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpPost post =
        post(
            true,
            List.of(),
            _ -> {
              asked.incrementAndGet();
              return new InetAddress[] {
                InetAddress.ofLiteral("93.184.216.34"), InetAddress.ofLiteral("10.0.0.1")
              };
            },
            SSLContext.getDefault());
    assertThat(post.send(letter("https://" + HOST + "/"), () -> {}).outcome())
        .isEqualTo(AttemptOutcome.REFUSED_ADDRESS);
    assertThat(asked).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example.com/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fd00:ec2::254]/",
        "https://example.com:22/",
        "https://example.com:80/",
        "https://user@example.com/",
        "https://user:pw@example.com/",
        "https://localhost/",
        "https://example.0x10/",
        "https://1.2.3.4./",
        "https://a.b.5/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "https:///x",
        "https://exa mple.com/",
        "https://example.com#@127.0.0.1/",
        "https://127.0.0.1\\@example.com/",
        "//example.com/",
        "https://１２７.0.0.1/",
        "https://%31%32%37.0.0.1/"
      })
  void anUrlThatNamesAnAddressOrAnotherProtocolIsNotEvenLookedUp(String url) throws Exception {
    HttpPost post =
        post(
            true,
            List.of(),
            host -> {
              throw new AssertionError(host + " was looked up");
            },
            SSLContext.getDefault());
    assertThat(post.send(letter(url), () -> {}).outcome())
        .isEqualTo(AttemptOutcome.REFUSED_ADDRESS);
  }

  @Test
  void inTheEnvironmentStandsNoProxy() {
    Optional<String> before = Optional.ofNullable(System.getProperty("http.proxyHost"));
    System.setProperty("http.proxyHost", "proxy.invalid");
    try (StrangeServer server = StrangeServer.answering(200)) {
      assertThat(new HttpPost(false).send(letter(server.url()), () -> {}).ok()).isTrue();
    } finally {
      // An empty name is not none: clients of other tests would take it for a proxy.
      System.clearProperty("http.proxyHost");
      before.ifPresent(host -> System.setProperty("http.proxyHost", host));
    }
  }

  private static HttpPost post(
      boolean strict, List<String> allowed, GuardedNames.Names names, SSLContext tls) {
    return new HttpPost(strict, AddressGuard.allowing(allowed), names, tls, Duration.ofSeconds(15));
  }

  private static Letter letter(String url) {
    return Letter.of(
        url,
        List.of(NEW, OLD),
        new Letter.Told("wh_1", "evt_1", "message.received", 3),
        KEPT,
        Instant.now());
  }

  private static HttpHeaders standard(Received call) {
    Map<String, List<String>> headers =
        call.headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
    return HttpHeaders.of(headers, (_, _) -> true);
  }

  @Test
  void aServerThatHangsIsLeftWhenTheCallsTimeIsOver() {
    Duration whole = Duration.ofMillis(1_500);
    HttpPost post =
        new HttpPost(
            false,
            AddressGuard.local(),
            InetAddress::getAllByName,
            SSLContexts.createDefault(),
            whole);
    CountDownLatch never = new CountDownLatch(1);
    try (StrangeServer server = new StrangeServer((_, out) -> drip(out, never))) {
      Answer answer = post.send(letter(server.url()), () -> {});

      assertThat(answer.outcome()).isEqualTo(AttemptOutcome.TIMEOUT_READ);
      assertThat(answer.latency()).isBetween(whole.minusMillis(100), whole.plusSeconds(5));
    } finally {
      never.countDown();
    }
  }

  // A byte now and then: no single silence is long.
  private static void drip(OutputStream out, CountDownLatch never) throws Exception {
    out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(ISO_8859_1));
    while (!never.await(100, TimeUnit.MILLISECONDS)) {
      out.write('x');
      out.flush();
    }
  }
}
