package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Inboxes;
import email.daimon.functions.store.Inboxes.Allowance;
import email.daimon.policy.TierLimits;
import email.daimon.policy.Usernames;
import email.daimon.wire.ErrorCode;
import email.daimon.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Why an inbox is not made, and what to do instead. */
final class InboxRefusals {
  private static final int SUGGESTIONS = 3;
  private static final int LONGEST_STEM = 28;
  private final Inboxes inboxes;
  private final Paywall paywall;
  private final String domain;

  InboxRefusals(Inboxes inboxes, Paywall paywall, String domain) {
    this.inboxes = requireNonNull(inboxes, "inboxes is null");
    this.paywall = requireNonNull(paywall, "paywall is null");
    this.domain = requireNonNull(domain, "domain is null");
  }

  ApiException taken(String username) {
    List<String> free = freeNames(username);
    return new ApiException(
            ErrorCode.USERNAME_TAKEN,
            username + " is taken.",
            "Take another name, such as " + String.join(", ", free) + ".")
        .with("suggestions", Json.texts(free))
        .next(
            free.stream()
                .map(name -> "Try POST /v1/inboxes with username " + name)
                .toArray(String[]::new));
  }

  ApiException reserved(String username) {
    return new ApiException(
        ErrorCode.USERNAME_RESERVED,
        username + " belongs to the operator of " + domain + ".",
        "Take another name; on a domain of your own all are free.");
  }

  ApiException retired() {
    return new ApiException(
        ErrorCode.CLIENT_ID_RETIRED,
        "The inbox that this client_id made was deleted.",
        "Use a new client_id; the address can be taken again by the same account.");
  }

  void otherBody(Map<String, String> first, Map<String, String> now) {
    Fingerprint.difference(first, now)
        .ifPresent(name -> {
          throw new ApiException(
              ErrorCode.CLIENT_ID_REUSED,
              "This client_id has made an inbox from another body: " + name + " differs.",
              "Send the first body again, or use a new client_id.");
        });
  }

  ApiException full(String accountId, int count, OptionalInt most, Instant now) {
    var usage = Json.object().put("current_inboxes", count);
    most.ifPresent(limit -> usage.put("max_inboxes", limit));
    return paywall
        .refusal(
            ErrorCode.INBOX_LIMIT_EXCEEDED,
            "The account has " + count + " inboxes, all that its tier allows.",
            UpgradeLinks.Want.INBOXES,
            accountId,
            now)
        .with("current_usage", usage)
        .next("List your inboxes with GET /v1/inboxes and delete one that is not needed");
  }

  ApiException tooMany(Allowance allowance, int count, Instant first, Request request) {
    Instant end = first.plus(allowance.window());
    Duration wait = Duration.between(request.now(), end);
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    return new ApiException(
            ErrorCode.RATE_LIMIT_EXCEEDED,
            "Without a key " + allowance.most() + " inboxes an hour can be made from here.",
            "Wait, or use the account_api_key of an account that you have.")
        .code("INBOX_CREATE_RATE_LIMIT")
        .with(
            "current_usage",
            Json.object()
                .put("count", count)
                .put("window_start", Json.time(first))
                .put("window_end", Json.time(end)))
        .header(
            "RateLimit-Policy",
            "\"inbox-create\";q=%d;w=%d"
                .formatted(allowance.most(), allowance.window().toSeconds()))
        .header("RateLimit", "\"inbox-create\";r=0;t=" + seconds)
        .retryAfter(wait);
  }

  void foreignDomain(Optional<Caller> caller, String name, Instant now) {
    boolean paid =
        caller.filter(c -> TierLimits.of(c.account().tier()).customDomains()).isPresent();
    if (paid) {
      throw LaterResource.notYet("custom domains");
    }
    String message = "An inbox at " + name + " needs a custom domain, and that a paid tier.";
    throw caller
        .map(c ->
            paywall.refusal(
                ErrorCode.DOMAIN_REQUIRES_PAID,
                message,
                UpgradeLinks.Want.DOMAINS,
                c.account().id(),
                now))
        .orElseGet(() ->
            new ApiException(
                ErrorCode.DOMAIN_REQUIRES_PAID,
                message,
                "Leave domain out for an inbox at " + domain + "."));
  }

  private List<String> freeNames(String username) {
    String stem =
        username.length() <= LONGEST_STEM ? username : username.substring(0, LONGEST_STEM);
    List<String> candidates =
        IntStream.concat(IntStream.rangeClosed(2, 9), IntStream.rangeClosed(101, 112))
            .mapToObj(number -> stem + "-" + number)
            .filter(name -> !Usernames.reserved(name))
            .toList();
    return inboxes.free(candidates, domain).stream().limit(SUGGESTIONS).toList();
  }
}
