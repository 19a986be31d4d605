package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.queue.SendQueue;
import email.daimon.functions.store.Sends;
import email.daimon.model.Message;
import email.daimon.model.Outgoing.State;
import email.daimon.wire.ErrorCode;
import java.time.Instant;

/** Moves mails that are scheduled, and takes mails back that nobody has begun to send. */
final class UnsentMail {
  private final Sends sends;
  private final SendQueue queue;

  UnsentMail(Sends sends, SendQueue queue) {
    this.sends = requireNonNull(sends, "sends is null");
    this.queue = requireNonNull(queue, "queue is null");
  }

  /** At another time; 409 where it no longer waits for one. */
  Message move(Request request, Message message, Instant sendAt) {
    Message moved =
        sends
            .reschedule(request.caller().account(), message.inboxId(), message.key(), sendAt)
            .orElseThrow(UnsentMail::tooLate);
    queue.enqueue(moved, request.now());
    return moved;
  }

  /** Taken back, which may be asked for twice; 409 where a worker has it or had it. */
  Message cancel(Request request, Message message) {
    if (message.outgoing().orElseThrow().state() == State.CANCELLED) {
      return message;
    }
    return sends
        .cancel(request.caller().account(), message.inboxId(), message.key())
        .orElseThrow(UnsentMail::tooLate);
  }

  private static ApiException tooLate() {
    return new ApiException(
        ErrorCode.MESSAGE_ALREADY_SENDING,
        "The mail is being sent, or was: it can no longer be moved or taken back.",
        "Read the message to see what became of it.");
  }
}
