package email.daimon.bench.start;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.bench.start.ColdStart.Start;
import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.store.Job;
import email.daimon.functions.store.TierChange;
import email.daimon.local.lambda.LocalFunction;
import email.daimon.local.services.CloudTraits;
import email.daimon.local.services.Endpoints;
import email.daimon.local.services.Services;
import email.daimon.local.services.StackCreation;
import email.daimon.local.services.Usage;
import email.daimon.local.stack.Function;
import email.daimon.local.stack.LocalNames;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.Template;
import email.daimon.model.Tier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The services that the measured functions ask, with an account, an inbox and a mail in them, and
 * the first event of each function. DynamoDB, S3 and SQS are local mode's, behind HTTP on the
 * loopback interface.
 */
final class Stage implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> PARAMETERS =
      Map.of("Signup", "open", "Billing", "simulated", "RequestRate", "off", "SendBurst", "off");
  private static final Map<String, String> CREDENTIALS =
      Map.of(
          "AWS_REGION", LocalNames.REGION,
          "AWS_ACCESS_KEY_ID", "local",
          "AWS_SECRET_ACCESS_KEY", "local-secret");
  private final Path home;
  private final TableServer tables;
  private final Services services;
  private final Stack stack;
  private final Map<String, LocalFunction> functions = new HashMap<>();
  private final String key;
  private final String inboxId;

  Stage(Path home) throws IOException {
    this.home = home;
    tables = new TableServer();
    services =
        Services.start(
            Optional.empty(),
            InstantSource.system(),
            CloudTraits.NONE,
            new Endpoints(Optional.of(tables.endpoint()), Optional.empty(), Map.of()));
    stack = Stack.of(Template.load(), PARAMETERS, services.queueEndpoint());
    new StackCreation(services.platform(), services.objects()).create(stack);
    for (Function function : stack.functions()) {
      functions.put(function.id(), LocalFunction.of(function, wiring(function), new Usage()));
    }
    JsonNode inbox =
        call("ApiAdminFunction", "POST", "/v1/inboxes", "", "{\"username\":\"agent\"}");
    key = inbox.path("account_api_key").textValue();
    inboxId = inbox.path("id").textValue();
    var _ =
        wiring(function("ApiAdminFunction"))
            .accounts()
            .changeTier(
                TierChange.byOperator(
                    call("ApiAdminFunction", "GET", "/v1/account", key, "").path("id").textValue(),
                    Tier.DEVELOPER,
                    UUID.randomUUID().toString(),
                    Instant.now()));
    String notification = Files.readString(home.resolve("events/inbound.json"));
    put("inbound/o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1");
    var _ = invoke("InboundFunction", notification);
  }

  /** The two handlers that the functions are compared with. */
  List<Start> compared() {
    Map<String, String> environment = environment(function("ApiAdminFunction"));
    String event = request("GET", "/v1/inboxes", "", "");
    return List.of(
        new Start("nothing", DoNothing.class.getName(), environment, event),
        new Start("one table", OneTable.class.getName(), environment, event));
  }

  /** All functions of the stack, those of the API first: people wait for them. */
  List<Start> functions() throws IOException {
    List<Start> starts = new ArrayList<>();
    List<Function> ordered =
        stack.functions().stream()
            .sorted(Comparator.comparing(function -> !function.id().startsWith("Api")))
            .toList();
    for (Function function : ordered) {
      starts.add(
          new Start(
              LocalNames.name(function.id()).replace("-function", ""),
              function.handler(),
              environment(function),
              event(function.id())));
    }
    return starts;
  }

  private String invoke(String function, String event) {
    return requireNonNull(functions.get(function), function).invoke(event);
  }

  private Function function(String id) {
    return stack.functions().stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
  }

  private String event(String function) throws IOException {
    return switch (function) {
      case "ApiMailFunction" -> request("GET", "/v1/inboxes/" + inboxId + "/messages", key, "");
      case "ApiSendFunction" ->
          request(
              "POST",
              "/v1/inboxes/" + inboxId + "/send",
              key,
              "{\"to\":\"ann@sender.example\",\"subject\":\"Hello\",\"text\":\"Good morning.\"}");
      case "ApiWaitFunction" -> request("GET", "/v1/events", key, "");
      case "ApiAdminFunction" -> request("GET", "/v1/inboxes", key, "");
      case "InboundFunction" -> Files.readString(home.resolve("events/inbound.json"));
      case "SesEventsFunction" -> Files.readString(home.resolve("events/ses-delivery.json"));
      case "WebhookDeliverFunction" -> Files.readString(home.resolve("events/webhook-call.json"));
      case "SendFunction" ->
          message(
              "{\"account_id\":\"acc_0UfZdbZQF1wXo5vJHc0Z3a\",\"inbox_id\":\""
                  + inboxId
                  + "\","
                  + "\"message\":\"1795256130250#msg_0UfZdbZQF1wXo5vJHc0Z3a\"}");
      case "JobsFunction" -> message(Job.recount(Instant.EPOCH).json());
      case "SweepFunction" -> schedule();
      case "WebhookPlanFunction" -> "{\"Records\":[]}";
      default -> throw new IllegalStateException("no event for " + function);
    };
  }

  private static String message(String body) {
    ObjectNode event = JSON.createObjectNode();
    event
        .putArray("Records")
        .addObject()
        .put("messageId", UUID.randomUUID().toString())
        .put("receiptHandle", "AQEBzWwaftRI0KuVm4tP")
        .put("body", body)
        .put("eventSource", "aws:sqs")
        .put("awsRegion", LocalNames.REGION);
    return event.toString();
  }

  private static String schedule() {
    ObjectNode event = JSON.createObjectNode();
    event.put("id", UUID.randomUUID().toString()).put("detail-type", "Scheduled Event");
    event.put("source", "aws.events").put("account", LocalNames.ACCOUNT);
    event.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return event.put("region", LocalNames.REGION).toString();
  }

  private JsonNode call(String function, String method, String path, String key, String body)
      throws IOException {
    JsonNode reply = JSON.readTree(invoke(function, request(method, path, key, body)));
    if (reply.path("statusCode").asInt() / 100 != 2) {
      throw new IOException(method + " " + path + ": " + reply);
    }
    return JSON.readTree(reply.path("body").asText()).path("result");
  }

  /** As API Gateway makes it, payload 2.0. */
  private static String request(String method, String path, String key, String body) {
    ObjectNode event = JSON.createObjectNode().put("version", "2.0");
    event.put("routeKey", "$default").put("rawPath", path).put("rawQueryString", "");
    ObjectNode headers = event.putObject("headers");
    headers.put("content-type", "application/json").put("host", "api.daimon.email");
    if (!key.isEmpty()) {
      headers.put("authorization", "Bearer " + key);
    }
    ObjectNode context = event.putObject("requestContext");
    context.put("accountId", LocalNames.ACCOUNT).put("apiId", "abcdefghij");
    context.put("requestId", UUID.randomUUID().toString()).put("stage", "$default");
    context
        .putObject("http")
        .put("method", method)
        .put("path", path)
        .put("protocol", "HTTP/1.1")
        .put("sourceIp", "192.0.2.7")
        .put("userAgent", "agent/1");
    if (!body.isEmpty()) {
      event.put("body", body);
    }
    return event.put("isBase64Encoded", false).toString();
  }

  private void put(String objectKey) {
    String mail =
        """
        From: "Ann, of Sales" <ann@sender.example>
        To: agent@daimon.email
        Subject: Your code
        Date: Sat, 21 Nov 2026 10:15:00 +0000
        Message-ID: <first@sender.example>
        Content-Type: text/plain; charset=utf-8

        Your code is 482913. It is good for ten minutes.

        Ann
        """
            .replace("\n", "\r\n");
    byte[] bytes = mail.getBytes(UTF_8);
    PutObjectRequest request =
        PutObjectRequest.builder().bucket(stack.buckets().getFirst()).key(objectKey).build();
    var _ = services.platform().s3().putObject(request, RequestBody.fromBytes(bytes));
  }

  private Wiring wiring(Function function) {
    return new Wiring(
        Settings.of(function.environment()),
        services.clients(),
        InstantSource.system(),
        new SecureRandom());
  }

  private Map<String, String> environment(Function function) {
    Map<String, String> environment = new HashMap<>(function.environment());
    environment.putAll(CREDENTIALS);
    URI queues = services.queueEndpoint();
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", tables.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_SQS", queues.toString());
    environment.put("AWS_ENDPOINT_URL_S3", services.objectEndpoint().toString());
    return environment;
  }

  @Override
  public void close() throws IOException {
    services.close();
    tables.close();
  }
}
