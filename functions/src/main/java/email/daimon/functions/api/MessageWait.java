package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import email.daimon.functions.api.Holding.Held;
import email.daimon.functions.api.MailSearch.Finding;
import email.daimon.functions.store.MessageLists;
import email.daimon.functions.store.MessagePage.Row;
import email.daimon.model.Direction;
import email.daimon.policy.AwaitedMail;
import email.daimon.policy.MessageFilter;
import email.daimon.wire.MessageJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code GET /v1/inboxes/{id}/messages/wait}: the first mail that fits, of those that are there
 * already or of those that come while the call is held. It changes nothing.
 */
final class MessageWait {
  private final Reach reach;
  private final AfterMark marks;
  private final MessageLists lists;

  MessageWait(Reach reach, AfterMark marks, MessageLists lists) {
    this.reach = requireNonNull(reach, "reach is null");
    this.marks = requireNonNull(marks, "marks is null");
    this.lists = requireNonNull(lists, "lists is null");
  }

  /**
   * What was asked for.
   *
   * @param list what cursors are bound to; not to the filter, as one waits for one mail after the
   *     other
   * @param filter as given, to be given again
   */
  private record Asked(
      String inboxId, AwaitedMail mail, String list, String after, Map<String, String> filter) {
    String url() {
      return "/v1/inboxes/"
          + inboxId
          + "/messages/wait?"
          + filter.entrySet().stream()
              .map(one -> one.getKey() + "=" + encoded(one.getValue()) + "&")
              .collect(Collectors.joining());
    }

    static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
  }

  Plan prepare(Request request) {
    String inboxId = reach.inbox(request).id();
    Query query = request.query();
    Duration timeout = Waiting.time(request, "timeout", Waiting.MOST_SECONDS);
    boolean flaggedToo = query.flag("include_flagged").orElse(false);
    AwaitedMail mail =
        new AwaitedMail(
            words(request, "from"),
            words(request, "subject"),
            query.flag("allow_unverified").orElse(false));
    String list = request.caller().account().id() + " " + inboxId + " messages/wait";
    long mark = marks.read(request, query.text("after"), inboxId, list);
    Map<String, String> filter = new LinkedHashMap<>();
    for (String name : new String[] {"from", "subject", "include_flagged", "allow_unverified"}) {
      query.text(name).ifPresent(value -> filter.put(name, value));
    }
    String after = query.text("after").orElseGet(() -> marks.write(request, list, mark));
    Asked asked = new Asked(inboxId, mail, list, after, filter);
    return Plan.of(() -> {
      MailSearch search = new MailSearch(lists, inboxId, inbound(flaggedToo), mail, mark);
      return reply(
          request, asked, request.holding().until(request.caller(), timeout, search::look));
    });
  }

  private static MessageFilter inbound(boolean flaggedToo) {
    return new MessageFilter(
        Optional.of(Direction.INBOUND),
        flaggedToo,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Optional<String> words(Request request, String name) {
    Optional<String> text = request.query().text(name);
    if (text.filter(String::isBlank).isPresent()) {
      request.problem(name, "is empty");
    }
    return text;
  }

  private Reply reply(Request request, Asked asked, Held<Finding> held) {
    Finding finding = held.found();
    String nextAfter = marks.write(request, asked.list, finding.mark());
    JsonNode result =
        finding
            .row()
            .<JsonNode>map(row -> MessageJson.row(row.message(), row.form()))
            .orElseGet(NullNode::getInstance);
    Reply reply =
        Reply.ok(result)
            .beside("timeout", LongNode.valueOf(Waiting.applied(held)))
            .beside("next_after", TextNode.valueOf(nextAfter));
    if (finding.row().isEmpty()) {
      reply
          .beside("has_more", BooleanNode.valueOf(finding.more()))
          .beside("unverified_seen", IntNode.valueOf(finding.unverified()));
    }
    return steps(Waiting.told(reply, held), asked, finding, nextAfter);
  }

  private static Reply steps(Reply reply, Asked asked, Finding finding, String nextAfter) {
    if (finding.row().isEmpty() && finding.unverified() > 0) {
      reply.next(
          finding.unverified()
              + " that fit came from senders who are not verified; if you would trust them all the"
              + " same, ask with GET "
              + asked.url()
              + "allow_unverified=true&after="
              + Asked.encoded(asked.after));
    }
    finding
        .row()
        .map(Row::message)
        .ifPresent(message -> {
          String one = "/v1/inboxes/" + asked.inboxId + "/messages/" + message.id();
          reply.next("Read it whole, with HTML and headers, with GET " + one);
          // A mail with a code is seldom one to be answered.
          reply.next(
              message.insights().codes().isEmpty()
                  ? "Answer it with POST " + one + "/reply"
                  : CodeResource.takeFirst(message));
          reply.next("Mark it as read with POST " + one + "/read");
        });
    return reply.next("Wait for what comes next with GET " + asked.url() + "after=" + nextAfter);
  }
}
