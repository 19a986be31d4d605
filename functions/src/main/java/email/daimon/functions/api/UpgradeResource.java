package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.billing.Upgrades;
import email.daimon.functions.store.Accounts;
import email.daimon.model.Account;
import email.daimon.model.Tier;
import email.daimon.policy.TierPrice;
import email.daimon.wire.AccountJson;
import email.daimon.wire.AccountJson.Sent;
import email.daimon.wire.ErrorCode;
import email.daimon.wire.Json;
import email.daimon.wire.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code POST /v1/account/upgrade} and {@code POST /v1/upgrade-link}. */
final class UpgradeResource {
  private static final String TIERS = "developer (or starter), growth (or pro), enterprise";
  private final Upgrades upgrades;
  private final Accounts accounts;
  private final UpgradeLinks links;
  private final Paywall paywall;
  private final UpgradeTexts texts;
  private final Consumer<String> changed;

  /**
   * @param changed is told the id of an account whose tier was changed
   */
  UpgradeResource(
      Upgrades upgrades,
      Accounts accounts,
      UpgradeLinks links,
      Paywall paywall,
      UpgradeTexts texts,
      Consumer<String> changed) {
    this.upgrades = requireNonNull(upgrades, "upgrades is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.links = requireNonNull(links, "links is null");
    this.paywall = requireNonNull(paywall, "paywall is null");
    this.texts = requireNonNull(texts, "texts is null");
    this.changed = requireNonNull(changed, "changed is null");
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/account/upgrade", Access.ACCOUNT, this::upgrade),
        Route.post("/v1/upgrade-link", Access.ACCOUNT, this::link));
  }

  private Plan upgrade(Request request) {
    Fields body = request.body();
    boolean sold = !upgrades.billing().offered().isEmpty();
    String method =
        sold ? body.neededText("payment_method") : body.text("payment_method").orElse("");
    if (!method.isEmpty() && !upgrades.billing().takes(method)) {
      body.problem("payment_method", "is no payment method of this deployment's provider");
    }
    Optional<Tier> wanted = wanted(body);
    return Plan.committing(completion -> {
      Account account = current(request);
      if (wanted.isEmpty() && account.tier() != Tier.FREE) {
        // A call whose answer was lost comes again, and must not pay for the tier after that.
        throw wrong(
            "is needed where the account is paid for already: it has "
                + account.tier().wireName()
                + ", and nothing was charged");
      }
      Tier target = target(wanted, account);
      if (target == Tier.ENTERPRISE && account.tier() != Tier.ENTERPRISE) {
        throw wrong("is not for sale here. " + texts.enterprise());
      }
      Sent sent = accounts.sent(account.id(), request.now());
      Upgrades.Order order =
          new Upgrades.Order(
              account.id(),
              target,
              method,
              Optional.empty(),
              request.now(),
              (work, after) -> completion.into(work, reply(request, after, sent)));
      return answer(request, target, sent, upgrades.upgrade(order));
    });
  }

  private Reply answer(Request request, Tier target, Sent sent, Upgrades.Result result) {
    String accountId = request.caller().account().id();
    return switch (result) {
      case Upgrades.Result.Upgraded(Account after) -> {
        changed.accept(accountId);
        yield reply(request, after, sent);
      }
      case Upgrades.Result.Already(Account account) -> reply(request, account, sent);
      case Upgrades.Result.Declined(String reason) ->
          throw paywall.declined(reason, accountId, target, request.now());
      case Upgrades.Result.NoProvider(_) ->
          throw new ApiException(
              ErrorCode.UPGRADE_BY_OPERATOR,
              "This deployment takes no payments.",
              texts.byOperator(accountId, target.wireName()));
      case Upgrades.Result.Suspended() -> throw Pipeline.suspended();
      case Upgrades.Result.LinkUsed(_) -> throw new IllegalStateException("there is no link");
      case Upgrades.Result.NoAccount() ->
          throw Authenticator.unauthorized("The account of this key is gone.");
    };
  }

  private static Reply reply(Request request, Account account, Sent sent) {
    return Reply.ok(AccountJson.of(account, request.caller().key(), sent))
        .next(
            "Keys issued from now on begin with dm_live_; the ones that you have keep working",
            "See what the " + account.tier().wireName() + " tier can do with GET /v1/capabilities");
  }

  private Plan link(Request request) {
    Optional<Tier> wanted = wanted(request.body());
    return Plan.of(() -> {
      Account account = current(request);
      Tier target = target(wanted, account);
      if (account.tier() == target) {
        throw wrong("is the tier that the account has");
      }
      String url = links.url(account.id(), target, request.now());
      return Reply.created(
              Json.object()
                  .put("url", url)
                  .put("expires_at", Json.time(UpgradeLinks.expiry(request.now())))
                  .put("target_tier", target.wireName()))
          .next(
              "Give your operator the url: it needs no login, works once and costs "
                  + TierPrice.text(target));
    });
  }

  // A remembered tier would make the default one that the account has already.
  private Account current(Request request) {
    Account remembered = request.caller().account();
    return accounts.find(remembered.id()).orElse(remembered);
  }

  private static Optional<Tier> wanted(Fields body) {
    Optional<String> given = body.text("target_tier");
    Optional<Tier> tier = given.flatMap(Tier::parse).filter(paid -> paid != Tier.FREE);
    if (given.isPresent() && tier.isEmpty()) {
      body.problem("target_tier", "is one of " + TIERS);
    }
    return tier;
  }

  private static Tier target(Optional<Tier> wanted, Account account) {
    Tier present = account.tier();
    Tier target = wanted.or(present::next).orElse(present);
    if (target.compareTo(present) < 0) {
      throw wrong(
          "is below the present tier, " + present.wireName() + "; only the operator lowers it");
    }
    return target;
  }

  // What depends on the account's state is judged after the replay of a call that was answered.
  private static ApiException wrong(String message) {
    return ApiException.validation(List.of(new Problem("target_tier", message, Optional.empty())));
  }
}
