package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.store.MessageLists;
import email.daimon.functions.store.MessagePage;
import email.daimon.functions.store.Span;
import email.daimon.wire.Json;
import email.daimon.wire.JsonSize;
import email.daimon.wire.MessageJson;
import java.util.Optional;

/**
 * {@code GET /v1/inboxes/{id}/messages}. Newest first, or oldest first with {@code sort=asc} and
 * for a {@code poll_cursor}; every reply has one, also an empty one, and it misses and repeats
 * nothing.
 */
final class MessageList {
  private static final int MOST = 100;
  private static final int BY_DEFAULT = 20;
  private static final long MOST_BYTES = 4_500_000;
  private final Reach reach;
  private final Cursors cursors;
  private final MessageLists lists;

  MessageList(Reach reach, Cursors cursors, MessageLists lists) {
    this.reach = requireNonNull(reach, "reach is null");
    this.cursors = requireNonNull(cursors, "cursors is null");
    this.lists = requireNonNull(lists, "lists is null");
  }

  Plan prepare(Request request) {
    String inboxId = reach.inbox(request).id();
    MessageQuery query = MessageQuery.read(request);
    int limit = request.query().number("limit", 1, MOST, BY_DEFAULT);
    int offset = request.query().number("offset", 0, Paging.MOST_OFFSET, 0);
    String list = request.caller().account().id() + " " + inboxId + " messages " + query.given();
    Optional<MessagePlace> place = cursors.place(request, list).flatMap(MessagePlace::parse);
    if (offset > 0 && place.isPresent()) {
      request.problem("offset", "does not go together with cursor");
    }
    boolean ascending = query.ascending() || place.map(MessagePlace::poll).orElse(false);
    MessageLists.Request asked =
        new MessageLists.Request(
            inboxId,
            query.filter(),
            place.map(MessagePlace::rest).orElse(query.span()),
            ascending,
            offset,
            limit,
            query.texts());
    return Plan.of(() -> reply(request, query, asked, place, list));
  }

  private Reply reply(
      Request request,
      MessageQuery query,
      MessageLists.Request asked,
      Optional<MessagePlace> place,
      String list) {
    MessagePage page = lists.page(asked);
    ArrayNode rows = rows(page, query.texts());
    page = page.head(rows.size());
    ObjectNode result = Json.object();
    result.set("messages", rows);
    if (query.counted()) {
      result.put("total", page.counters().messages());
    } else {
      result.putNull("total");
    }
    result.put("has_more", page.more());
    String poll = cursors.write(list, poll(asked, page, place, query.span()).text(), request.now());
    Optional<String> next =
        page.more()
            ? Optional.of(cursors.write(list, next(asked, page, place).text(), request.now()))
            : Optional.empty();
    result.set("next_cursor", Json.text(next));
    result.put("poll_cursor", poll);
    return steps(Reply.ok(result), asked.inboxId(), query, rows, next, poll);
  }

  /** As many rows as a reply may hold; at least one, which always fits. */
  private static ArrayNode rows(MessagePage page, boolean texts) {
    ArrayNode rows = Json.array();
    long size = 0;
    for (MessagePage.Row row : page.rows()) {
      ObjectNode json =
          texts ? MessageJson.row(row.message(), row.form()) : MessageJson.compact(row.message());
      size += JsonSize.of(json);
      if (size > MOST_BYTES && !rows.isEmpty()) {
        break;
      }
      rows.add(json);
    }
    return rows;
  }

  private static MessagePlace next(
      MessageLists.Request asked, MessagePage page, Optional<MessagePlace> place) {
    boolean poll = place.map(MessagePlace::poll).orElse(false);
    Span rest =
        asked.ascending()
            ? new Span(page.last() + 1, asked.span().end())
            : new Span(asked.span().from(), page.last());
    return new MessagePlace(poll, rest, settled(asked, page, place));
  }

  /** What is new after everything that the list has given or will give by its next cursor. */
  private static MessagePlace poll(
      MessageLists.Request asked, MessagePage page, Optional<MessagePlace> place, Span all) {
    long settled = asked.ascending() && page.more() ? page.last() : settled(asked, page, place);
    // A mark of the first page's span still holds, be it in the future.
    long from = Math.max(settled + 1, place.map(p -> p.rest().from()).orElse(all.from()));
    long end = place.map(p -> p.poll() ? p.rest().end() : all.end()).orElse(all.end());
    return new MessagePlace(true, new Span(from, end), settled);
  }

  // Newest first, the first page sees what is newest; the pages after it carry that along.
  private static long settled(
      MessageLists.Request asked, MessagePage page, Optional<MessagePlace> place) {
    return place.isPresent() && !asked.ascending() ? place.get().settled() : page.settled();
  }

  private static Reply steps(
      Reply reply,
      String inboxId,
      MessageQuery query,
      ArrayNode rows,
      Optional<String> next,
      String poll) {
    String route = "/v1/inboxes/" + inboxId + "/messages";
    String list = "GET " + route + "?" + query.url() + "cursor=";
    next.ifPresent(cursor -> reply.next("Get the next page with " + list + cursor));
    reply.next("Get only what is new since with " + list + poll);
    if (!rows.isEmpty()) {
      String first = route + "/" + rows.get(0).get("id").textValue();
      reply.next("Read a message whole, with HTML and headers, with GET " + first);
      reply.next("Mark it as read with POST " + first + "/read");
    }
    return reply;
  }
}
