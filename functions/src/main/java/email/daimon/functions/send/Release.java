package email.daimon.functions.send;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.SendLimits;
import email.daimon.functions.store.Inboxes;
import email.daimon.functions.store.SendQuota.Exhausted;
import email.daimon.functions.store.SendQuota.Hourly;
import email.daimon.functions.store.SendQuota.Need;
import email.daimon.functions.store.Sends;
import email.daimon.functions.store.Suppressions;
import email.daimon.model.Account;
import email.daimon.model.Inbox;
import email.daimon.model.Message;
import email.daimon.model.Outgoing;
import email.daimon.model.Outgoing.State;
import email.daimon.model.SendRecipient;
import email.daimon.model.Suppression;
import email.daimon.model.Tier;
import email.daimon.policy.TierLimits;
import email.daimon.wire.SuppressionText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a mail needs when it goes later than it was asked for: recipients of whom none is suppressed
 * by then and, where it was scheduled, a tier that sends, its part of the day's quota, and room in
 * its thread's hour. Without the quota it fails, or waits for the next day where the caller wanted
 * that; the rest fails it, as it would have refused it at the call.
 */
final class Release {
  private final Sends sends;
  private final Inboxes inboxes;
  private final Suppressions suppressions;
  private final SendLimits limits;

  Release(Sends sends, Inboxes inboxes, Suppressions suppressions, SendLimits limits) {
    this.sends = requireNonNull(sends, "sends is null");
    this.inboxes = requireNonNull(inboxes, "inboxes is null");
    this.suppressions = requireNonNull(suppressions, "suppressions is null");
    this.limits = requireNonNull(limits, "limits is null");
  }

  /** What became of a mail whose time may have come. */
  sealed interface Decision {
    /** It may go; {@code need} is what it takes of the limits, where it was scheduled. */
    record Go(Optional<Need> need) implements Decision {}

    /** It does not go now; what there was to store is stored. */
    record Stay(String why) implements Decision {}
  }

  Decision decide(Account account, Message message, Instant now) {
    Outgoing way = message.outgoing().orElseThrow();
    if (way.state() != State.SCHEDULED) {
      return stopped(account, message, now).orElseGet(() -> new Decision.Go(Optional.empty()));
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
      return new Decision.Stay(
          fail(account, message, "SEND_REQUIRES_PAID: the account's tier does not send"));
    }
    return stopped(account, message, now)
        .orElseGet(() -> new Decision.Go(Optional.of(need(account, inbox.get(), message, now))));
  }

  private Optional<Decision> stopped(Account account, Message message, Instant now) {
    if (!waited(message, now)) {
      return Optional.empty();
    }
    return suppressions.among(account.id(), addresses(message)).stream()
        .min(Comparator.comparing(Suppression::address))
        .map(one -> {
          fail(account, message, "RECIPIENT_SUPPRESSED: " + SuppressionText.of(one));
          // Logs name nobody.
          return new Decision.Stay("a recipient is suppressed");
        });
  }

  // Where a mail goes at once its call looked at the suppressions a moment ago: another read for
  // each send would be paid for nothing. One that was scheduled, laid aside or resolved to be sent
  // again, which opens its recipients anew, has waited. So has one that is older than a queue
  // takes: its account was paused, its transport busy, or its worker or the queue gone.
  private static boolean waited(Message message, Instant now) {
    Outgoing way = message.outgoing().orElseThrow();
    return switch (way.state()) {
      case SCHEDULED -> true;
      case QUEUED, CLAIMED ->
          way.due().equals(Sends.PARKED)
              || message.storedAt().plus(Sends.UNTIL_SWEPT).isBefore(now)
              || way.recipients().stream().anyMatch(one -> one.at().isAfter(message.receivedAt()));
      case ATTEMPTING, OUT, UNKNOWN, CANCELLED -> false;
    };
  }

  private static List<String> addresses(Message message) {
    return message.outgoing().orElseThrow().recipients().stream()
        .map(SendRecipient::address)
        .toList();
  }

  private Need need(Account account, Inbox inbox, Message message, Instant now) {
    Outgoing way = message.outgoing().orElseThrow();
    String thread = message.threadId();
    return new Need(
        now,
        account.id(),
        TierLimits.of(account.tier()).sendsPerDay(),
        inbox.id(),
        inbox.dailySendLimit(),
        Optional.of(new Hourly(thread, limits.threadHour())),
        Optional.of(new Hourly(thread, limits.automaticHour()))
            .filter(_ -> way.sender().answersAutomatic()),
        OptionalInt.empty(),
        way.recipients().size());
  }

  /** Does with a mail what is to be done where a limit leaves no room; says what that was. */
  String without(Account account, Message message, Exhausted limit, Instant now) {
    Outgoing way = message.outgoing().orElseThrow();
    return switch (limit.which()) {
      case ACCOUNT, INBOX, BURST ->
          way.conditions().waitsForQuota() && way.recipients().size() <= limit.most()
              ? tomorrow(account, message, now)
              : fail(
                  account,
                  message,
                  "SEND_LIMIT_EXCEEDED: the day's "
                      + limit.most()
                      + " recipients leave no room for its "
                      + way.recipients().size());
      case THREAD ->
          fail(
              account,
              message,
              "LOOP_SUSPECTED: its thread has had " + limit.most() + " mails within the hour");
      case AUTOMATIC ->
          fail(
              account,
              message,
              "LOOP_SUSPECTED: its thread has had "
                  + limit.most()
                  + " answers to automatic mail within the hour");
    };
  }

  private String tomorrow(Account account, Message message, Instant now) {
    Instant midnight = now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    sends.reschedule(account, message.inboxId(), message.key(), midnight);
    return "it waits for the next day's quota";
  }

  private String fail(Account account, Message message, String reason) {
    sends.fail(account, message, reason);
    return reason;
  }
}
