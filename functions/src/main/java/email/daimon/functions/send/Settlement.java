package email.daimon.functions.send;

import email.daimon.functions.send.Transport.Answer;
import email.daimon.functions.send.Transport.Refusal;
import email.daimon.functions.store.Sends;
import email.daimon.model.Outgoing;
import email.daimon.model.Outgoing.State;
import email.daimon.model.SendRecipient;
import email.daimon.model.SendRecipient.Status;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What the answer of a transport makes of a mail. A report that was faster stays. */
final class Settlement {
  private Settlement() {}

  static Outgoing accepted(Outgoing way, Answer.Accepted answer, Instant now) {
    return way.accepted(now, answer.transportId(), answer.messageIdHeader())
        .reported(one -> {
          Optional<Refusal> refusal = refusal(answer.refused(), one);
          if (refusal.isPresent()) {
            return bounced(one, refusal.get(), now);
          }
          return answer.delivered()
              ? one.reported(Status.DELIVERED, Optional.empty(), Optional.empty(), now)
              : one;
        });
  }

  static Outgoing refused(Outgoing way, Answer.Refused answer, Instant now) {
    return unlessOut(
        way,
        open ->
            open.refused(one ->
                refusal(answer.recipients(), one)
                    .map(refusal -> bounced(one, refusal, now))
                    .orElseGet(() ->
                        one.reported(
                            Status.FAILED, answer.smtpCode(), Optional.of(answer.reason()), now))));
  }

  /** Over, for a reason of our own. */
  static Outgoing failed(Outgoing way, String reason, Instant now) {
    return refused(way, new Answer.Refused(Optional.empty(), reason, List.of()), now);
  }

  static Outgoing lost(Outgoing way, Instant now) {
    return unlessOut(way, open -> open.unknown(now.plus(Sends.UNTIL_UNKNOWN)));
  }

  private static Outgoing unlessOut(Outgoing way, UnaryOperator<Outgoing> change) {
    return way.state() == State.OUT ? way : change.apply(way);
  }

  private static SendRecipient bounced(SendRecipient one, Refusal refusal, Instant now) {
    return one.reported(Status.BOUNCED, refusal.smtpCode(), Optional.of(refusal.reason()), now);
  }

  private static Optional<Refusal> refusal(List<Refusal> all, SendRecipient one) {
    return all.stream()
        .filter(refusal ->
            refusal
                .address()
                .toLowerCase(Locale.ROOT)
                .equals(one.address().toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
