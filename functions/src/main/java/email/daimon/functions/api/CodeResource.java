package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import email.daimon.functions.store.CodeMail;
import email.daimon.functions.store.CodeMail.Code;
import email.daimon.functions.store.CodeMail.Consumed;
import email.daimon.functions.store.MailCodes;
import email.daimon.functions.store.Span;
import email.daimon.model.Direction;
import email.daimon.model.Message;
import email.daimon.policy.MessageFilter;
import email.daimon.wire.CodeJson;
import email.daimon.wire.ErrorCode;
import email.daimon.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /v1/inboxes/{id}/codes}: the codes of an inbox's mails, each consumed once. */
final class CodeResource {
  private static final String ALL = "/v1/inboxes/{id}/codes";
  private final Reach reach;
  private final Cursors cursors;
  private final MailCodes codes;
  private final CodeWait wait;

  CodeResource(Reach reach, Cursors cursors, AfterMark marks, MailCodes codes) {
    this.reach = requireNonNull(reach, "reach is null");
    this.cursors = requireNonNull(cursors, "cursors is null");
    this.codes = requireNonNull(codes, "codes is null");
    this.wait = new CodeWait(reach, marks, codes);
  }

  List<Route> routes() {
    return List.of(
        Route.get(ALL, Access.READ, this::list),
        Route.get(ALL + "/wait", Access.READ, wait::look),
        Route.post(ALL + "/wait", Access.WRITE, wait::take),
        Route.post(ALL + "/{code_id}/consume", Access.WRITE, this::consume));
  }

  static String path(String inboxId) {
    return "/v1/inboxes/" + inboxId + "/codes";
  }

  /** Mails whose codes are shown. */
  static MessageFilter shown(boolean flaggedToo) {
    return new MessageFilter(
        Optional.of(Direction.INBOUND),
        flaggedToo,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A code as its asker may see it. */
  static ObjectNode json(Code code, Optional<String> asker) {
    return CodeJson.of(
        code.mail().message(),
        code.position(),
        code.consumed().map(Consumed::at),
        code.anothers(asker));
  }

  static ApiException consumed(Code code) {
    return new ApiException(
            ErrorCode.CODE_CONSUMED,
            "Another consumer has taken this code.",
            "Ask for a new one where it came from, and wait for that.")
        .with("code_id", TextNode.valueOf(code.id()))
        .with("message_id", TextNode.valueOf(code.mail().message().id()))
        .with("consumed_at", Json.time(code.consumed().map(Consumed::at)));
  }

  /** Whether the asker had consumed it before this call. */
  static boolean repeated(Code code, Request request) {
    return code.consumed().filter(by -> by.at().isBefore(request.now())).isPresent();
  }

  static String takeIt(Code code) {
    return takeIt(code.mail().message(), code.id());
  }

  /** The step that takes the best code of a mail that has one. */
  static String takeFirst(Message message) {
    return takeIt(message, message.insights().codes().getFirst().id(message.id(), 0));
  }

  private static String takeIt(Message message, String codeId) {
    return "Take its code, so that nobody else types it, with POST "
        + path(message.inboxId())
        + "/"
        + codeId
        + "/consume and a consumer";
  }

  static String readIts(Code code) {
    return "Read what it is for with GET /v1/inboxes/"
        + code.mail().message().inboxId()
        + "/messages/"
        + code.mail().message().id();
  }

  /** Where a list goes on: behind a code of the mail of this inbox time. */
  private record Place(long time, int position) {
    static final Place START = new Place(Span.ALL.end(), -1);

    String text() {
      return time + ":" + position;
    }

    static Place parse(String text) {
      int colon = text.indexOf(':');
      return new Place(
          Long.parseLong(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    }

    static Place behind(Code code) {
      long time = code.mail().message().key().inboxTime();
      boolean last = code.position() == code.mail().codes().size() - 1;
      return last ? new Place(time - 1, -1) : new Place(time, code.position());
    }

    boolean before(Code code) {
      return code.mail().message().key().inboxTime() < time || code.position() > position;
    }
  }

  private Plan list(Request request) {
    String inboxId = reach.inbox(request).id();
    boolean flaggedToo = request.query().flag("include_flagged").orElse(false);
    Optional<String> asker = CodeAsker.maybe(request);
    String list = request.caller().account().id() + " " + inboxId + " codes flagged=" + flaggedToo;
    Paging paging = Paging.read(request, cursors, list);
    Place place = paging.place().map(Place::parse).orElse(Place.START);
    MailCodes.Request asked =
        new MailCodes.Request(
            inboxId,
            shown(flaggedToo),
            new Span(0, Math.min(place.time() + 1, Span.ALL.end())),
            false,
            paging.limit());
    return Plan.of(() -> page(codes.page(asked), place, paging, asker));
  }

  private static Reply page(
      MailCodes.Page page, Place begin, Paging paging, Optional<String> asker) {
    List<Code> all = new ArrayList<>();
    page.mails().stream()
        .map(CodeMail::codes)
        .flatMap(List::stream)
        .filter(begin::before)
        .forEach(all::add);
    List<Code> shown = all.subList(0, Math.min(paging.limit(), all.size()));
    Optional<Place> next =
        shown.size() < all.size()
            ? Optional.of(Place.behind(shown.getLast()))
            : Optional.of(new Place(page.last() - 1, -1)).filter(_ -> page.more());
    ObjectNode result = Json.object();
    ArrayNode rows = result.putArray("codes");
    shown.forEach(code -> rows.add(json(code, asker)));
    result.putNull("total");
    Reply reply = Reply.ok(paging.close(result, next.map(Place::text)));
    shown.stream()
        .filter(code -> code.consumed().isEmpty())
        .findFirst()
        .ifPresent(code -> reply.next(takeIt(code), readIts(code)));
    return reply;
  }

  private Plan consume(Request request) {
    String inboxId = reach.inbox(request).id();
    String consumer = CodeAsker.needed(request);
    boolean flaggedToo = CodeAsker.flag(request, "include_flagged");
    Code found =
        codes
            .find(inboxId, request.path("code_id"), shown(flaggedToo))
            .orElseThrow(CodeResource::noCode);
    return Plan.repeatable(() -> {
      Code code = codes.consume(found, consumer, request.now());
      if (code.anothers(Optional.of(consumer))) {
        throw consumed(code)
            .next("Wait for a new one with POST " + path(inboxId) + "/wait and a consumer");
      }
      Reply reply = Reply.ok(json(code, Optional.of(consumer))).next(readIts(code));
      return repeated(code, request) ? reply.header("Idempotent-Replayed", "true") : reply;
    });
  }

  /** The same answer whether the id is another's or never was. */
  private static ApiException noCode() {
    return new ApiException(
        ErrorCode.CODE_NOT_FOUND,
        "There is no such code in this inbox.",
        "Take an id from the list of codes or from codes of a message.");
  }
}
