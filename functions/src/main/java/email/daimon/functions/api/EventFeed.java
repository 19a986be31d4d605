package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.api.Holding.Held;
import email.daimon.functions.api.Holding.Look;
import email.daimon.functions.store.EventPage;
import email.daimon.functions.store.EventPlace;
import email.daimon.functions.store.Events;
import email.daimon.model.Event;
import email.daimon.model.EventType;
import email.daimon.model.Inbox;
import email.daimon.policy.EventFilter;
import email.daimon.wire.FeedEventJson;
import email.daimon.wire.Json;
import email.daimon.wire.Nearest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code GET /v1/events}: everything that happened, the older first, each event once to whoever
 * goes on with the cursor of the page before. Of an account, or of one inbox.
 */
final class EventFeed {
  private static final int MOST = 100;
  private static final int BY_DEFAULT = 20;
  private static final String NOW = "now";
  private final Reach reach;
  private final Cursors cursors;
  private final Events events;

  EventFeed(Reach reach, Cursors cursors, Events events) {
    this.reach = requireNonNull(reach, "reach is null");
    this.cursors = requireNonNull(cursors, "cursors is null");
    this.events = requireNonNull(events, "events is null");
  }

  /** What was asked for, and how it is asked for again. */
  private record Asked(
      Events.Request request, EventFilter types, String list, Map<String, String> given) {
    String url() {
      return given.entrySet().stream()
          .map(one -> one.getKey() + "=" + encoded(one.getValue()) + "&")
          .collect(Collectors.joining());
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }

  Plan prepare(Request request) {
    Asked asked = asked(request);
    boolean fromNow = request.query().text("cursor").equals(Optional.of(NOW));
    Optional<EventPlace> place =
        fromNow ? Optional.empty() : cursors.place(request, asked.list).flatMap(EventPlace::parse);
    Duration wait = Waiting.time(request, "wait", 0);
    return Plan.of(() -> {
      EventPlace start = fromNow ? events.now(asked.request) : place.orElse(EventPlace.OLDEST);
      Walk walk = new Walk(asked.request, start);
      return reply(request, asked, request.holding().until(request.caller(), wait, walk::look));
    });
  }

  /** Reads on from look to look. */
  private final class Walk {
    private final Events.Request request;
    private EventPlace place;

    private Walk(Events.Request request, EventPlace place) {
      this.request = request;
      this.place = place;
    }

    private Look<EventPage> look() {
      EventPage page = events.page(request, place);
      place = page.next();
      // No held call reads more than a hundred units a second.
      Duration rest = page.more() ? Duration.ZERO : Duration.ofMillis(10 * page.readUnits() + 1);
      return new Look<>(page, !page.events().isEmpty(), rest);
    }
  }

  private Asked asked(Request request) {
    Query query = request.query();
    Optional<Inbox> inbox = inbox(request);
    List<String> names =
        query.text("types").stream()
            .flatMap(text -> Arrays.stream(text.split(",")))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .distinct()
            .sorted()
            .toList();
    EventFilter types = types(request, names);
    boolean quietToo = query.flag("include_quiet").orElse(false);
    Map<String, String> given = new LinkedHashMap<>();
    for (String name : List.of("inbox_id", "types", "include_quiet")) {
      query.text(name).ifPresent(value -> given.put(name, value));
    }
    String accountId = request.caller().account().id();
    String scope = accountId + " " + inbox.map(Inbox::id).orElse("all");
    return new Asked(
        new Events.Request(
            request.caller().account(),
            inbox,
            event -> types.shownAs(event.type()).isPresent() && (quietToo || !event.quiet()),
            query.number("limit", 1, MOST, BY_DEFAULT)),
        types,
        scope + " events " + names + " " + quietToo,
        given);
  }

  private Optional<Inbox> inbox(Request request) {
    Caller caller = request.caller();
    Optional<String> wanted = request.query().id("inbox_id");
    return wanted.isPresent()
        ? Optional.of(reach.inbox(caller, wanted.get()).orElseThrow(Reach::noInbox))
        : caller.inbox();
  }

  private static EventFilter types(Request request, List<String> names) {
    var unknown = EventFilter.unknown(names);
    for (String name : unknown) {
      request.problem(
          "types", "has no type of events " + name, Nearest.closest(name, EventType.names()));
    }
    return EventFilter.of(names.stream().filter(name -> !unknown.contains(name)).toList());
  }

  private Reply reply(Request request, Asked asked, Held<EventPage> held) {
    EventPage page = held.found();
    ObjectNode result = Json.object();
    ArrayNode rows = result.putArray("events");
    for (Event event : page.events()) {
      rows.add(FeedEventJson.of(event, asked.types.shownAs(event.type()).orElse(event.type())));
    }
    String next = cursors.write(asked.list, page.next().text(), request.now());
    result.putNull("total").put("has_more", page.more()).put("next_cursor", next);
    result.put("wait", Waiting.applied(held));
    Reply reply = Reply.ok(result);
    reply.next(
        "Get what comes next, waiting for it, with GET /v1/events?"
            + asked.url()
            + "cursor="
            + next
            + "&wait="
            + Waiting.MOST_SECONDS);
    page.events().reversed().stream()
        .filter(event -> event.inboxId().isPresent() && event.message().isPresent())
        .findFirst()
        .ifPresent(event -> reply.next(message(event)));
    return Waiting.told(reply, held);
  }

  private static String message(Event event) {
    return "Read the mail of an event, such as GET /v1/inboxes/"
        + event.inboxId().orElseThrow()
        + "/messages/"
        + event.message().orElseThrow().id();
  }
}
