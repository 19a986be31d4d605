package email.daimon.functions.send;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Inboxes;
import email.daimon.functions.store.SendQuota;
import email.daimon.functions.store.SendQuota.Need;
import email.daimon.functions.store.Sends;
import email.daimon.model.Account;
import email.daimon.model.Inbox;
import email.daimon.model.Message;
import email.daimon.model.Outgoing;
import email.daimon.model.Outgoing.Counted;
import email.daimon.model.Outgoing.State;
import email.daimon.model.Tier;
import email.daimon.policy.TierLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a scheduled mail needs when its time has come: a tier that sends, and its part of the day's
 * quota. Without them it fails, or waits for the next day where the caller wanted that.
 */
final class Release {
  private final Sends sends;
  private final Inboxes inboxes;
  private final SendQuota quota;

  Release(Sends sends, Inboxes inboxes, SendQuota quota) {
    this.sends = requireNonNull(sends, "sends is null");
    this.inboxes = requireNonNull(inboxes, "inboxes is null");
    this.quota = requireNonNull(quota, "quota is null");
  }

  /** What became of a mail whose time may have come. */
  sealed interface Decision {
    /** It may go; {@code counted} is what it took of the quota, where it was scheduled. */
    record Go(Optional<Counted> counted) implements Decision {}

    /** It does not go now; what there was to store is stored. */
    record Stay(String why) implements Decision {}
  }

  Decision decide(Account account, Message message, Instant now) {
    Outgoing way = message.outgoing().orElseThrow();
    if (way.state() != State.SCHEDULED) {
      return new Decision.Go(Optional.empty());
    }
    if (way.sendAt().filter(now::isBefore).isPresent()) {
      return new Decision.Stay("it is not due");
    }
    Optional<Inbox> inbox = inboxes.find(message.inboxId());
    if (inbox.isEmpty()) {
      sends.cancel(account, message.inboxId(), message.key());
      return new Decision.Stay("its inbox is deleted");
    }
    if (account.tier() == Tier.FREE) {
      return fail(account, message, "SEND_REQUIRES_PAID: the account's tier does not send");
    }
    OptionalInt limit = TierLimits.of(account.tier()).sendsPerDay();
    Need need =
        new Need(
            message.id(),
            account.id(),
            limit,
            inbox.get().id(),
            inbox.get().dailySendLimit(),
            Optional.empty(),
            Optional.empty(),
            way.recipients().size());
    return switch (quota.take(need, now)) {
      case SendQuota.Outcome.Granted(Counted counted) -> new Decision.Go(Optional.of(counted));
      case SendQuota.Outcome.Exhausted exhausted ->
          way.conditions().waitsForQuota()
              ? tomorrow(account, message, now)
              : fail(
                  account,
                  message,
                  "SEND_LIMIT_EXCEEDED: the day's " + exhausted.most() + " recipients are used up");
    };
  }

  private Decision tomorrow(Account account, Message message, Instant now) {
    Instant midnight = now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    sends.reschedule(account, message.inboxId(), message.key(), midnight);
    return new Decision.Stay("it waits for the next day's quota");
  }

  private Decision fail(Account account, Message message, String reason) {
    sends.fail(account, message, reason);
    return new Decision.Stay(reason);
  }
}
