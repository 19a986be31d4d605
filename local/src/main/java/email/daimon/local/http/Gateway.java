package email.daimon.local.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.local.lambda.FunctionException;
import email.daimon.local.stack.LocalNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * API Gateway's HTTP API in front of the functions, payload format 2.0. Source: Amazon API Gateway
 * developer guide, "Create AWS Lambda proxy integrations for HTTP APIs".
 */
final class Gateway {
  static final int LARGEST_BODY = 10 << 20;
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter CLF =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern TEXT =
      Pattern.compile(
          "text/.*|application/(.+\\+)?(json|xml|javascript)", Pattern.CASE_INSENSITIVE);

  private final RouteTable routes;
  private final InstantSource clock;

  Gateway(RouteTable routes, InstantSource clock) {
    this.routes = Objects.requireNonNull(routes);
    this.clock = Objects.requireNonNull(clock);
  }

  Reply call(Call call) throws IOException {
    RouteTable.Match match =
        routes
            .find(call.method(), call.path())
            .orElseThrow(
                () -> Refusal.notFound("No route " + call.path(), "See api/openapi.yaml."));
    byte[] body = call.body().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      throw Refusal.tooLarge("10 MB");
    }
    try {
      return reply(JSON.readTree(match.entry().function().invoke(event(call, match, body))));
    } catch (FunctionException e) {
      LOG.error("{} {}: {}", call.method(), call.path(), e.getMessage(), e);
      throw Refusal.internal();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private String event(Call call, RouteTable.Match match, byte[] body) {
    String routeKey = match.entry().route().key();
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0");
    event.put("routeKey", routeKey);
    event.put("rawPath", call.path());
    event.put("rawQueryString", call.query());
    if (call.headers().containsKey("cookie")) {
      ArrayNode cookies = event.putArray("cookies");
      call.headers()
          .get("cookie")
          .forEach(line -> List.of(line.split("; *")).forEach(cookies::add));
    }
    ObjectNode headers = event.putObject("headers");
    call.headers()
        .forEach((name, values) -> {
          if (!name.equals("cookie")) {
            headers.put(name, String.join(",", values));
          }
        });
    if (!call.query().isEmpty()) {
      ObjectNode parameters = event.putObject("queryStringParameters");
      call.parameters().forEach((name, values) -> parameters.put(name, String.join(",", values)));
    }
    if (!match.parameters().isEmpty()) {
      ObjectNode parameters = event.putObject("pathParameters");
      match.parameters().forEach(parameters::put);
    }
    event.set("requestContext", context(call, routeKey));
    boolean text = TEXT.matcher(mediaType(call)).matches();
    if (body.length > 0) {
      event.put(
          "body",
          text
              ? new String(body, StandardCharsets.UTF_8)
              : Base64.getEncoder().encodeToString(body));
    }
    event.put("isBase64Encoded", body.length > 0 && !text);
    return event.toString();
  }

  private ObjectNode context(Call call, String routeKey) {
    ObjectNode context = JSON.createObjectNode();
    context.put("accountId", LocalNames.ACCOUNT);
    context.put("apiId", "local");
    context.put("domainName", call.header("host"));
    context.put("domainPrefix", "local");
    ObjectNode http = context.putObject("http");
    http.put("method", call.method());
    http.put("path", call.path());
    http.put("protocol", "HTTP/1.1");
    http.put("sourceIp", call.sourceIp());
    http.put("userAgent", call.header("user-agent"));
    context.put("requestId", call.id());
    context.put("routeKey", routeKey);
    context.put("stage", "$default");
    context.put("time", CLF.format(clock.instant()));
    context.put("timeEpoch", clock.millis());
    return context;
  }

  private static Reply reply(JsonNode answer) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    answer
        .path("multiValueHeaders")
        .properties()
        .forEach(entry -> {
          List<String> values = new ArrayList<>();
          entry.getValue().forEach(value -> values.add(value.asText()));
          headers.put(entry.getKey(), values);
        });
    answer
        .path("headers")
        .properties()
        .forEach(entry -> headers.put(entry.getKey(), List.of(entry.getValue().asText())));
    List<String> cookies = new ArrayList<>();
    answer.path("cookies").forEach(cookie -> cookies.add(cookie.asText()));
    if (!cookies.isEmpty()) {
      headers.put("Set-Cookie", cookies);
    }
    String body = answer.path("body").asText("");
    byte[] bytes =
        answer.path("isBase64Encoded").asBoolean()
            ? Base64.getDecoder().decode(body)
            : body.getBytes(StandardCharsets.UTF_8);
    return new Reply(answer.path("statusCode").asInt(200), headers, ByteBuffer.wrap(bytes));
  }

  private static String mediaType(Call call) {
    String type = call.header("content-type");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
  }
}
