package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.api.UpgradeLinks.Reading;
import email.daimon.functions.billing.Billing.PaymentMethod;
import email.daimon.functions.billing.Upgrades;
import email.daimon.functions.store.Accounts;
import email.daimon.model.Account;
import email.daimon.model.AccountStatus;
import email.daimon.model.Tier;
import email.daimon.policy.TierLimits;
import email.daimon.policy.TierPrice;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code /upgrade?token=}: says what an upgrade gives and costs, and carries it out. The token is
 * all it takes, so nobody else's page can send the form; it works once.
 */
final class UpgradePage {
  private static final String TITLE = "Upgrade";
  private final Upgrades upgrades;
  private final Accounts accounts;
  private final UpgradeLinks links;
  private final UpgradeTexts texts;
  private final Consumer<String> changed;

  /**
   * @param changed is told the id of an account whose tier was changed
   */
  UpgradePage(
      Upgrades upgrades,
      Accounts accounts,
      UpgradeLinks links,
      UpgradeTexts texts,
      Consumer<String> changed) {
    this.upgrades = requireNonNull(upgrades, "upgrades is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.links = requireNonNull(links, "links is null");
    this.texts = requireNonNull(texts, "texts is null");
    this.changed = requireNonNull(changed, "changed is null");
  }

  List<Route> routes() {
    return List.of(
        Route.get("/upgrade", Access.PUBLIC, this::show),
        Route.post("/upgrade", Access.PUBLIC, this::complete));
  }

  private Plan show(Request request) {
    String token = request.query().text("token").orElse("");
    return Plan.of(() -> page(request, token, good -> offer(token, good, Optional.empty())));
  }

  private Plan complete(Request request) {
    Query form = request.form();
    String token = form.text("token").orElse("");
    String method = form.text("payment_method").orElse("");
    return Plan.of(() -> page(request, token, good -> pay(request, token, good, method)));
  }

  @FunctionalInterface
  private interface Step {
    Reply with(Reading.Good good);
  }

  private Reply page(Request request, String token, Step step) {
    return switch (links.read(token, request.now())) {
      case Reading.Forged() ->
          Page.of(400, TITLE, "This is no upgrade link of ours. Ask for a new one.");
      case Reading.Expired() ->
          Page.of(410, TITLE, "This link is older than seven days. Ask for a new one.");
      case Reading.Good good -> step.with(good);
    };
  }

  private Reply offer(String token, Reading.Good good, Optional<String> trouble) {
    Optional<Account> account = accounts.find(good.accountId());
    if (account.isEmpty()) {
      return Page.of(410, TITLE, "The account of this link is gone.");
    }
    if (accounts.used(good.link())) {
      return used(account.get());
    }
    if (account.get().status() == AccountStatus.SUSPENDED) {
      return suspended();
    }
    if (account.get().tier().compareTo(good.target()) >= 0) {
      return already(account.get());
    }
    if (good.target() == Tier.ENTERPRISE) {
      return Page.of(200, TITLE, texts.enterprise());
    }
    return upgrades.billing().offered().isEmpty()
        ? byOperator(200, good)
        : form(token, good, trouble);
  }

  private Reply form(String token, Reading.Good good, Optional<String> trouble) {
    StringBuilder body = new StringBuilder();
    trouble.ifPresent(
        text -> body.append("<p class=\"trouble\">").append(Page.escaped(text)).append("</p>\n"));
    body.append(Page.paragraph(summary(good)));
    body.append(Page.paragraph(gives(TierLimits.of(good.target()))));
    body.append("<form method=\"post\" action=\"/upgrade\">\n");
    body.append(
        "<input type=\"hidden\" name=\"token\" value=\"%s\">\n".formatted(Page.escaped(token)));
    body.append("<fieldset><legend>Payment method</legend>\n");
    String checked = " checked";
    for (PaymentMethod method : upgrades.billing().offered()) {
      body.append(
          "<label><input type=\"radio\" name=\"payment_method\" value=\"%s\"%s> %s</label>\n"
              .formatted(Page.escaped(method.id()), checked, Page.escaped(method.label())));
      checked = "";
    }
    body.append("</fieldset>\n<button type=\"submit\">Pay ");
    body.append(Page.escaped(TierPrice.text(good.target()))).append("</button>\n</form>\n");
    body.append(
        "<p class=\"quiet\">Payments are simulated in this deployment: no money moves.</p>");
    return Page.html(trouble.isEmpty() ? 200 : 402, TITLE, body.toString());
  }

  private Reply pay(Request request, String token, Reading.Good good, String method) {
    if (good.target() == Tier.ENTERPRISE) {
      return offer(token, good, Optional.empty());
    }
    if (!upgrades.billing().takes(method)) {
      return Page.of(400, TITLE, "No payment method was chosen. Go back and choose one.");
    }
    Upgrades.Order order =
        new Upgrades.Order(
            good.accountId(),
            good.target(),
            method,
            Optional.of(good.link()),
            request.now(),
            (_, _) -> {});
    return switch (upgrades.upgrade(order)) {
      case Upgrades.Result.Upgraded(Account account) -> {
        changed.accept(account.id());
        yield done(account);
      }
      case Upgrades.Result.Already(Account account) -> already(account);
      case Upgrades.Result.LinkUsed(Account account) -> used(account);
      case Upgrades.Result.Declined(String reason) ->
          offer(token, good, Optional.of(reason + " Nothing was charged; choose another."));
      case Upgrades.Result.NoProvider(_) -> byOperator(403, good);
      case Upgrades.Result.Suspended() -> suspended();
      case Upgrades.Result.NoAccount() -> Page.of(410, TITLE, "The account of this link is gone.");
    };
  }

  private static String summary(Reading.Good good) {
    return "The account "
        + good.accountId()
        + " gets the "
        + good.target().wireName()
        + " tier, for "
        + TierPrice.text(good.target())
        + ". One subscription covers all its inboxes.";
  }

  private static String gives(TierLimits limits) {
    String sends =
        limits.sendsPerDay().isPresent()
            ? "%,d sends a day".formatted(limits.sendsPerDay().getAsInt())
            : "sends without a limit";
    return "It gives any number of inboxes, " + sends + ", webhooks and custom domains.";
  }

  private static Reply done(Account account) {
    return Page.of(
        200,
        "Upgraded",
        "The account "
            + account.id()
            + " has the "
            + account.tier().wireName()
            + " tier from now on. The agent can repeat what was refused.");
  }

  private static Reply already(Account account) {
    return Page.of(
        200,
        TITLE,
        "The account has the " + account.tier().wireName() + " tier already: nothing is to pay.");
  }

  private static Reply used(Account account) {
    return Page.of(
        410,
        TITLE,
        "This link has been used. The account has the "
            + account.tier().wireName()
            + " tier now; nothing more was charged.");
  }

  private static Reply suspended() {
    return Page.of(403, TITLE, "The account is suspended. Ask the operator of this deployment.");
  }

  private Reply byOperator(int status, Reading.Good good) {
    return Page.of(
        status,
        TITLE,
        "This deployment takes no payments. "
            + texts.byOperator(good.accountId(), good.target().wireName()));
  }
}
