package email.daimon.functions.api.hooks;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.api.Fields;
import email.daimon.functions.api.Reach;
import email.daimon.functions.api.Request;
import email.daimon.functions.store.WebhookChange;
import email.daimon.functions.webhook.HostCheck;
import email.daimon.model.EventType;
import email.daimon.model.Inbox;
import email.daimon.model.WebhookStatus;
import email.daimon.policy.WebhookUrl;
import email.daimon.wire.Nearest;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads what a caller may set about a webhook; says what is wrong with it. */
final class WebhookFields {
  private final Reach reach;
  private final Supplier<HostCheck> hosts;
  private final boolean strict;

  /**
   * @param strict whether this machine itself is refused, as in production
   */
  WebhookFields(Reach reach, Supplier<HostCheck> hosts, boolean strict) {
    this.reach = requireNonNull(reach, "reach is null");
    this.hosts = requireNonNull(hosts, "hosts is null");
    this.strict = strict;
  }

  String neededUrl(Fields body) {
    String url = body.neededText("url");
    return url.isEmpty() ? url : checked(body, url);
  }

  Set<String> neededEvents(Fields body) {
    if (body.any("events").isEmpty()) {
      body.problem("events", "is needed: at least one of " + EventType.names());
    }
    return events(body, "events").orElse(Set.of());
  }

  /** The inbox that a webhook is to hear of; empty for all. */
  Optional<String> inboxId(Request request, Fields body) {
    return body.id("inbox_id")
        .map(id -> reach.inbox(request.caller(), id).map(Inbox::id).orElseThrow(Reach::noInbox));
  }

  /** Names of types of events; every one that is none is a problem. */
  static Optional<Set<String>> events(Fields body, String field) {
    Optional<List<String>> names = body.texts(field);
    if (names.filter(List::isEmpty).isPresent()) {
      body.problem(field, "names at least one type of events");
    }
    names.ifPresent(given -> {
      for (int i = 0; i < given.size(); i++) {
        String name = given.get(i);
        if (EventType.named(name).isEmpty()) {
          body.problem(field + "[" + i + "]", "is no type of events" + nearest(name));
        }
      }
    });
    return names.map(LinkedHashSet::new);
  }

  /** The name of one type of events. */
  static Optional<String> eventType(Fields body, String field) {
    Optional<String> name = body.text(field);
    name.filter(given -> EventType.named(given).isEmpty())
        .ifPresent(given -> body.problem(field, "is no type of events" + nearest(given)));
    return name.filter(given -> EventType.named(given).isPresent());
  }

  static String nearest(String name) {
    return Nearest.of(name, EventType.names())
        .map(found -> "; did you mean " + found + "?")
        .orElse("");
  }

  WebhookChange change(Request request) {
    Fields body = request.body();
    Optional<Optional<String>> scope =
        body.has("inbox_id") ? Optional.of(inboxId(request, body)) : Optional.empty();
    return new WebhookChange(
        body.text("url").map(url -> checked(body, url)),
        events(body, "events"),
        scope,
        status(body),
        Optional.empty());
  }

  private static Optional<WebhookStatus> status(Fields body) {
    Optional<String> status = body.text("status");
    Optional<Boolean> active = body.flag("active");
    if (status.filter(given -> !List.of("active", "disabled").contains(given)).isPresent()) {
      body.problem("status", "is active or disabled");
      return Optional.empty();
    }
    Optional<Boolean> wanted = status.map("active"::equals);
    if (wanted.isPresent() && active.isPresent() && !wanted.equals(active)) {
      body.problem("active", "disagrees with status");
    }
    return wanted.or(() -> active).map(yes -> yes ? WebhookStatus.ACTIVE : WebhookStatus.DISABLED);
  }

  private String checked(Fields body, String url) {
    WebhookUrl.problem(url, strict)
        .or(() -> hosts.get().refusal(URI.create(url)))
        .ifPresent(problem -> body.problem("url", problem));
    return url;
  }
}
