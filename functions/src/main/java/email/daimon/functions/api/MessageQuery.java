package email.daimon.functions.api;

import email.daimon.functions.store.Span;
import email.daimon.model.Direction;
import email.daimon.policy.MessageFilter;
import email.daimon.wire.Times;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The query parameters that say which messages a list shows, and in which order.
 *
 * @param given the parameters as sent: what a cursor is bound to, and what has to be sent with it
 */
record MessageQuery(
    MessageFilter filter, Span span, boolean ascending, boolean texts, Map<String, String> given) {
  /** How far {@code received_after} reaches back: who takes the mark late sees a mail twice. */
  static final Duration REACH_BACK = Duration.ofSeconds(60);

  private static final String[] FILTERS = {
    "sort",
    "label",
    "thread_id",
    "before",
    "after",
    "received_after",
    "unread",
    "read",
    "direction",
    "status",
    "from",
    "include_flagged"
  };
  private static final String[] STATES = {
    "received",
    "queued",
    "scheduled",
    "sending",
    "sent",
    "failed",
    "bounced",
    "cancelled",
    "unknown"
  };

  static MessageQuery read(Request request) {
    Query query = request.query();
    Optional<String> status = query.choice("status", STATES);
    MessageFilter filter =
        new MessageFilter(
            direction(query, status.isPresent()),
            query.flag("include_flagged").orElse(false),
            query.text("label"),
            query.id("thread_id"),
            query.text("from"),
            status,
            wantedRead(request));
    boolean ascending = query.choice("sort", "asc", "desc").equals(Optional.of("asc"));
    boolean texts = !Views.compact(request);
    Map<String, String> given = new LinkedHashMap<>();
    for (String name : FILTERS) {
      query.text(name).ifPresent(value -> given.put(name, value));
    }
    return new MessageQuery(filter, span(request), ascending, texts, given);
  }

  /** Whether the inbox's totals count exactly what this list shows. */
  boolean counted() {
    return filter.equals(MessageFilter.DEFAULT) && span.equals(Span.ALL);
  }

  /** The filter as it goes into a URL, each with {@code &} behind it. */
  String url() {
    return given.entrySet().stream()
        .map(one -> one.getKey() + "=" + encoded(one.getValue()) + "&")
        .collect(Collectors.joining());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Optional<Direction> direction(Query query, boolean statusGiven) {
    Optional<String> direction = query.choice("direction", "inbound", "outbound", "all");
    if (direction.isEmpty()) {
      return statusGiven ? Optional.empty() : Optional.of(Direction.INBOUND);
    }
    return switch (direction.get()) {
      case "outbound" -> Optional.of(Direction.OUTBOUND);
      case "all" -> Optional.empty();
      default -> Optional.of(Direction.INBOUND);
    };
  }

  private static Optional<Boolean> wantedRead(Request request) {
    Optional<Boolean> read = request.query().flag("read");
    Optional<Boolean> unread = request.query().flag("unread");
    if (read.isPresent() && read.equals(unread)) {
      request.problem("unread", "disagrees with read");
    }
    return read.or(() -> unread.map(value -> !value));
  }

  private static Span span(Request request) {
    Query query = request.query();
    long from = query.time("after").map(time -> time.toEpochMilli() + 1).orElse(0L);
    Optional<Times.Given> receivedAfter = query.givenTime("received_after");
    if (receivedAfter.isPresent()) {
      from = Math.max(from, mark(request, receivedAfter.get()).minus(REACH_BACK).toEpochMilli());
    }
    long end =
        query
            .time("before")
            .map(time -> time.plusNanos(999_999).toEpochMilli())
            .orElse(Long.MAX_VALUE);
    return new Span(from, end);
  }

  // Python's datetime.now() has no zone: east of Greenwich it would be hours ahead.
  private static Instant mark(Request request, Times.Given given) {
    if (given.assumedUtc() && given.time().isAfter(request.now())) {
      request.hint("received_after lies in the future as UTC and was taken as now");
      return request.now();
    }
    return given.time();
  }
}
