package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.store.Documents;
import email.daimon.functions.store.MessageLists;
import email.daimon.functions.store.MessagePage;
import email.daimon.functions.store.Span;
import email.daimon.functions.store.StoredDocument;
import email.daimon.model.ListForm;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import email.daimon.model.ReplyParts;
import email.daimon.model.TextSpan;
import email.daimon.policy.MessageFilter;
import email.daimon.policy.Quarantine;
import email.daimon.wire.CompactJson;
import email.daimon.wire.Json;
import email.daimon.wire.JsonSize;
import email.daimon.wire.MessageJson;
import email.daimon.wire.ThreadDigest;
import email.daimon.wire.ThreadDigest.Digest;
import email.daimon.wire.ThreadDigest.Piece;
import email.daimon.wire.ThreadJson;
import email.daimon.wire.TokenEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /v1/inboxes/{id}/threads/{thread_id}}: the newest messages of both directions, in the
 * order they came; whole, or as a reader wants them who pays by the token.
 */
final class ThreadReading {
  private static final int MOST_MESSAGES = 100;
  private static final long MOST_BYTES = 4_500_000;
  private static final int FEWEST_TOKENS = 100;
  private static final int MOST_TOKENS = 1_000_000;
  private final Cursors cursors;
  private final MessageLists lists;
  private final Documents documents;

  ThreadReading(Cursors cursors, MessageLists lists, Documents documents) {
    this.cursors = requireNonNull(cursors, "cursors is null");
    this.lists = requireNonNull(lists, "lists is null");
    this.documents = requireNonNull(documents, "documents is null");
  }

  /**
   * What is shown.
   *
   * @param rows newest first
   * @param more whether older ones follow
   */
  private record Shown(List<ObjectNode> rows, boolean more, Optional<Digest> digest) {}

  Plan prepare(Request request, MailThread thread) {
    boolean flagged = request.query().flag("include_flagged").orElse(false);
    boolean compact = Views.compact(request);
    boolean bounded = request.query().has("max_tokens");
    int most = request.query().number("max_tokens", FEWEST_TOKENS, MOST_TOKENS, MOST_TOKENS);
    String list =
        request.caller().account().id()
            + " "
            + thread.inboxId()
            + (" thread " + thread.id() + " flagged=" + flagged);
    long end = cursors.place(request, list).map(Long::valueOf).orElse(Span.ALL.end());
    MessageLists.Request asked =
        new MessageLists.Request(
            thread.inboxId(),
            MessageFilter.ofThread(thread.id(), flagged),
            new Span(0, end),
            false,
            0,
            MOST_MESSAGES,
            !bounded);
    return Plan.of(() -> {
      MessagePage page = lists.page(asked);
      ObjectNode head = compact ? CompactJson.thread(thread) : ThreadJson.of(thread);
      Shown shown =
          bounded
              ? digest(thread, page, compact, most - TokenEstimate.of(head))
              : rows(page, compact);
      return reply(request, head, thread, page, shown, list);
    });
  }

  private static Shown rows(MessagePage page, boolean compact) {
    List<ObjectNode> rows = new ArrayList<>();
    for (MessagePage.Row row : page.rows()) {
      rows.add(
          compact
              ? CompactJson.message(
                  row.message(), row.form(), row.form().truncated().contains("reply_body"))
              : MessageJson.row(row.message(), row.form()));
    }
    return within(rows, page, Optional.empty());
  }

  /** As many rows as a reply may hold; at least one, which always fits. */
  private static Shown within(List<ObjectNode> rows, MessagePage page, Optional<Digest> digest) {
    int shown = 0;
    long size = 0;
    while (shown < rows.size()
        && (shown == 0 || size + JsonSize.of(rows.get(shown)) <= MOST_BYTES)) {
      size += JsonSize.of(rows.get(shown));
      shown++;
    }
    boolean more = page.more() || shown < page.rows().size();
    return new Shown(rows.subList(0, shown), more, digest);
  }

  private Shown digest(MailThread thread, MessagePage page, boolean compact, int most) {
    List<Message> messages = page.rows().stream().map(MessagePage.Row::message).toList();
    List<Piece> pieces = new ArrayList<>();
    for (Documents.Found found : documents.found(thread.inboxId(), messages)) {
      // Only the newest is never cut short: it may need an object of its own.
      Optional<StoredDocument> document =
          pieces.isEmpty() ? Optional.of(documents.document(found)) : documents.atHand(found);
      pieces.add(
          document
              .map(stored -> piece(found.message(), stored, compact))
              .orElseGet(() -> piece(found.message(), found.listForm(), compact)));
    }
    if (pieces.isEmpty()) {
      return new Shown(List.of(), page.more(), Optional.empty());
    }
    Digest digest = ThreadDigest.of(pieces, most);
    return within(digest.rows(), page, Optional.of(digest));
  }

  private static Piece piece(Message message, StoredDocument stored, boolean compact) {
    MessageDocument document = stored.document();
    ReplyParts parts = document.findings().reply();
    boolean visible = parts.of().equals("visible_text");
    String whole = visible ? document.findings().visibleText() : document.textBody();
    ObjectNode head =
        CompactJson.head(message, ListForm.of(document))
            .put("truncated", stored.truncated().contains(parts.of()));
    return compact
        ? new Piece(message.id(), head, document.replyBody(), List.of(), List.of())
        : new Piece(message.id(), head, whole, parts.quoted(), parts.signature());
  }

  /**
   * Of the beginnings that a list keeps: what stands around the new text is what was said before.
   */
  private static Piece piece(Message message, ListForm form, boolean compact) {
    if (Quarantine.holds(message)) {
      return new Piece(message.id(), CompactJson.head(message, form), "", List.of(), List.of());
    }
    ObjectNode head =
        CompactJson.head(message, form)
            .put("truncated", form.truncated().contains(compact ? "reply_body" : "text_body"));
    int at = form.textBody().indexOf(form.replyBody());
    if (compact || at < 0) {
      return new Piece(message.id(), head, form.replyBody(), List.of(), List.of());
    }
    int start = form.textBody().codePointCount(0, at);
    int end = start + form.replyBody().codePointCount(0, form.replyBody().length());
    int all = form.textBody().codePointCount(0, form.textBody().length());
    return new Piece(
        message.id(),
        head,
        form.textBody(),
        List.of(new TextSpan(0, start), new TextSpan(end, all)),
        List.of());
  }

  private Reply reply(
      Request request,
      ObjectNode head,
      MailThread thread,
      MessagePage page,
      Shown shown,
      String list) {
    head.putArray("messages").addAll(shown.rows().reversed());
    head.put("has_more", shown.more());
    Optional<String> next =
        Optional.of(page.last())
            .filter(_ -> shown.more())
            .map(last ->
                shown.rows().size() < page.rows().size()
                    ? page.rows().get(shown.rows().size() - 1).message().key().inboxTime()
                    : last)
            .map(time -> cursors.write(list, Long.toString(time), request.now()));
    head.set("next_cursor", Json.text(next));
    shown
        .digest()
        .ifPresent(digest -> {
          head.put("tokens", TokenEstimate.of(head));
          head.set("cut", digest.cutJson());
        });
    ObjectNode result = Json.object();
    result.set("thread", head);
    return steps(Reply.ok(result), thread, shown, next);
  }

  private static Reply steps(Reply reply, MailThread thread, Shown shown, Optional<String> next) {
    String inbox = "/v1/inboxes/" + thread.inboxId();
    String one = inbox + "/threads/" + thread.id();
    next.ifPresent(
        cursor -> reply.next("Read what was said before with GET " + one + "?cursor=" + cursor));
    shown.digest().stream()
        .flatMap(digest -> digest.cut().keySet().stream())
        .findFirst()
        .ifPresent(id ->
            reply.next("Read what was cut from a message with GET " + inbox + "/messages/" + id));
    if (!shown.rows().isEmpty()) {
      reply.next(
          "Read a message whole, with HTML and headers, with GET "
              + inbox
              + "/messages/"
              + shown.rows().getFirst().get("id").textValue());
    }
    return reply.next("Label it with POST " + one + "/labels");
  }
}
