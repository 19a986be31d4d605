package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.api.AdminApiHandler;
import email.daimon.functions.wait.WaitApiHandler;
import email.daimon.local.lambda.LocalFunction;
import email.daimon.local.operate.costs.Tables;
import email.daimon.local.services.Usage;
import email.daimon.local.testing.EmulatedServices;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an hour of waiting costs on AWS, in the region us-east-1: calls of 25 seconds, one after the
 * other, in which nothing comes, with the rests that the template has. The calls to tables are
 * counted; each read is one unit, as nothing that is read here is over 4 KB.
 */
final class WaitBench {
  private static final Duration CALL = Duration.ofSeconds(25);
  private static final Duration TIMEOUT = Duration.ofSeconds(29);
  private static final double GIGABYTES = 0.5;
  private static final Tables PRICES = Tables.withCounts(List.of());
  private final EmulatedServices services;
  private final LocalFunction admin;
  private final LocalFunction waiting;

  private WaitBench(EmulatedServices services) {
    this.services = services;
    Map<String, String> environment = new HashMap<>(services.environmentWithNewTables());
    environment.putAll(Map.of("SIGNUP", "open", "CREATION_LIMIT", "0"));
    Wiring wiring =
        new Wiring(
            Settings.of(environment),
            services.clients(),
            InstantSource.system(),
            new SecureRandom());
    admin = LocalFunction.of("api-admin", TIMEOUT, new AdminApiHandler(wiring));
    waiting = LocalFunction.of("api-wait", TIMEOUT, new WaitApiHandler(wiring));
  }

  static ObjectNode run() {
    try (EmulatedServices services = EmulatedServices.alone()) {
      return new WaitBench(services).measured();
    }
  }

  private ObjectNode measured() {
    JsonNode inbox =
        Json.read(call(admin, "POST", "/v1/inboxes", "", "", "{\"username\":\"waiting\"}"))
            .path("result");
    String key = inbox.path("account_api_key").asText();
    String path = "/v1/inboxes/" + inbox.path("id").asText() + "/messages/wait";
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.set("hour_of_messages_wait", hour(path, "timeout=" + CALL.toSeconds(), key));
    result.set("hour_of_events", hour("/v1/events", "cursor=now&wait=" + CALL.toSeconds(), key));
    return result;
  }

  private ObjectNode hour(String path, String query, String key) {
    Usage usage = services.usage();
    usage.reset();
    call(waiting, "GET", path, query, key, "");
    double calls = Duration.ofHours(1).dividedBy(CALL);
    Map<String, Double> used = usage.snapshot();
    // Four items in the one batch, of the places.
    double reads =
        calls
            * (used.getOrDefault("dynamodb.GetItem", 0.0)
                + used.getOrDefault("dynamodb.Query", 0.0)
                + 4 * used.getOrDefault("dynamodb.BatchGetItem", 0.0));
    double writes = calls * used.getOrDefault("dynamodb.UpdateItem", 0.0);
    double tables =
        PRICES.dollars("dynamodb-read", reads) + PRICES.dollars("dynamodb-write", writes);
    double function = PRICES.dollars("lambda-time", 3_600 * GIGABYTES);
    double requests = PRICES.dollars("http-api", calls) + PRICES.dollars("lambda-call", calls);
    ObjectNode hour = Json.MAPPER.createObjectNode();
    hour.put("calls", calls).put("read_units", reads).put("write_units", writes);
    hour.put("dollars_of_tables", round(tables));
    hour.put("dollars_of_the_function", round(function));
    hour.put("dollars_of_requests", round(requests));
    hour.put("dollars", round(tables + function + requests));
    return hour;
  }

  private static String call(
      LocalFunction function, String method, String path, String query, String key, String body) {
    ObjectNode event = Json.MAPPER.createObjectNode();
    event.put("version", "2.0").put("rawPath", path).put("rawQueryString", query);
    ObjectNode headers = event.putObject("headers");
    if (!key.isEmpty()) {
      headers.put("authorization", "Bearer " + key);
    }
    if (!body.isEmpty()) {
      event.put("body", body);
    }
    event
        .putObject("requestContext")
        .put("requestId", "bench")
        .putObject("http")
        .put("method", method)
        .put("path", path)
        .put("sourceIp", "192.0.2.1");
    return Json.read(function.invoke(event.toString())).path("body").asText();
  }

  private static double round(double dollars) {
    return Math.round(dollars * 1e5) / 1e5;
  }
}
