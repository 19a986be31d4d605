package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.api.ApiException;
import email.daimon.functions.api.Paywall;
import email.daimon.functions.api.UpgradeLinks.Want;
import email.daimon.functions.store.SendQuota.Exhausted;
import email.daimon.functions.store.SendQuota.Limit;
import email.daimon.model.Account;
import email.daimon.model.Suppression;
import email.daimon.model.Tier;
import email.daimon.policy.SendTally;
import email.daimon.wire.ErrorCode;
import email.daimon.wire.Json;
import email.daimon.wire.SuppressionText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Why a mail is not sent, and what to do instead. */
final class SendRefusals {
  private static final Want MORE = new Want("send more", "more sending");
  private final Paywall paywall;

  SendRefusals(Paywall paywall) {
    this.paywall = requireNonNull(paywall, "paywall is null");
  }

  ApiException free(Account account, Instant now) {
    return paywall.refusal(
        ErrorCode.SEND_REQUIRES_PAID,
        "The free tier receives but does not send.",
        Want.SENDING,
        account.id(),
        now);
  }

  static ApiException underReview(SendTally judged) {
    ObjectNode figures = Json.object().put("days", 7).put("sent", judged.sent());
    figures.put("bounced", judged.bounced()).put("complaints", judged.complaints());
    figures.put("bounce_rate", judged.bounceRate());
    figures.put("complaint_rate", judged.complaintRate());
    return new ApiException(
            ErrorCode.ACCOUNT_UNDER_REVIEW,
            "The account is under review: of "
                + judged.sent()
                + " sent within seven days "
                + judged.bounced()
                + " bounced and "
                + judged.complaints()
                + " were complained of. It receives, but does not send.",
            "Ask the operator of this deployment to look at it.")
        .with("details", figures);
  }

  static ApiException suppressed(List<Suppression> found) {
    Suppression first = found.getFirst();
    ArrayNode all = Json.array();
    found.forEach(one -> all.add(SuppressionJson.of(one)));
    return new ApiException(
            ErrorCode.RECIPIENT_SUPPRESSED,
            SuppressionText.of(first) + " Nobody was sent to.",
            "Leave it out, or lift the suppression where you know better.")
        .with("suppressions", all)
        .next("Lift it with DELETE /v1/suppressions/" + SuppressionJson.encoded(first.address()));
  }

  static ApiException loop(String message, String fix) {
    return new ApiException(ErrorCode.LOOP_SUSPECTED, message, fix);
  }

  /** Of a thread that agents may be chasing each other in. */
  static ApiException hot(Exhausted limit) {
    return limit.which() == Limit.AUTOMATIC
        ? loop(
            "This thread has had " + limit.most() + " answers to automatic mail within the hour.",
            "Wait for a person's answer.")
        : loop(
            "This thread has had " + limit.most() + " mails within the hour.",
            "Wait for the next hour, and look whether an agent answers itself.");
  }

  static ApiException burst(int most, Duration left) {
    return new ApiException(
            ErrorCode.RATE_LIMIT_EXCEEDED,
            "The account may send " + most + " mails a minute.",
            "Wait, then send the rest.")
        .code("SEND_BURST")
        .retryAfter(left);
  }

  ApiException ofDay(int most, long used, int recipients, Account account, Instant now) {
    Tier target = account.tier().next().orElse(Tier.ENTERPRISE);
    ApiException refusal =
        paywall.refusal(
            ErrorCode.SEND_LIMIT_EXCEEDED,
            text("The account", most, used, recipients),
            MORE,
            target,
            account.id(),
            now);
    return limited(refusal, most, used, now);
  }

  static ApiException ofInbox(int most, long used, int recipients, Instant now) {
    ApiException refusal =
        new ApiException(
                ErrorCode.SEND_LIMIT_EXCEEDED,
                text("The inbox", most, used, recipients),
                "Wait for 00:00 UTC, or raise daily_send_limit with the account key.")
            .with("details", Json.object().put("limit", "inbox"));
    return limited(refusal, most, used, now);
  }

  private static String text(String who, int most, long used, int recipients) {
    return who
        + " has sent to "
        + used
        + " of "
        + most
        + " recipients today; this mail has "
        + recipients
        + ".";
  }

  private static ApiException limited(ApiException refusal, int most, long used, Instant now) {
    Instant reset = nextDay(now);
    return refusal
        .code("DAILY_SEND_QUOTA")
        .with(
            "current_usage",
            Json.object()
                .put("sent_today", used)
                .put("limit", most)
                .put("reset_at", Json.time(reset)))
        .retryAfter(Duration.between(now, reset));
  }

  /** When the day's sends begin anew. */
  static Instant nextDay(Instant now) {
    return now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
  }
}
