package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.store.AccountTotals;
import email.daimon.functions.store.Inboxes;
import email.daimon.functions.store.Span;
import email.daimon.functions.store.ThreadLists;
import email.daimon.functions.store.ThreadLists.TooManyThreadsException;
import email.daimon.functions.store.ThreadPage;
import email.daimon.functions.store.ThreadPlace;
import email.daimon.model.Account;
import email.daimon.model.Inbox;
import email.daimon.model.MailThread;
import email.daimon.policy.ThreadFilter;
import email.daimon.wire.CompactJson;
import email.daimon.wire.ErrorCode;
import email.daimon.wire.Json;
import email.daimon.wire.ThreadJson;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lists of threads, of one inbox and of the whole account. */
final class ThreadList {
  private final Reach reach;
  private final Cursors cursors;
  private final Inboxes inboxes;
  private final ThreadLists lists;
  private final AccountTotals totals;

  ThreadList(
      Reach reach, Cursors cursors, Inboxes inboxes, ThreadLists lists, AccountTotals totals) {
    this.reach = requireNonNull(reach, "reach is null");
    this.cursors = requireNonNull(cursors, "cursors is null");
    this.inboxes = requireNonNull(inboxes, "inboxes is null");
    this.lists = requireNonNull(lists, "lists is null");
    this.totals = requireNonNull(totals, "totals is null");
  }

  /** What the parameters ask for; {@code counted} where totals count exactly that. */
  private record Asked(
      ThreadLists.Request request, Paging paging, boolean counted, boolean compact) {}

  Plan prepareOfInbox(Request request) {
    Inbox inbox = reach.inbox(request);
    Asked asked = asked(request, "inbox " + inbox.id());
    return Plan.of(() -> ofInbox(inbox, asked));
  }

  Plan prepareOfAccount(Request request) {
    Optional<String> inboxId = request.query().id("inbox_id");
    if (inboxId.isPresent()) {
      Inbox inbox = reach.inbox(request.caller(), inboxId.get()).orElseThrow(Reach::noInbox);
      Asked asked = asked(request, "inbox " + inbox.id());
      return Plan.of(() -> ofInbox(inbox, asked));
    }
    Account account = request.caller().account();
    Asked asked = asked(request, "account");
    return Plan.of(() -> ofAccount(account, asked));
  }

  private Reply ofInbox(Inbox inbox, Asked asked) {
    return reply(
        asked,
        one -> lists.ofInbox(inbox.id(), one),
        () -> OptionalLong.of(inboxes.counters(inbox.id()).threads()));
  }

  private Reply ofAccount(Account account, Asked asked) {
    return reply(asked, one -> lists.ofAccount(account, one), () -> total(account));
  }

  private Asked asked(Request request, String of) {
    Query query = request.query();
    Optional<String> label = query.text("label");
    Optional<Boolean> unread = query.flag("unread");
    List<String> search = query.text("search").map(ThreadFilter::words).orElse(List.of());
    Optional<Long> after = query.time("after").map(time -> time.toEpochMilli() + 1);
    Optional<Long> before =
        query.time("before").map(time -> time.plusNanos(999_999).toEpochMilli());
    String sort =
        query.choice("sort", "updated_at", "created_at", "desc", "asc").orElse("updated_at");
    boolean ascending =
        query.choice("order", "desc", "asc").equals(Optional.of("asc")) || sort.equals("asc");
    ThreadFilter filter = new ThreadFilter(label, unread, search);
    Span span = new Span(after.orElse(0L), before.orElse(Long.MAX_VALUE));
    String list =
        request.caller().account().id()
            + (" threads of " + of + " " + filter + after + before + sort + ascending);
    Paging paging = Paging.read(request, cursors, list);
    ThreadLists.Request wanted =
        new ThreadLists.Request(
            filter,
            span,
            paging.place().map(ThreadPlace::parse),
            ascending,
            sort.equals("created_at"),
            paging.offset(),
            paging.limit());
    return new Asked(
        wanted,
        paging,
        filter.equals(ThreadFilter.ALL) && span.equals(Span.ALL),
        Views.compact(request));
  }

  private static Reply reply(
      Asked asked, Function<ThreadLists.Request, ThreadPage> read, Supplier<OptionalLong> total) {
    ThreadPage page = page(asked, read);
    ObjectNode result = Json.object();
    ArrayNode rows = result.putArray("threads");
    page.rows()
        .forEach(thread ->
            rows.add(asked.compact() ? CompactJson.thread(thread) : ThreadJson.of(thread)));
    OptionalLong known = asked.counted() ? total.get() : OptionalLong.empty();
    if (known.isPresent()) {
      result.put("total", known.getAsLong());
    } else {
      result.putNull("total");
    }
    asked
        .paging()
        .close(result, page.more() ? page.last().map(ThreadPlace::text) : Optional.empty());
    Reply reply = Reply.ok(result);
    page.rows().stream().findFirst().ifPresent(thread -> reply.next(step(thread)));
    return reply;
  }

  private static ThreadPage page(Asked asked, Function<ThreadLists.Request, ThreadPage> read) {
    try {
      return read.apply(asked.request());
    } catch (TooManyThreadsException _) {
      throw new ApiException(
          ErrorCode.VALIDATION_ERROR,
          "sort: created_at is offered up to " + ThreadLists.MOST_BY_CREATION + " threads.",
          "Sort by updated_at, or narrow the list with after, before or inbox_id.");
    }
  }

  private static String step(MailThread thread) {
    return "Read a thread with its messages with GET /v1/inboxes/"
        + thread.inboxId()
        + "/threads/"
        + thread.id();
  }

  private OptionalLong total(Account account) {
    if (account.inboxCount() > AccountTotals.MOST_ADDED_UP) {
      return totals.threads(account.id());
    }
    Inboxes.Page page = inboxes.list(account.id(), "", AccountTotals.MOST_ADDED_UP);
    return page.next().isPresent()
        ? totals.threads(account.id())
        : OptionalLong.of(page.rows().stream().mapToLong(row -> row.counters().threads()).sum());
  }
}
