package email.daimon.local.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.local.queues.QueueDesk;
import email.daimon.local.services.Fault;
import email.daimon.local.services.Fault.Action;
import email.daimon.local.services.Fault.Step;
import email.daimon.local.services.Faults;
import email.daimon.local.services.MovableClock;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The routes under /dev: for tests and for people, never in AWS. */
public final class DevDoor {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_BODY = 1 << 16;
  private static final int MOST_TIMES = 1_000;
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  private final InboundDoor inbound;
  private final OutboxDoor outbox;
  private final MovableClock clock;
  private final Faults faults;
  private final QueueDesk queues;
  private final AdminDoor admin;

  private record Time(String now, String ahead) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Armed(String step, String action, String delay, @Nullable String error) {}

  public DevDoor(
      InboundDoor inbound,
      OutboxDoor outbox,
      MovableClock clock,
      Faults faults,
      QueueDesk queues,
      AdminDoor admin) {
    this.inbound = Objects.requireNonNull(inbound);
    this.outbox = Objects.requireNonNull(outbox);
    this.clock = Objects.requireNonNull(clock);
    this.faults = Objects.requireNonNull(faults);
    this.queues = Objects.requireNonNull(queues);
    this.admin = Objects.requireNonNull(admin);
  }

  Reply call(Call call) throws IOException {
    String path = call.path();
    if (path.matches("/dev/queues/[^/]+/redrive")) {
      return byMethod(call, Map.of("POST", c -> redrive(c)));
    }
    if (path.matches("/dev/outbox/[^/]+/raw")) {
      return byMethod(call, Map.of("GET", outbox::raw));
    }
    return switch (path) {
      case "/dev/outbox" ->
          byMethod(call, Map.of("GET", outbox::list, "DELETE", _ -> outbox.clear()));
      case "/dev/inbound" -> {
        if (!call.method().equals("POST")) {
          throw Refusal.method(call.method(), path, "POST");
        }
        yield inbound.receive(call);
      }
      case "/dev/clock" -> byMethod(call, Map.of("GET", _ -> time(), "POST", this::advance));
      case "/dev/admin" -> byMethod(call, Map.of("POST", admin::run));
      case "/dev/queues" -> byMethod(call, Map.of("GET", _ -> Reply.json(200, queues.depths())));
      case "/dev/faults" ->
          byMethod(call, Map.of("GET", _ -> armed(200), "POST", this::arm, "DELETE", _ -> clear()));
      default ->
          throw Refusal.notFound(
              "No route " + path,
              "There are /dev/inbound, /dev/outbox, /dev/outbox/{id}/raw, /dev/clock, /dev/queues,"
                  + " /dev/queues/{name}/redrive, /dev/faults, /dev/admin.");
    };
  }

  private static Reply byMethod(Call call, Map<String, Function<Call, Reply>> methods) {
    Function<Call, Reply> method = methods.get(call.method());
    if (method == null) {
      throw Refusal.method(
          call.method(), call.path(), String.join(", ", new TreeMap<>(methods).keySet()));
    }
    return method.apply(call);
  }

  private Reply time() {
    return Reply.json(
        200,
        new Time(
            clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(), clock.ahead().toString()));
  }

  private Reply advance(Call call) {
    Duration by =
        duration(fields(call, List.of("advance")), "advance")
            .orElseThrow(
                () -> Refusal.invalid("advance is missing", "Send {\"advance\": \"PT2H\"}."));
    var _ = clock.advance(by);
    return time();
  }

  private Reply redrive(Call call) {
    String name = call.path().split("/")[3];
    int moved =
        queues
            .redrive(name)
            .orElseThrow(() ->
                Refusal.notFound(
                    "No queue " + name,
                    "There are " + String.join(", ", queues.depths().keySet()) + "."));
    return Reply.json(200, Map.of("moved", moved));
  }

  private Reply arm(Call call) {
    JsonNode body = fields(call, List.of("step", "action", "times", "delay", "error"));
    Step step =
        choice(body, "step", Step::parse, Arrays.stream(Step.values()).map(Step::label).toList());
    Action action =
        choice(
            body,
            "action",
            Action::parse,
            Arrays.stream(Action.values()).map(Action::label).toList());
    if (action == Action.CONFLICT && step != Step.DB_WRITE) {
      throw Refusal.invalid("action conflict is of step db-write alone", "Use fail.");
    }
    JsonNode times = body.path("times");
    if (!times.isMissingNode()
        && !(times.isInt() && times.intValue() >= 1 && times.intValue() <= MOST_TIMES)) {
      throw Refusal.invalid("times is no number from 1 to 1000", "Leave it out for once.");
    }
    Duration delay = duration(body, "delay").orElse(Duration.ofSeconds(1));
    if (delay.compareTo(LONGEST_DELAY) > 0) {
      throw Refusal.invalid("delay is over 15 minutes", "Queues delay no longer than PT15M.");
    }
    faults.arm(new Fault(step, action, delay, error(body, step, action)), times.asInt(1));
    return armed(201);
  }

  private static Optional<Fault.Failure> error(JsonNode body, Step step, Action action) {
    if (!body.has("error")) {
      return Optional.empty();
    }
    if (action != Action.FAIL || (step != Step.SES_SEND && step != Step.RELAY_SEND)) {
      throw Refusal.invalid(
          "error is of action fail at ses-send and relay-send alone", "Leave it out.");
    }
    return Optional.of(
        choice(
            body,
            "error",
            Fault.Failure::parse,
            Arrays.stream(Fault.Failure.values()).map(Fault.Failure::label).toList()));
  }

  private Reply armed(int status) {
    List<Armed> armed =
        faults.armed().stream()
            .map(fault ->
                new Armed(
                    fault.step().label(),
                    fault.action().label(),
                    fault.delay().toString(),
                    fault.error().map(Fault.Failure::label).orElse(null)))
            .toList();
    return Reply.json(status, Map.of("armed", armed));
  }

  private Reply clear() {
    faults.clear();
    return armed(200);
  }

  private static JsonNode fields(Call call, List<String> known) {
    JsonNode body;
    try {
      body = JSON.readTree(call.body().readNBytes(LARGEST_BODY));
    } catch (JsonProcessingException e) {
      throw Refusal.invalid("The body is no JSON: " + e.getOriginalMessage(), "Send an object.");
    } catch (IOException e) {
      throw Refusal.invalid("The body cannot be read: " + e.getMessage(), "Send it again.");
    }
    if (!body.isObject()) {
      throw Refusal.invalid("The body is no JSON object", "Send an object.");
    }
    body.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            throw Refusal.invalid(
                "Unknown field " + name, "There are " + String.join(", ", known) + ".");
          }
        });
    return body;
  }

  private static <T> T choice(
      JsonNode body, String name, Function<String, Optional<T>> parse, List<String> known) {
    return parse
        .apply(body.path(name).asText(""))
        .orElseThrow(() ->
            Refusal.invalid(
                name + " is none that there is", "Use " + String.join(", ", known) + "."));
  }

  private static Optional<Duration> duration(JsonNode body, String name) {
    if (!body.has(name)) {
      return Optional.empty();
    }
    try {
      Duration duration = Duration.parse(body.path(name).asText());
      if (duration.isNegative()) {
        throw Refusal.invalid(name + " is negative", "Time only goes forward here.");
      }
      return Optional.of(duration);
    } catch (DateTimeException _) {
      throw Refusal.invalid(name + " is no ISO 8601 duration", "Write it as PT2H or PT1.5S.");
    }
  }
}
