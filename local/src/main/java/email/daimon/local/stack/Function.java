package email.daimon.local.stack;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A function: its handler class, environment, and what calls it. */
public record Function(
    String id,
    String handler,
    Duration timeout,
    Map<String, String> environment,
    Role role,
    List<QueueMapping> queues,
    List<StreamMapping> streams,
    List<Route> routes,
    List<Schedule> schedules) {
  public Function {
    Objects.requireNonNull(id);
    Objects.requireNonNull(handler);
    Objects.requireNonNull(timeout);
    environment = Map.copyOf(environment);
    Objects.requireNonNull(role);
    queues = List.copyOf(queues);
    streams = List.copyOf(streams);
    routes = List.copyOf(routes);
    schedules = List.copyOf(schedules);
  }

  /** An event source mapping of SQS. */
  public record QueueMapping(String queueArn, int batchSize, int maximumConcurrency) {}

  /**
   * An event source mapping of a table's stream, which begins at the oldest record kept.
   *
   * @param table its name
   * @param patterns filters: a record passes that one of them lets through
   * @param failureBucket takes what was tried in vain
   */
  public record StreamMapping(
      String table,
      int batchSize,
      int maximumRetryAttempts,
      List<String> patterns,
      String failureBucket) {
    public StreamMapping {
      patterns = List.copyOf(patterns);
    }
  }

  /** A route of the HTTP API; without method and path it is {@code $default}. */
  public record Route(String method, Optional<String> path) {
    /** As in payload 2.0: {@code GET /v1/inboxes/{id}} or {@code $default}. */
    public String key() {
      return path.map(p -> method + " " + p).orElse("$default");
    }
  }

  /** Called once in every interval. */
  public record Schedule(String name, Duration interval) {}
}
