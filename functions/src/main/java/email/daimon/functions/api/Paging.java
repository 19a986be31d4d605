package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.wire.Json;
import java.util.Optional;

/** The parameters that every list takes: {@code limit}, {@code cursor}, {@code offset}. */
public final class Paging {
  /** Rows that an offset may leave out (rules 7.8). */
  public static final int MOST_OFFSET = 1_000;

  private static final int MOST = 100;
  private static final int BY_DEFAULT = 20;
  private final Cursors cursors;
  private final Request request;
  private final String list;
  private final int limit;
  private final Optional<String> place;

  private Paging(Cursors cursors, Request request, String list, int limit, Optional<String> place) {
    this.cursors = requireNonNull(cursors, "cursors is null");
    this.request = requireNonNull(request, "request is null");
    this.list = requireNonNull(list, "list is null");
    this.limit = limit;
    this.place = requireNonNull(place, "place is null");
  }

  /**
   * Reads them.
   *
   * @param list names account, inbox, route and filter: what a cursor is bound to
   */
  public static Paging read(Request request, Cursors cursors, String list) {
    int limit = request.query().number("limit", 1, MOST, BY_DEFAULT);
    return new Paging(cursors, request, list, limit, cursors.place(request, list));
  }

  public int limit() {
    return limit;
  }

  /** Where the cursor stands; empty for the first page. */
  public Optional<String> place() {
    return place;
  }

  /** Rows to leave out; not together with a cursor. */
  public int offset() {
    int offset = request.query().number("offset", 0, MOST_OFFSET, 0);
    if (offset > 0 && place.isPresent()) {
      request.problem("offset", "does not go together with cursor");
    }
    return offset;
  }

  /** Adds {@code has_more} and {@code next_cursor}. */
  public ObjectNode close(ObjectNode result, Optional<String> next) {
    result.put("has_more", next.isPresent());
    result.set(
        "next_cursor", Json.text(next.map(text -> cursors.write(list, text, request.now()))));
    return result;
  }
}
