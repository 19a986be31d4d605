package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.api.UpgradeLinks.Want;
import email.daimon.model.Tier;
import email.daimon.wire.ErrorCode;
import java.util.List;
import java.util.Optional;

/**
 * The routes that are promised but not built yet: 402 where the tier would not allow them anyway,
 * else 501. They are never 404, so that a client can tell a wrong path from an early one.
 */
final class LaterResource {
  private final Paywall paywall;

  LaterResource(Paywall paywall) {
    this.paywall = requireNonNull(paywall, "paywall is null");
  }

  private record Paid(ErrorCode error, String message, Want want) {}

  private static final Paid DOMAIN =
      new Paid(
          ErrorCode.DOMAIN_REQUIRES_PAID,
          "Custom domains are for the developer tier and above.",
          Want.DOMAINS);
  private static final Paid SMTP =
      new Paid(
          ErrorCode.SMTP_REQUIRES_PAID,
          "SMTP submission is for the developer tier and above.",
          Want.SMTP);

  List<Route> routes() {
    return List.of(
        paid("GET", "/v1/account/smtp", Access.ACCOUNT, "SMTP submission", SMTP),
        paid("POST", "/v1/domains", Access.ACCOUNT, "custom domains", DOMAIN),
        later("GET", "/v1/domains", Access.ACCOUNT, "custom domains"),
        later("GET", "/v1/domains/{id}", Access.ACCOUNT, "custom domains"),
        later("POST", "/v1/domains/{id}/verify", Access.ACCOUNT, "custom domains"),
        later("DELETE", "/v1/domains/{id}", Access.ACCOUNT, "custom domains"),
        later("POST", "/v1/notify-operator", Access.ACCOUNT, "approvals"),
        later("GET", "/v1/approvals/{id}", Access.ACCOUNT, "approvals"));
  }

  /** The 501 that says what is missing. */
  static ApiException notYet(String what) {
    return new ApiException(
        ErrorCode.NOT_YET,
        "This version does not have " + what + " yet.",
        "Receiving works: read mail until " + what + " comes.");
  }

  private Route later(String method, String pattern, Access access, String what) {
    return route(method, pattern, access, what, Optional.empty());
  }

  private Route paid(String method, String pattern, Access access, String what, Paid paid) {
    return route(method, pattern, access, what, Optional.of(paid));
  }

  private Route route(
      String method, String pattern, Access access, String what, Optional<Paid> paid) {
    Route.Action action =
        request -> {
          request.takeAnything();
          return Plan.of(
                  () -> {
                    throw notYet(what);
                  })
              .behind(() -> paid.ifPresent(needed -> refuseFree(request, needed)));
        };
    return new Route(method, pattern, access, action, true);
  }

  private void refuseFree(Request request, Paid needed) {
    var account = request.caller().account();
    if (account.tier() == Tier.FREE) {
      throw paywall.refusal(needed.error, needed.message, needed.want, account.id(), request.now());
    }
  }
}
