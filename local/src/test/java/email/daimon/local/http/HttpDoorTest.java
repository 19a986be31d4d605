package email.daimon.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.functions.admin.Report;
import email.daimon.local.lambda.LocalFunction;
import email.daimon.local.queues.QueueDesk;
import email.daimon.local.services.Fault;
import email.daimon.local.services.Faults;
import email.daimon.local.services.MovableClock;
import email.daimon.local.services.QueueDepth;
import email.daimon.local.ses.Outbox;
import email.daimon.local.ses.Spool;
import email.daimon.local.stack.Function.Route;
import email.daimon.local.stack.Queue;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Verdicts.Verdict;
import email.daimon.wire.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class HttpDoorTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock(InstantSource.system(), Duration.ZERO);
  private final Faults faults = new Faults();
  private final AtomicReference<APIGatewayV2HTTPEvent> last = new AtomicReference<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final SqsClient sqs = EmulatedServices.shared().clients().sqs();
  private final Queue dead = queue("door-dead-letter-queue", Optional.empty());
  private final Queue work = queue("door-queue", Optional.of(dead.name()));
  private APIGatewayV2HTTPResponse answer =
      APIGatewayV2HTTPResponse.builder().withStatusCode(200).withBody("{}").build();
  private boolean ready = true;
  private Spool spool;
  private HttpDoor door;

  @BeforeEach
  void open() throws Exception {
    spool = new Spool(folder, 10, false);
    InboundDoor inbound =
        new InboundDoor(a -> a.endsWith("@daimon.email"), spool, clock, new Random(1));
    QueueDesk queues =
        new QueueDesk(
            EmulatedServices.shared().clients().sqs(),
            List.of(work, dead),
            _ -> new QueueDepth(0, 0, 0));
    door = new HttpDoor(0);
    LocalFunction function = LocalFunction.of("test", Duration.ofSeconds(10), new Handler());
    door.start(
        Map.of(
            new Route("GET", Optional.of("/v1/inboxes/{id}")), function,
            new Route("GET", Optional.of("/v1/inboxes/new")), function,
            new Route("ANY", Optional.of("/v1/inboxes/{id}/send")), function,
            new Route("POST", Optional.of("/v1/inboxes/{id}/send")), function,
            new Route("$default", Optional.empty()), function),
        new DevDoor(
            inbound,
            new OutboxDoor(new Outbox(folder.resolve("outbox"), false)),
            clock,
            faults,
            queues,
            new AdminDoor(words -> new Report(Json.object().put("n", words.size()), "" + words))),
        () -> ready,
        () -> {},
        clock);
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void makesTheEventOfPayloadTwo() throws Exception {
    var _ =
        send(
            request("/v1/inboxes/inbox%20x?limit=5&label=a&label=b%26c&empty")
                .header("X-Custom", "one")
                .header("x-custom", "two")
                .header("Cookie", "a=1; b=2")
                .header("User-Agent", "test")
                .GET());
    APIGatewayV2HTTPEvent event = last.get();
    assertThat(event.getVersion()).isEqualTo("2.0");
    assertThat(event.getRouteKey()).isEqualTo("GET /v1/inboxes/{id}");
    assertThat(event.getRawPath()).isEqualTo("/v1/inboxes/inbox%20x");
    assertThat(event.getRawQueryString()).isEqualTo("limit=5&label=a&label=b%26c&empty");
    assertThat(event.getQueryStringParameters())
        .isEqualTo(Map.of("limit", "5", "label", "a,b&c", "empty", ""));
    assertThat(event.getPathParameters()).isEqualTo(Map.of("id", "inbox x"));
    assertThat(event.getHeaders()).containsEntry("x-custom", "one,two").doesNotContainKey("cookie");
    assertThat(event.getCookies()).containsExactly("a=1", "b=2");
    assertThat(event.getBody()).isNull();
    assertThat(event.getIsBase64Encoded()).isFalse();
    APIGatewayV2HTTPEvent.RequestContext.Http http = event.getRequestContext().getHttp();
    assertThat(http.getMethod()).isEqualTo("GET");
    assertThat(http.getPath()).isEqualTo("/v1/inboxes/inbox%20x");
    assertThat(http.getSourceIp()).isEqualTo("127.0.0.1");
    assertThat(http.getUserAgent()).isEqualTo("test");
    assertThat(event.getRequestContext().getStage()).isEqualTo("$default");
    assertThat(event.getRequestContext().getTime())
        .matches("\\d\\d/\\w{3}/\\d{4}:[\\d:]{8} \\+0000");
    assertThat(event.getRequestContext().getRequestId()).isNotBlank();
  }

  @Test
  void textIsTextAndOtherBytesAreBase64() throws Exception {
    var _ =
        send(
            request("/v1/inboxes/x/send")
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString("{\"a\":\"ü\"}")));
    assertThat(last.get().getBody()).isEqualTo("{\"a\":\"ü\"}");
    assertThat(last.get().getIsBase64Encoded()).isFalse();
    assertThat(last.get().getRouteKey()).isEqualTo("POST /v1/inboxes/{id}/send");

    var _ =
        send(
            request("/v1/inboxes/x/send")
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(new byte[] {1, 2, -1})));
    assertThat(last.get().getBody()).isEqualTo("AQL/");
    assertThat(last.get().getIsBase64Encoded()).isTrue();
    assertThat(last.get().getRouteKey()).isEqualTo("ANY /v1/inboxes/{id}/send");
  }

  @Test
  void theMostSpecificRouteWinsAndTheRestIsDefault() throws Exception {
    var _ = send(request("/v1/inboxes/new").GET());
    assertThat(last.get().getRouteKey()).isEqualTo("GET /v1/inboxes/new");
    var _ = send(request("/v1/inboxes/new").DELETE());
    assertThat(last.get().getRouteKey()).isEqualTo("$default");
    var _ = send(request("/v1/inboxes/").GET());
    assertThat(last.get().getRouteKey()).isEqualTo("$default");
    var _ = send(request("/what/%2e%2e/ever").GET());
    assertThat(last.get().getRouteKey()).isEqualTo("$default");
    assertThat(last.get().getRawPath()).isEqualTo("/what/%2e%2e/ever");
  }

  @Test
  void givesBackStatusHeadersCookiesAndBytes() throws Exception {
    answer =
        APIGatewayV2HTTPResponse.builder()
            .withStatusCode(201)
            .withHeaders(Map.of("Content-Type", "image/png", "X-One", "1"))
            .withMultiValueHeaders(Map.of("X-Two", List.of("a", "b")))
            .withCookies(List.of("c=1", "d=2"))
            .withBody("AQL/")
            .withIsBase64Encoded(true)
            .build();
    HttpResponse<byte[]> response =
        client.send(request("/v1/inboxes/x").GET().build(), BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo(new byte[] {1, 2, -1});
    assertThat(response.headers().firstValue("content-type")).contains("image/png");
    assertThat(response.headers().firstValue("x-one")).contains("1");
    assertThat(response.headers().allValues("x-two")).containsExactly("a", "b");
    assertThat(response.headers().allValues("set-cookie")).containsExactly("c=1", "d=2");
  }

  @Test
  void refusesBodiesThatTheGatewayWouldAndHidesWhatAFunctionThrows() throws Exception {
    refused(
        request("/v1/inboxes/x/send").POST(BodyPublishers.ofByteArray(new byte[10_485_761])),
        413,
        "PAYLOAD_TOO_LARGE");
    answer = null;
    refused(request("/v1/inboxes/x").GET(), 500, "INTERNAL_ERROR");
  }

  @Test
  void saysWhetherItIsReady() throws Exception {
    assertThat(send(request("/health").GET()).toString()).isEqualTo("{\"status\":\"ok\"}");
    ready = false;
    refused(request("/health").GET(), 503, "UNAVAILABLE");
  }

  @Test
  void takesAMailWithVerdicts() throws Exception {
    JsonNode accepted =
        send(
            request(
                    "/dev/inbound?rcpt=a@daimon.email&rcpt=b@daimon.email&spam=FAIL&dkim_domain=x.example")
                .POST(BodyPublishers.ofString("Subject: x\r\n\r\nhi\r\n")));
    Spool.Entry entry = spool.take(1, Duration.ofSeconds(5)).getFirst();
    assertThat(entry.mail().id()).isEqualTo(accepted.path("ses_message_id").asText());
    assertThat(entry.mail().sender()).isEmpty();
    assertThat(entry.mail().recipients()).containsExactly("a@daimon.email", "b@daimon.email");
    assertThat(entry.mail().verdicts().spam()).isEqualTo(Verdict.FAIL);
    assertThat(entry.mail().verdicts().dmarc()).isEqualTo(Verdict.PASS);
    assertThat(entry.mail().verdicts().dkimDomain()).isEqualTo("x.example");
  }

  @Test
  void isStrictAboutMailsForTests() throws Exception {
    mailRefused("rcpt=a@daimon.email&dmark=FAIL", "x", 400, "VALIDATION_ERROR");
    mailRefused("rcpt=a@daimon.email&dmarc=BAD", "x", 400, "VALIDATION_ERROR");
    mailRefused("rcpt=a@daimon.email&dmarc_policy=BAD", "x", 400, "VALIDATION_ERROR");
    mailRefused("rcpt=a@daimon.email&spf=PASS&spf=FAIL", "x", 400, "VALIDATION_ERROR");
    mailRefused("rcpt=a", "x", 400, "VALIDATION_ERROR");
    mailRefused("rcpt=a@daimon.email&from=a@b%0d%0ax", "x", 400, "VALIDATION_ERROR");
    mailRefused("from=a@b.example", "x", 400, "VALIDATION_ERROR");
    mailRefused("rcpt=a@daimon.email", "", 400, "VALIDATION_ERROR");
    mailRefused("rcpt=a@daimon.email&rcpt=a@else.example", "x", 404, "INBOX_NOT_FOUND");
    refused(request("/dev/inbound?rcpt=a@daimon.email").GET(), 405, "METHOD_NOT_ALLOWED");
    assertThat(spool.take(1, Duration.ZERO)).isEmpty();
  }

  @Test
  void movesTheClock() throws Exception {
    JsonNode time = post("/dev/clock", "{\"advance\":\"PT2H\"}");
    assertThat(time.path("ahead").asText()).isEqualTo("PT2H");
    assertThat(clock.ahead()).isEqualTo(Duration.ofHours(2));
    assertThat(send(request("/dev/clock").GET()).path("ahead").asText()).isEqualTo("PT2H");
    postRefused("/dev/clock", "{\"advance\":\"2h\"}");
    postRefused("/dev/clock", "{\"advance\":\"-PT2H\"}");
    postRefused("/dev/clock", "{}");
    postRefused("/dev/clock", "[]");
    postRefused("/dev/clock", "{");
  }

  @Test
  void theOutboxIsAskedForWhatItHas() throws Exception {
    assertThat(send(request("/dev/outbox").GET()).path("mails")).isEmpty();
    for (String query : List.of("limit=0", "limit=1001", "limit=x", "page=2")) {
      refused(request("/dev/outbox?" + query).GET(), 400, "VALIDATION_ERROR");
    }
    for (String id : List.of("0100", "lock", "0100%20")) {
      refused(request("/dev/outbox/" + id + "/raw").GET(), 404, "NOT_FOUND");
    }
    refused(request("/dev/outbox/0100/raw").DELETE(), 405, "METHOD_NOT_ALLOWED");
  }

  @Test
  void armsAndClearsFaults() throws Exception {
    JsonNode armed =
        post("/dev/faults", "{\"step\":\"db-write\",\"action\":\"conflict\",\"times\":2}");
    assertThat(armed.path("armed")).hasSize(2);
    assertThat(faults.armed()).hasSize(2);
    postRefused("/dev/faults", "{\"step\":\"db-wite\",\"action\":\"fail\"}");
    postRefused("/dev/faults", "{\"step\":\"s3-put\",\"action\":\"conflict\"}");
    postRefused("/dev/faults", "{\"step\":\"s3-put\",\"action\":\"fail\",\"times\":0}");
    postRefused("/dev/faults", "{\"step\":\"s3-put\",\"action\":\"fail\",\"time\":1}");
    postRefused("/dev/faults", "{\"step\":\"s3-put\",\"action\":\"delay\",\"delay\":\"PT16M\"}");
    postRefused("/dev/faults", "{\"step\":\"s3-put\",\"action\":\"fail\",\"error\":\"broken\"}");
    postRefused("/dev/faults", "{\"step\":\"ses-send\",\"action\":\"lose\",\"error\":\"broken\"}");
    postRefused("/dev/faults", "{\"step\":\"ses-send\",\"action\":\"fail\",\"error\":\"odd\"}");
    post("/dev/faults", "{\"step\":\"relay-send\",\"action\":\"fail\",\"error\":\"broken\"}");
    assertThat(faults.armed().getLast().error()).hasValue(Fault.Failure.BROKEN);
    var _ = send(request("/dev/faults").DELETE());
    assertThat(faults.armed()).isEmpty();
    refused(request("/dev/nothing").GET(), 404, "NOT_FOUND");
    refused(request("/dev/queues/x/redrive").POST(BodyPublishers.noBody()), 404, "NOT_FOUND");
  }

  @Test
  void bringsDeadLettersBack() throws Exception {
    List<String> bodies = IntStream.range(0, 23).mapToObj(i -> "letter " + i).toList();
    bodies.forEach(body -> sqs.sendMessage(r -> r.queueUrl(dead.url()).messageBody(body)));

    JsonNode answer = send(request("/dev/queues/door/redrive").POST(BodyPublishers.noBody()));

    assertThat(answer).isEqualTo(JSON.readTree("{\"moved\": 23}"));
    List<String> back = new ArrayList<>();
    List<Message> received;
    do {
      received = sqs.receiveMessage(r -> r.queueUrl(work.url()).maxNumberOfMessages(10)).messages();
      received.forEach(message -> back.add(message.body()));
    } while (!received.isEmpty());
    assertThat(back).containsExactlyInAnyOrderElementsOf(bodies);
    assertThat(send(request("/dev/queues/door/redrive").POST(BodyPublishers.noBody())))
        .isEqualTo(JSON.readTree("{\"moved\": 0}"));
    refused(request("/dev/queues/door/redrive").GET(), 405, "METHOD_NOT_ALLOWED");
  }

  private static Queue queue(String name, Optional<String> deadLetters) {
    String url =
        EmulatedServices.shared().clients().sqs().createQueue(r -> r.queueName(name)).queueUrl();
    return new Queue(name, name, url, "arn:aws:sqs:us-east-1:0:" + name, Map.of(), deadLetters);
  }

  private JsonNode post(String path, String body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  private void postRefused(String path, String body) throws Exception {
    refused(request(path).POST(BodyPublishers.ofString(body)), 400, "VALIDATION_ERROR");
  }

  private void mailRefused(String query, String mail, int status, String code) throws Exception {
    refused(request("/dev/inbound?" + query).POST(BodyPublishers.ofString(mail)), status, code);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + door.port() + path));
  }

  private JsonNode send(HttpRequest.Builder request) throws Exception {
    return JSON.readTree(client.send(request.build(), BodyHandlers.ofString()).body());
  }

  private void refused(HttpRequest.Builder request, int status, String code) throws Exception {
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(status);
    JsonNode body = JSON.readTree(response.body());
    assertThat(body.path("error").asText()).isEqualTo(code);
    assertThat(body.path("code").asText()).isEqualTo(code);
    assertThat(body.path("message").asText()).isNotBlank();
    assertThat(body.path("fix").asText()).isNotBlank();
    assertThat(body.path("request_id").asText()).startsWith("req_");
    assertThat(body.path("next_steps").isArray()).isTrue();
    assertThat(body.path("result").isNull()).isTrue();
  }

  private final class Handler
      implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
      last.set(event);
      if (answer == null) {
        throw new IllegalStateException("broken");
      }
      return answer;
    }
  }
}
