package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import email.daimon.functions.api.CodeSearch.Finding;
import email.daimon.functions.api.Holding.Held;
import email.daimon.functions.store.CodeMail.Code;
import email.daimon.functions.store.MailCodes;
import email.daimon.policy.AwaitedMail;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code /v1/inboxes/{id}/codes/wait}: the next code of a sender, of those that are there already
 * or of those that come while the call is held. GET changes nothing; POST consumes what it gives.
 */
final class CodeWait {
  private final Reach reach;
  private final AfterMark marks;
  private final MailCodes codes;

  CodeWait(Reach reach, AfterMark marks, MailCodes codes) {
    this.reach = requireNonNull(reach, "reach is null");
    this.marks = requireNonNull(marks, "marks is null");
    this.codes = requireNonNull(codes, "codes is null");
  }

  /**
   * What was asked for.
   *
   * @param list what cursors are bound to
   * @param after as given, or where the look began
   * @param filter the other parameters as given
   */
  private record Asked(
      String inboxId,
      Optional<String> consumer,
      String list,
      String after,
      Map<String, String> filter) {
    /** Such a call again, from another mark. */
    String again(String method, String mark, Map<String, String> more) {
      StringBuilder url = new StringBuilder(method + " " + CodeResource.path(inboxId) + "/wait?");
      filter.forEach(
          (name, value) -> url.append(name).append('=').append(encoded(value)).append('&'));
      more.forEach(
          (name, value) -> url.append(name).append('=').append(encoded(value)).append('&'));
      return url.append("after=").append(encoded(mark)).toString();
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
  }

  Plan look(Request request) {
    return prepare(request, CodeAsker.maybe(request), UnaryOperator.identity());
  }

  Plan take(Request request) {
    String consumer = CodeAsker.needed(request);
    return prepare(
        request, Optional.of(consumer), code -> codes.consume(code, consumer, request.now()));
  }

  private Plan prepare(Request request, Optional<String> consumer, UnaryOperator<Code> taking) {
    String inboxId = reach.inbox(request).id();
    Duration timeout = timeout(request);
    boolean flaggedToo = CodeAsker.flag(request, "include_flagged");
    AwaitedMail mail =
        new AwaitedMail(
            from(request), Optional.empty(), CodeAsker.flag(request, "allow_unverified"));
    String list = request.caller().account().id() + " " + inboxId + " codes/wait";
    Optional<String> given = CodeAsker.text(request, "after");
    long mark = marks.read(request, given, inboxId, list);
    Map<String, String> filter = new LinkedHashMap<>();
    mail.from().ifPresent(from -> filter.put("from", from));
    if (flaggedToo) {
      filter.put("include_flagged", "true");
    }
    if (mail.allowUnverified()) {
      filter.put("allow_unverified", "true");
    }
    String after = given.orElseGet(() -> marks.write(request, list, mark));
    Asked asked = new Asked(inboxId, consumer, list, after, filter);
    return Plan.repeatable(() -> {
      CodeSearch search =
          new CodeSearch(
              codes, inboxId, CodeResource.shown(flaggedToo), mail, consumer, taking, mark);
      return reply(
          request, asked, request.holding().until(request.caller(), timeout, search::look));
    });
  }

  private static Duration timeout(Request request) {
    return request.body().number("timeout", 0, Waiting.LONGEST).stream()
        .mapToObj(seconds -> Waiting.time(request, "timeout", seconds))
        .findFirst()
        .orElseGet(() -> Waiting.time(request, "timeout", Waiting.MOST_SECONDS));
  }

  private static Optional<String> from(Request request) {
    Optional<String> from = CodeAsker.text(request, "from");
    if (from.filter(String::isBlank).isPresent()) {
      request.problem("from", "is empty");
    }
    return from;
  }

  private Reply reply(Request request, Asked asked, Held<Finding> held) {
    Finding finding = held.found();
    String nextAfter = marks.write(request, asked.list, finding.mark());
    Optional<Code> code = finding.code();
    boolean post = request.route().method().equals("POST");
    if (post && code.filter(found -> found.anothers(asked.consumer)).isPresent()) {
      throw CodeResource.consumed(code.get())
          .with("next_after", TextNode.valueOf(nextAfter))
          .next("Wait for the next one with " + asked.again("POST", nextAfter, Map.of()));
    }
    JsonNode result =
        code.<JsonNode>map(found -> CodeResource.json(found, asked.consumer))
            .orElseGet(NullNode::getInstance);
    Reply reply =
        Reply.ok(result)
            .beside("timeout", LongNode.valueOf(Waiting.applied(held)))
            .beside("next_after", TextNode.valueOf(nextAfter));
    if (post && code.filter(found -> CodeResource.repeated(found, request)).isPresent()) {
      reply.header("Idempotent-Replayed", "true");
    }
    if (code.isEmpty()) {
      reply
          .beside("has_more", BooleanNode.valueOf(finding.more()))
          .beside("unverified_seen", IntNode.valueOf(finding.unverified()));
    }
    return steps(Waiting.told(reply, held), asked, finding, nextAfter, request.route().method());
  }

  private static Reply steps(
      Reply reply, Asked asked, Finding finding, String nextAfter, String method) {
    if (finding.code().isEmpty() && finding.unverified() > 0) {
      reply.next(
          finding.unverified()
              + " that fit came from senders who are not verified; if you would trust them all the"
              + " same, ask with "
              + asked.again(method, asked.after, Map.of("allow_unverified", "true")));
    }
    finding
        .code()
        .ifPresent(code -> {
          if (code.consumed().isEmpty()) {
            reply.next(CodeResource.takeIt(code));
          }
          reply.next(CodeResource.readIts(code));
        });
    return reply.next("Wait for the next with " + asked.again(method, nextAfter, Map.of()));
  }
}
