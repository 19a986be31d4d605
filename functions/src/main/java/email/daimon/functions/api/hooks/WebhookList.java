package email.daimon.functions.api.hooks;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.api.Access;
import email.daimon.functions.api.Cursors;
import email.daimon.functions.api.Paging;
import email.daimon.functions.api.Plan;
import email.daimon.functions.api.Reach;
import email.daimon.functions.api.Reply;
import email.daimon.functions.api.Request;
import email.daimon.functions.api.Route;
import email.daimon.functions.store.Webhooks;
import email.daimon.model.Inbox;
import email.daimon.model.Webhook;
import email.daimon.wire.Json;
import email.daimon.wire.WebhookJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code GET /v1/webhooks}: a bare array, the newest first. */
final class WebhookList {
  private static final int CHUNK = 100;
  private static final int MOST_READ = 1_000;
  private final Webhooks webhooks;
  private final Reach reach;
  private final Cursors cursors;

  WebhookList(Webhooks webhooks, Reach reach, Cursors cursors) {
    this.webhooks = requireNonNull(webhooks, "webhooks is null");
    this.reach = requireNonNull(reach, "reach is null");
    this.cursors = requireNonNull(cursors, "cursors is null");
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/webhooks", Access.ACCOUNT, this::prepare));
  }

  private Plan prepare(Request request) {
    String accountId = request.caller().account().id();
    Optional<String> inboxId =
        request
            .query()
            .id("inbox_id")
            .map(
                id -> reach.inbox(request.caller(), id).map(Inbox::id).orElseThrow(Reach::noInbox));
    Optional<String> status = request.query().choice("status", "active", "unhealthy", "disabled");
    Paging paging =
        Paging.read(request, cursors, accountId + " webhooks " + inboxId + " " + status);
    return Plan.of(() -> {
      List<Webhook> found = new ArrayList<>();
      Optional<String> place = paging.place();
      int read = 0;
      List<Webhook> chunk;
      do {
        chunk = webhooks.list(accountId, place, CHUNK);
        read += chunk.size();
        chunk.stream()
            .filter(one -> inboxId.isEmpty() || one.inboxId().equals(inboxId))
            .filter(one -> status.isEmpty() || one.status().text().equals(status.get()))
            .forEach(found::add);
        place = chunk.isEmpty() ? place : Optional.of(chunk.getLast().id());
      } while (chunk.size() == CHUNK && found.size() <= paging.limit() && read < MOST_READ);
      boolean cut = found.size() > paging.limit();
      List<Webhook> shown = cut ? found.subList(0, paging.limit()) : found;
      Optional<String> next =
          cut
              ? Optional.of(shown.getLast().id())
              : chunk.size() == CHUNK ? place : Optional.empty();
      boolean all = paging.place().isEmpty() && next.isEmpty();
      return reply(paging, shown, next, all);
    });
  }

  private static Reply reply(
      Paging paging, List<Webhook> shown, Optional<String> next, boolean all) {
    ArrayNode array = Json.array();
    shown.forEach(webhook -> array.add(WebhookJson.of(webhook)));
    Reply reply = Reply.ok(array);
    reply.beside("total", all ? IntNode.valueOf(shown.size()) : NullNode.getInstance());
    ObjectNode end = paging.close(Json.object(), next);
    end.properties().forEach(member -> reply.beside(member.getKey(), member.getValue()));
    if (shown.isEmpty()) {
      return reply.next("Make one with POST /v1/webhooks");
    }
    return reply.next(
        "See what one was told with GET /v1/webhooks/" + shown.getFirst().id() + "/deliveries");
  }
}
