package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.api.Access;
import email.daimon.functions.api.ApiException;
import email.daimon.functions.api.Fields;
import email.daimon.functions.api.MessageResource;
import email.daimon.functions.api.Plan;
import email.daimon.functions.api.Reach;
import email.daimon.functions.api.Reply;
import email.daimon.functions.api.Request;
import email.daimon.functions.api.Route;
import email.daimon.functions.queue.SendQueue;
import email.daimon.functions.store.Documents;
import email.daimon.functions.store.Sends;
import email.daimon.model.Message;
import email.daimon.model.SendRecipient;
import email.daimon.model.SendRecipient.Status;
import email.daimon.wire.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST …/messages/{message_id}/resolve}: somebody who knows says what became of a mail whose
 * answer was lost (rules 5.6).
 */
final class ResolveResource {
  private final Reach reach;
  private final Documents documents;
  private final Sends sends;
  private final SendQueue queue;

  ResolveResource(Reach reach, Documents documents, Sends sends, SendQueue queue) {
    this.reach = requireNonNull(reach, "reach is null");
    this.documents = requireNonNull(documents, "documents is null");
    this.sends = requireNonNull(sends, "sends is null");
    this.queue = requireNonNull(queue, "queue is null");
  }

  List<Route> routes() {
    return List.of(
        Route.post(
            "/v1/inboxes/{id}/messages/{message_id}/resolve", Access.ACCOUNT, this::resolve));
  }

  private Plan resolve(Request request) {
    Message message =
        documents
            .find(reach.inbox(request).id(), request.path("message_id"))
            .map(Documents.Found::message)
            .orElseThrow(MessageResource::noMessage);
    Fields body = request.body();
    String outcome = body.neededText("outcome");
    boolean resend = body.flag("resend").orElse(false);
    boolean sent = outcome.equals("sent");
    if (!outcome.isEmpty() && !sent && !outcome.equals("not_sent")) {
      body.problem("outcome", "is sent or not_sent");
    }
    if (sent && resend) {
      body.problem("resend", "goes with not_sent: no mail is sent twice");
    }
    return Plan.of(() -> {
      Message settled =
          sends
              .resolve(
                  request.caller().account(),
                  message.inboxId(),
                  message.key(),
                  one -> word(one, sent, request.now()),
                  resend)
              .filter(_ -> message.status().equals("unknown"))
              .orElseThrow(ResolveResource::notUnknown);
      if (resend) {
        queue.enqueue(settled, request.now());
      }
      return Reply.ok(SendJson.of(settled)).next(NextSends.steps(List.of(), settled));
    });
  }

  private static SendRecipient word(SendRecipient one, boolean sent, Instant now) {
    return one.reported(
        sent ? Status.DELIVERED : Status.NOT_SENT,
        Optional.empty(),
        Optional.of("resolved by the account"),
        now);
  }

  private static ApiException notUnknown() {
    return new ApiException(
        ErrorCode.MESSAGE_NOT_UNKNOWN,
        "What became of this mail is known: there is nothing to settle.",
        "Read the message to see it.");
  }
}
