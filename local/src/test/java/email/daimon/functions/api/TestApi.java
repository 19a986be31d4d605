package email.daimon.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.aws.AwsClients;
import email.daimon.functions.testing.TimeLeft;
import email.daimon.local.services.IndexLag;
import email.daimon.local.services.MovableClock;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The API's handler over tables of its own; every reply is held against {@code openapi.yaml}. */
final class TestApi {
  private static final Duration INDEX_LAG = Duration.ofSeconds(3);
  private static final Duration TIMEOUT = Duration.ofSeconds(29);
  private static final AtomicInteger REQUESTS = new AtomicInteger();
  final Wiring wiring;
  final MovableClock clock;
  final MailApiHandler handler;
  final Pipeline pipeline;
  private final Contract contract = Contract.load();

  TestApi() {
    this(Map.of());
  }

  TestApi(Map<String, String> settings) {
    this(settings, UnaryOperator.identity());
  }

  /** One whose indexes are behind, as on AWS: for the tests of lists. */
  static TestApi lagging() {
    return new TestApi(Map.of(), client -> IndexLag.of(client, INDEX_LAG, InstantSource.system()));
  }

  private TestApi(Map<String, String> settings, UnaryOperator<DynamoDbClient> tables) {
    EmulatedServices services = EmulatedServices.shared();
    AwsClients emulated = services.clients();
    Map<String, String> environment = new HashMap<>(services.environmentWithNewTables());
    environment.putAll(
        Map.of(
            "SIGNUP", "open", "CREATION_LIMIT", "0", "SEND_BURST", "off", "REQUEST_RATE", "off"));
    environment.putAll(settings);
    clock = new MovableClock(InstantSource.system(), Duration.ZERO);
    wiring =
        new Wiring(
            Settings.of(environment),
            emulated.withDynamoDb(tables.apply(emulated.dynamoDb())),
            clock,
            new Random(REQUESTS.incrementAndGet()));
    handler = new MailApiHandler(wiring);
    pipeline = Composition.of(wiring);
  }

  /** An answer, already held against the contract. */
  record Answer(int status, Map<String, String> headers, String body) {
    JsonNode json() {
      try {
        return Json.parse(body.getBytes(UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    JsonNode result() {
      return json().path("result");
    }

    List<String> resultNames() {
      return result().propertyStream().map(Map.Entry::getKey).toList();
    }

    String error() {
      return json().path("error").asText();
    }

    List<String> nextSteps() {
      return json().path("next_steps").valueStream().map(JsonNode::asText).toList();
    }
  }

  /** A request to be sent. */
  static final class Call {
    final String method;
    final String path;
    String query = "";
    String body = "";
    String sourceIp = "192.0.2.1";
    final Map<String, String> headers = new HashMap<>();

    Call(String method, String target) {
      this.method = method;
      int mark = target.indexOf('?');
      this.path = mark < 0 ? target : target.substring(0, mark);
      this.query = mark < 0 ? "" : target.substring(mark + 1);
    }

    Call key(String key) {
      headers.put("authorization", "Bearer " + key);
      return this;
    }

    Call header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    Call body(String json) {
      body = json.replace('\'', '"');
      return this;
    }

    Call raw(String text) {
      body = text;
      return this;
    }

    Call from(String address) {
      sourceIp = address;
      return this;
    }
  }

  static Call get(String target) {
    return new Call("GET", target);
  }

  static Call post(String target) {
    return new Call("POST", target);
  }

  static Call patch(String target) {
    return new Call("PATCH", target);
  }

  static Call delete(String target) {
    return new Call("DELETE", target);
  }

  Answer call(Call call) {
    return through(handler, call);
  }

  /** Calls another function, which remembers other things. */
  Answer through(
      RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> function, Call call) {
    return through(function, call, TIMEOUT);
  }

  /** The same with so much time left to the function. */
  Answer through(
      RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> function,
      Call call,
      Duration left) {
    APIGatewayV2HTTPResponse response =
        EmulatedServices.shared()
            .roles()
            .asTheFunctionOf(
                call.method,
                call.path,
                () -> function.handleRequest(event(call), TimeLeft.of(left)));
    Answer answer = new Answer(response.getStatusCode(), response.getHeaders(), response.getBody());
    contract.hold(pipeline.router(), call, answer);
    return answer;
  }

  /** Opens an account. */
  Opened open(String username) {
    Answer answer = call(post("/v1/inboxes").body("{'username': '" + username + "'}"));
    if (answer.status() != 201) {
      throw new AssertionError(answer.body());
    }
    return new Opened(
        answer.result().path("id").asText(),
        answer.result().path("account_api_key").asText(),
        answer.result().path("inbox_api_key").asText());
  }

  String accountId(Opened own) {
    return wiring.inboxes().find(own.inboxId()).orElseThrow().accountId();
  }

  /** The same tables as another function has them, with other clients. */
  Wiring wired(UnaryOperator<AwsClients> clients) {
    return new Wiring(
        wiring.settings(),
        clients.apply(wiring.clients()),
        clock,
        new Random(REQUESTS.incrementAndGet()));
  }

  record Opened(String inboxId, String accountKey, String inboxKey) {}

  private static APIGatewayV2HTTPEvent event(Call call) {
    var http =
        APIGatewayV2HTTPEvent.RequestContext.Http.builder()
            .withMethod(call.method)
            .withPath(call.path)
            .withSourceIp(call.sourceIp)
            .build();
    var context =
        APIGatewayV2HTTPEvent.RequestContext.builder()
            .withHttp(http)
            .withRequestId("test-" + REQUESTS.incrementAndGet())
            .build();
    return APIGatewayV2HTTPEvent.builder()
        .withVersion("2.0")
        .withRawPath(call.path)
        .withRawQueryString(call.query)
        .withHeaders(call.headers)
        .withBody(call.body.isEmpty() ? null : call.body)
        .withRequestContext(context)
        .build();
  }
}
