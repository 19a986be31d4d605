package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.api.Request;
import email.daimon.functions.store.Accounts;
import email.daimon.functions.store.SendBurst;
import email.daimon.functions.store.SendQuota;
import email.daimon.functions.store.SendQuota.Hourly;
import email.daimon.functions.store.SendQuota.Limit;
import email.daimon.functions.store.Suppressions;
import email.daimon.model.Account;
import email.daimon.model.AccountStatus;
import email.daimon.model.Inbox;
import email.daimon.model.Outgoing.Counted;
import email.daimon.model.Suppression;
import email.daimon.model.Tier;
import email.daimon.policy.TierLimits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What stands between a well-formed mail and its being stored, in the order of refusals. */
final class SendGates {
  private static final int MOST_HOPS = 50;
  private final Accounts accounts;
  private final Suppressions suppressions;
  private final SendQuota quota;
  private final SendBurst burst;
  private final SendLimits limits;
  private final SendRefusals refusals;

  SendGates(
      Accounts accounts,
      Suppressions suppressions,
      SendQuota quota,
      SendBurst burst,
      SendLimits limits,
      SendRefusals refusals) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.suppressions = requireNonNull(suppressions, "suppressions is null");
    this.quota = requireNonNull(quota, "quota is null");
    this.burst = requireNonNull(burst, "burst is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.refusals = requireNonNull(refusals, "refusals is null");
  }

  /** 402 on the free tier. */
  void tier(Request request) {
    tier(request.caller().account(), request.now());
  }

  void tier(Account account, Instant now) {
    if (account.tier() == Tier.FREE) {
      throw refusals.free(account, now);
    }
  }

  /** 403 while the account is under review. */
  void standing(Account account, Instant now) {
    if (account.status() == AccountStatus.UNDER_REVIEW) {
      throw SendRefusals.underReview(accounts.judged(account.id(), now));
    }
  }

  /** 409 where one of the recipients is suppressed: then nobody is sent to. */
  void suppressed(Account account, Addressees addressees) {
    List<Suppression> found = suppressions.among(account.id(), addressees.keys());
    if (!found.isEmpty()) {
      throw SendRefusals.suppressed(found);
    }
  }

  /** 409 where machines would answer each other. */
  void loop(Letter letter, Conversation conversation) {
    if (conversation.nextHop() > MOST_HOPS) {
      throw SendRefusals.loop(
          "More than " + MOST_HOPS + " mails of agents have led to this one.",
          "Begin a new thread, if a person wants it.");
    }
    if (!conversation.automatic()) {
      return;
    }
    if (!letter.allowsAutomatic()) {
      throw SendRefusals.loop(
          "This would answer what a machine sent by itself.",
          "Do not answer it; or, where it must be, say allow_automatic.");
    }
    if (conversation.parent().filter(Conversation.Parent::fromNobody).isPresent()) {
      throw SendRefusals.loop(
          "The mail came with an empty envelope sender, as bounces do: it is never answered.",
          "Send without in_reply_to and thread_id, if a person wants it.");
    }
  }

  /** What came of asking for the day's quota. */
  sealed interface Taken {
    /** It is counted. */
    record Now(Counted counted) implements Taken {}

    /** Nothing is left today, and the mail may wait. */
    record Tomorrow() implements Taken {}
  }

  /** Counts a mail that is to be sent now; 429 where nothing is left, 409 where a thread is hot. */
  Taken take(
      String messageId,
      Account account,
      Inbox inbox,
      Letter letter,
      Conversation where,
      Instant now) {
    OptionalInt aMinute = limits.aMinute(account.tier());
    if (aMinute.isPresent()) {
      OptionalLong wait = burst.take(account.id(), messageId, aMinute.getAsInt(), now);
      if (wait.isPresent()) {
        throw SendRefusals.burst(aMinute.getAsInt(), wait.getAsLong());
      }
    }
    int recipients = letter.addressees().count();
    Optional<String> thread = where.threadId();
    SendQuota.Need need =
        new SendQuota.Need(
            messageId,
            account.id(),
            TierLimits.of(account.tier()).sendsPerDay(),
            inbox.id(),
            inbox.dailySendLimit(),
            thread.map(id -> new Hourly(id, limits.threadHour())),
            thread.filter(_ -> where.automatic()).map(id -> new Hourly(id, limits.automaticHour())),
            recipients);
    return switch (quota.take(need, now)) {
      case SendQuota.Outcome.Granted(Counted counted) -> new Taken.Now(counted);
      case SendQuota.Outcome.Exhausted(Limit which, int most) -> {
        boolean ofDay = which == Limit.ACCOUNT || which == Limit.INBOX;
        if (ofDay && letter.conditions().waitsForQuota() && recipients <= most) {
          yield new Taken.Tomorrow();
        }
        long used = quota.used(which == Limit.INBOX ? inbox.id() : account.id(), now);
        throw refusals.exhausted(which, most, used, account, recipients, now);
      }
    };
  }

  /** Gives back what was counted for a mail that was never stored. */
  void giveBack(Account account, Inbox inbox, Counted counted) {
    quota.giveBack(account.id(), inbox.id(), counted);
  }

  /** Whether mails wait for a transport. */
  boolean parked() {
    return limits.parked();
  }
}
