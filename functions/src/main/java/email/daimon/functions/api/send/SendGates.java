package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.SendLimits;
import email.daimon.functions.api.ApiException;
import email.daimon.functions.api.Request;
import email.daimon.functions.store.Accounts;
import email.daimon.functions.store.SendBurst;
import email.daimon.functions.store.SendQuota;
import email.daimon.functions.store.SendQuota.Hourly;
import email.daimon.model.Account;
import email.daimon.model.AccountStatus;
import email.daimon.model.Inbox;
import email.daimon.model.Suppression;
import email.daimon.model.Tier;
import email.daimon.policy.TierLimits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What stands between a well-formed mail and its being stored, in the order of refusals. */
final class SendGates {
  private static final int MOST_HOPS = 50;
  private final Accounts accounts;
  private final SendQuota quota;
  private final SendBurst burst;
  private final SendLimits limits;
  private final SendRefusals refusals;

  SendGates(
      Accounts accounts,
      SendQuota quota,
      SendBurst burst,
      SendLimits limits,
      SendRefusals refusals) {
    this.accounts = requireNonNull(accounts, "accounts is null");
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
  static void suppressed(List<Suppression> found) {
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

  /**
   * What a mail that is to be sent now takes.
   *
   * @param due whether its time was set before: bursts are of calls
   */
  SendQuota.Need need(
      Account account, Inbox inbox, Letter letter, Conversation where, boolean due, Instant now) {
    Optional<String> thread = where.threadId();
    return new SendQuota.Need(
        now,
        account.id(),
        TierLimits.of(account.tier()).sendsPerDay(),
        inbox.id(),
        inbox.dailySendLimit(),
        thread.map(id -> new Hourly(id, limits.threadHour())),
        thread.filter(_ -> where.automatic()).map(id -> new Hourly(id, limits.automaticHour())),
        due ? OptionalInt.empty() : room(account, now),
        letter.addressees().count());
  }

  private OptionalInt room(Account account, Instant now) {
    OptionalInt aMinute = limits.aMinute(account.tier());
    if (aMinute.isEmpty()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Math.max(0, burst.room(account.id(), aMinute.getAsInt(), now)));
  }

  /**
   * Looks ahead for a mail with files, which are kept before its part is taken: 429 where nothing
   * is left, unless the mail may wait for the next day.
   */
  void room(Letter letter, Account account, Optional<SendQuota.Need> need) {
    if (!letter.files().isEmpty() && !letter.conditions().waitsForQuota()) {
      need.flatMap(quota::exhausted)
          .ifPresent(limit -> {
            throw exhausted(limit, account, need.get());
          });
    }
  }

  /** 429 where nothing is left, 409 where a thread is hot. */
  ApiException exhausted(SendQuota.Exhausted limit, Account account, SendQuota.Need need) {
    return switch (limit.which()) {
      case BURST ->
          SendRefusals.burst(
              limits.aMinute(account.tier()).orElseThrow(), SendBurst.left(need.at()));
      case THREAD, AUTOMATIC -> SendRefusals.hot(limit);
      case ACCOUNT ->
          refusals.ofDay(
              limit.most(),
              quota.used(account.id(), need.at()),
              need.recipients(),
              account,
              need.at());
      case INBOX ->
          SendRefusals.ofInbox(
              limit.most(), quota.used(need.inboxId(), need.at()), need.recipients(), need.at());
    };
  }

  /** Whether mails wait for a transport. */
  boolean parked() {
    return limits.parked();
  }
}
