package email.daimon.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parts of API Gateway's event (payload format 2.0) that the API looks at. */
final class Incoming {
  private final APIGatewayV2HTTPEvent event;
  private final RequestContext context;
  private final RequestContext.Http http;
  private final Map<String, String> headers = new HashMap<>();
  private final String requestId;
  private final Instant now;
  private final Holding holding;

  Incoming(APIGatewayV2HTTPEvent event, Instant now, Holding holding) {
    this.event = event;
    this.now = now;
    this.holding = holding;
    context = requireNonNull(event.getRequestContext(), "no request context");
    http = requireNonNull(context.getHttp(), "no http in the context");
    requestId = "req_" + text(context.getRequestId()).orElseGet(() -> UUID.randomUUID().toString());
    if (event.getHeaders() != null) {
      event
          .getHeaders()
          .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    }
  }

  String requestId() {
    return requestId;
  }

  String method() {
    return http.getMethod();
  }

  /** The path as sent, still encoded. */
  String path() {
    return text(event.getRawPath()).orElse("/");
  }

  /** The query string as sent, still encoded. */
  String query() {
    return text(event.getRawQueryString()).orElse("");
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  String sourceIp() {
    return text(http.getSourceIp()).orElse("unknown");
  }

  Instant now() {
    return now;
  }

  Holding holding() {
    return holding;
  }

  byte[] body() {
    String body = event.getBody();
    if (body == null) {
      return new byte[0];
    }
    return event.getIsBase64Encoded() ? Base64.getDecoder().decode(body) : body.getBytes(UTF_8);
  }

  private static Optional<String> text(@Nullable String value) {
    return Optional.ofNullable(value).filter(present -> !present.isEmpty());
  }
}
