package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Accounts;
import email.daimon.functions.store.Inboxes;
import email.daimon.functions.store.Inboxes.Row;
import email.daimon.model.Account;
import email.daimon.wire.InboxJson;
import email.daimon.wire.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code GET /v1/inboxes}: in the order they were made. Filters are {@code client_id} and {@code
 * metadata.NAME=VALUE}.
 */
final class InboxList {
  private static final String METADATA = "metadata.";
  private static final int CHUNK = 100;
  private static final int MOST_READ = 2_000;
  private final Inboxes inboxes;
  private final Accounts accounts;
  private final Cursors cursors;
  private final URI publicUrl;

  InboxList(Inboxes inboxes, Accounts accounts, Cursors cursors, URI publicUrl) {
    this.inboxes = requireNonNull(inboxes, "inboxes is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.cursors = requireNonNull(cursors, "cursors is null");
    this.publicUrl = requireNonNull(publicUrl, "publicUrl is null");
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/inboxes", Access.ACCOUNT, this::prepare));
  }

  private record Filter(Optional<String> clientId, Map<String, String> metadata) {
    /** What a cursor is bound to. Put together here: a generated text costs a cold start more. */
    String text() {
      return "Filter[clientId=" + clientId + ", metadata=" + metadata + "]";
    }

    boolean none() {
      return clientId.isEmpty() && metadata.isEmpty();
    }

    boolean takes(Row row) {
      return (clientId.isEmpty() || clientId.equals(row.inbox().clientId()))
          && row.inbox().metadata().entrySet().containsAll(metadata.entrySet());
    }
  }

  private Plan prepare(Request request) {
    Map<String, String> metadata = new TreeMap<>();
    for (String name : request.query().names()) {
      if (name.startsWith(METADATA)) {
        metadata.put(name.substring(METADATA.length()), request.query().text(name).orElseThrow());
      }
    }
    Filter filter = new Filter(request.query().text("client_id"), metadata);
    String accountId = request.caller().account().id();
    Paging paging = Paging.read(request, cursors, accountId + " inboxes " + filter.text());
    int offset = paging.offset();
    return Plan.of(() -> page(request, filter, paging, offset));
  }

  private Reply page(Request request, Filter filter, Paging paging, int offset) {
    String accountId = request.caller().account().id();
    // The cached account may be a creation behind: the total is read now.
    Account account = accounts.find(accountId).orElse(request.caller().account());
    List<Row> rows = new ArrayList<>();
    String place = paging.place().orElse("");
    int left = offset;
    int read = 0;
    boolean more = true;
    while (more && rows.size() <= paging.limit() && read < MOST_READ) {
      int most = filter.none() ? Math.min(CHUNK, left + paging.limit() + 1 - rows.size()) : CHUNK;
      var page = inboxes.list(accountId, place, most);
      for (Row row : page.rows()) {
        if (filter.takes(row) && left-- <= 0) {
          rows.add(row);
        }
      }
      read += most;
      more = page.next().isPresent();
      place = page.next().orElse(place);
    }
    return reply(
        account, filter, paging, offset, rows, more ? Optional.of(place) : Optional.empty());
  }

  private Reply reply(
      Account account,
      Filter filter,
      Paging paging,
      int offset,
      List<Row> rows,
      Optional<String> rest) {
    var array = Json.array();
    List<Row> shown = rows.subList(0, Math.min(paging.limit(), rows.size()));
    shown.forEach(
        row -> array.add(InboxJson.of(row.inbox(), account.tier(), row.counters(), publicUrl)));
    var result = Json.object();
    result.set("inboxes", array);
    boolean cut = rows.size() > shown.size();
    boolean whole = paging.place().isEmpty() && offset == 0 && !cut && rest.isEmpty();
    if (filter.none()) {
      result.put("total", account.inboxCount());
    } else if (whole) {
      result.put("total", shown.size());
    } else {
      result.putNull("total");
    }
    paging.close(result, cut ? Optional.of(shown.getLast().place()) : rest);
    Reply reply = Reply.ok(result);
    shown.stream()
        .findFirst()
        .ifPresent(
            row -> reply.next("Read mail with GET /v1/inboxes/" + row.inbox().id() + "/messages"));
    return reply.next("Make another inbox with POST /v1/inboxes");
  }
}
