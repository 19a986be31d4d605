package email.daimon.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.Account;
import email.daimon.model.ApiKey;
import email.daimon.wire.Json;
import email.daimon.wire.Times;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A request that has found its route and, where the route wants one, its caller. */
public final class Request {
  private static final Duration FURTHEST = Duration.ofDays(366);
  private final Incoming incoming;
  private final Route route;
  private final Map<String, String> parameters;
  private final Optional<Caller> caller;
  private final Problems problems = new Problems();
  private final List<String> hints = new ArrayList<>();
  private final Query query;
  private boolean strict = true;
  private Optional<Fields> fields = Optional.empty();
  private Optional<Fields> overlaid = Optional.empty();
  private Optional<Query> form = Optional.empty();

  Request(Incoming incoming, Route route, Map<String, String> parameters, Optional<Caller> caller) {
    this.incoming = requireNonNull(incoming, "incoming is null");
    this.route = requireNonNull(route, "route is null");
    this.parameters = Map.copyOf(parameters);
    this.caller = requireNonNull(caller, "caller is null");
    this.query = new Query(incoming.query(), problems, hints);
  }

  /** What the platform does for an account, as if the account's key had asked for it. */
  public static Request ofPlatform(Account account, String path, Instant now) {
    var http =
        APIGatewayV2HTTPEvent.RequestContext.Http.builder()
            .withMethod("POST")
            .withPath(path)
            .build();
    var context = APIGatewayV2HTTPEvent.RequestContext.builder().withHttp(http).build();
    var event =
        APIGatewayV2HTTPEvent.builder().withRawPath(path).withRequestContext(context).build();
    ApiKey key =
        new ApiKey(
            "key_platform",
            account.id(),
            ApiKey.Scope.ACCOUNT,
            Optional.empty(),
            "platform",
            "",
            now,
            Optional.empty());
    Route route =
        Route.post(
            path,
            Access.ACCOUNT,
            _ -> {
              throw new IllegalStateException("asked for by nobody");
            });
    return new Request(
        new Incoming(event, now, Holding.NONE),
        route,
        Map.of(),
        Optional.of(new Caller(key, account, Optional.empty())));
  }

  public Route route() {
    return route;
  }

  /** When the request came in, by the platform's clock. */
  public Instant now() {
    return incoming.now();
  }

  /** What holds this request while it waits for something. */
  Holding holding() {
    return incoming.holding();
  }

  /** The address that the gateway saw, never one that a header claims. */
  public String sourceIp() {
    return incoming.sourceIp();
  }

  /** A header by its lower-case name. */
  public Optional<String> header(String name) {
    return incoming.header(name);
  }

  /** Who asks, on routes that need a key. */
  public Caller caller() {
    return caller.orElseThrow(() -> new IllegalStateException(route.name() + " takes no key"));
  }

  /** Who asks, on routes that also answer without a key. */
  public Optional<Caller> optionalCaller() {
    return caller;
  }

  /** A parameter of the path, decoded, with older id prefixes taken for the present ones. */
  public String path(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException(route.pattern() + " has no {" + name + "}");
    }
    try {
      return OlderIds.present(URLDecoder.decode(value.replace("+", "%2B"), UTF_8));
    } catch (IllegalArgumentException _) {
      return value;
    }
  }

  /** The path as sent; older id prefixes name the same one. */
  public String concretePath() {
    return Arrays.stream(incoming.path().split("/", -1))
        .map(OlderIds::present)
        .collect(Collectors.joining("/"));
  }

  public Query query() {
    return query;
  }

  /** The JSON object of the body; an empty body is an empty object. */
  public Fields body() {
    if (fields.isEmpty()) {
      fields = Optional.of(new Fields(problems, "", parsedBody()));
    }
    return fields.get();
  }

  /** The fields of a page's form, in place of a JSON object. */
  Query form() {
    fields = Optional.of(Fields.none(problems));
    Query sent = new Query(new String(incoming.body(), UTF_8), problems, hints);
    form = Optional.of(sent);
    return sent;
  }

  /** The body with defaults beneath, which hold where it says nothing else. */
  public Fields bodyOver(ObjectNode defaults) {
    ObjectNode all = defaults.deepCopy();
    all.setAll(body().sent());
    Fields over = new Fields(problems, "", all);
    overlaid = Optional.of(over);
    return over;
  }

  /** A time of a body; one without offset is taken as UTC, and the reply says so. */
  public Optional<Instant> time(Fields body, String name) {
    Optional<String> given = body.text(name);
    Optional<Times.Given> time = given.flatMap(Times::parse);
    if (given.isPresent() && time.isEmpty()) {
      body.problem(name, "is a time such as 2026-03-16T10:30:00Z");
    }
    if (time.filter(Times.Given::assumedUtc).isPresent()) {
      hint(name + " had no offset and was taken as UTC: write it with a Z or an offset");
    }
    return time.map(Times.Given::time);
  }

  /** When a mail of this body is to be sent: at most a year ahead; what is over means now. */
  public Optional<Instant> sendAt(Fields body) {
    Optional<Instant> time = time(body, "send_at");
    if (time.filter(at -> at.isAfter(now().plus(FURTHEST))).isPresent()) {
      body.problem("send_at", "is at most a year ahead");
    }
    return time.map(at -> at.truncatedTo(ChronoUnit.MILLIS)).filter(at -> at.isAfter(now()));
  }

  /** Takes whatever was sent: for routes that refuse before they look at it. */
  public void takeAnything() {
    strict = false;
  }

  /** Says that a field or parameter is wrong. */
  public void problem(String path, String message) {
    problems.add(path, message);
  }

  /** The same, with the valid name that was probably meant. */
  public void problem(String path, String message, Optional<String> nearest) {
    problems.add(path, message, nearest);
  }

  /** Tells the caller something, as the last of the next steps. */
  public void hint(String text) {
    hints.add(text);
  }

  List<String> hints() {
    return hints;
  }

  /** Refuses what nobody asked for, and everything found so far. */
  void finish() {
    if (!strict) {
      return;
    }
    query.refuseUnknown();
    overlaid.orElseGet(this::body).refuseUnknown();
    form.ifPresent(Query::refuseUnknown);
    problems.refuse();
  }

  Incoming incoming() {
    return incoming;
  }

  private ObjectNode parsedBody() {
    byte[] bytes = incoming.body();
    if (bytes.length == 0) {
      return Json.object();
    }
    try {
      JsonNode tree = Json.parse(bytes);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      problems.add("body", "is a JSON object");
    } catch (JsonProcessingException e) {
      problems.add("body", "is no valid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      problems.add("body", "is no valid JSON: " + e.getMessage());
    }
    return Json.object();
  }
}
