package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.Settings;
import email.daimon.functions.store.Accounts;
import email.daimon.functions.store.ApiKeys;
import email.daimon.functions.store.Inboxes;
import email.daimon.functions.store.Inboxes.Creation;
import email.daimon.functions.store.Inboxes.NewInbox;
import email.daimon.functions.store.IssuedKey;
import email.daimon.model.Account;
import email.daimon.model.ApiKey;
import email.daimon.model.Ids;
import email.daimon.model.Inbox;
import email.daimon.model.Tier;
import email.daimon.policy.TierLimits;
import email.daimon.policy.Usernames;
import email.daimon.wire.InboxJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code POST /v1/inboxes}: the one call that needs no key. */
final class InboxCreate {
  private final Settings settings;
  private final Ids ids;
  private final Inboxes inboxes;
  private final Accounts accounts;
  private final ApiKeys keys;
  private final Signup signup;
  private final InboxRefusals refusals;

  InboxCreate(
      Settings settings,
      Ids ids,
      Inboxes inboxes,
      Accounts accounts,
      ApiKeys keys,
      Paywall paywall) {
    this.settings = requireNonNull(settings, "settings is null");
    this.ids = requireNonNull(ids, "ids is null");
    this.inboxes = requireNonNull(inboxes, "inboxes is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.signup = new Signup(settings);
    this.refusals = new InboxRefusals(inboxes, paywall, settings.domain());
  }

  private record Wanted(
      Inbox inbox, Tier tier, boolean opensAccount, Map<String, String> fingerprint) {}

  Plan prepare(Request request) {
    if (request.optionalCaller().isEmpty()) {
      signup.refuseUnlessOpen(request);
    }
    Optional<Caller> caller = request.optionalCaller();
    InboxFields fields = new InboxFields(request.body());
    String username = fields.username();
    Optional<String> domain = fields.domain();
    Inbox inbox =
        new Inbox(
            ids.next("inbox", request.now()),
            caller.map(c -> c.account().id()).orElseGet(() -> ids.next("acc", request.now())),
            username,
            settings.domain(),
            fields.displayName(),
            Inbox.Status.ACTIVE,
            fields.clientId(),
            fields.metadata(),
            fields.dailySendLimit(),
            fields.receiveRules(),
            request.now(),
            Optional.empty(),
            Optional.empty());
    Tier tier = caller.map(c -> c.account().tier()).orElse(settings.defaultTier());
    Wanted wanted = new Wanted(inbox, tier, caller.isEmpty(), Fingerprint.of(request));
    return Plan.committing(completion -> make(request, wanted, completion))
        .behind(() ->
            domain
                .filter(name -> !name.equals(settings.domain()))
                .ifPresent(name -> refusals.foreignDomain(caller, name, request.now())));
  }

  private Reply make(Request request, Wanted wanted, Completion completion) {
    Inbox inbox = wanted.inbox;
    if (Usernames.reserved(inbox.username()) && !known(wanted)) {
      refuseReserved(request, wanted);
    }
    IssuedKey inboxKey =
        issue(inbox, wanted.tier, ApiKey.Scope.INBOX, Optional.of(inbox.id()), "inbox key");
    Optional<IssuedKey> accountKey =
        wanted.opensAccount
            ? Optional.of(
                issue(inbox, wanted.tier, ApiKey.Scope.ACCOUNT, Optional.empty(), "account key"))
            : Optional.empty();
    Reply reply =
        Reply.created(
            InboxJson.created(
                inbox,
                wanted.tier,
                settings.publicUrl(),
                inboxKey.secret(),
                accountKey.map(IssuedKey::secret)));
    reply.forScope(ApiKey.Scope.ACCOUNT).next(steps(wanted));
    List<IssuedKey> issued = new ArrayList<>(List.of(inboxKey));
    accountKey.ifPresent(issued::add);
    Creation made =
        inboxes.create(
            new NewInbox(
                inbox,
                wanted.opensAccount ? Optional.of(account(wanted)) : Optional.empty(),
                issued,
                limit(wanted),
                wanted.fingerprint,
                wanted.opensAccount ? signup.allowance(request) : Optional.empty(),
                work -> completion.into(work, reply)));
    return switch (made) {
      case Creation.Created() -> reply;
      case Creation.Known(Inbox existing, var first) -> again(wanted, existing, first, completion);
      case Creation.Retired() -> throw refusals.retired();
      case Creation.Taken() -> throw refusals.taken(inbox.username());
      case Creation.Full(int count) ->
          throw refusals.full(inbox.accountId(), count, limit(wanted), request.now());
      case Creation.TooMany(int count, var first) ->
          throw refusals.tooMany(signup.allowance(request).orElseThrow(), count, first, request);
    };
  }

  // The same call again: the same inbox, and a key, since keys are never shown twice.
  private Reply again(
      Wanted wanted, Inbox existing, Map<String, String> first, Completion completion) {
    refusals.otherBody(first, wanted.fingerprint);
    IssuedKey key =
        issue(existing, wanted.tier, ApiKey.Scope.INBOX, Optional.of(existing.id()), "inbox key");
    var json =
        InboxJson.created(
            existing, wanted.tier, settings.publicUrl(), key.secret(), Optional.empty());
    Reply reply = Reply.ok(json.put("replayed", true));
    reply.forScope(ApiKey.Scope.ACCOUNT).next(stepsOfFurther(existing, wanted.tier));
    keys.issue(List.of(key), work -> completion.into(work, reply));
    return reply;
  }

  private boolean known(Wanted wanted) {
    return wanted
        .inbox
        .clientId()
        .flatMap(id -> inboxes.findByClientId(wanted.inbox.accountId(), id))
        .isPresent();
  }

  // A full account hears that first: 402 goes before 409.
  private void refuseReserved(Request request, Wanted wanted) {
    String accountId = wanted.inbox.accountId();
    int count = accounts.find(accountId).map(Account::inboxCount).orElse(0);
    if (limit(wanted).isPresent() && count >= limit(wanted).getAsInt()) {
      throw refusals.full(accountId, count, limit(wanted), request.now());
    }
    throw refusals.reserved(wanted.inbox.username());
  }

  private static OptionalInt limit(Wanted wanted) {
    return TierLimits.of(wanted.tier).inboxes();
  }

  private static Account account(Wanted wanted) {
    return Account.opened(wanted.inbox.accountId(), wanted.tier, wanted.inbox.createdAt());
  }

  private IssuedKey issue(
      Inbox inbox, Tier tier, ApiKey.Scope scope, Optional<String> inboxId, String name) {
    return IssuedKey.make(ids, inbox.accountId(), tier, scope, inboxId, name, inbox.createdAt());
  }

  private static String[] steps(Wanted wanted) {
    if (!wanted.opensAccount) {
      return stepsOfFurther(wanted.inbox, wanted.tier);
    }
    return new String[] {
      "Save the account_api_key securely — use it to provision all future inboxes",
      "Use inbox_api_key to access this specific inbox",
      "Create additional inboxes with POST /v1/inboxes using account_api_key",
      "Poll GET /v1/inboxes/" + wanted.inbox.id() + "/messages for its mail"
    };
  }

  private static String[] stepsOfFurther(Inbox inbox, Tier tier) {
    List<String> steps =
        new ArrayList<>(
            List.of(
                "Save the inbox_api_key for " + inbox.username(),
                "Share this inbox's email address with the agent",
                "Poll GET /v1/inboxes/" + inbox.id() + "/messages or set up webhooks"));
    if (tier == Tier.FREE) {
      steps.add("Webhooks come after an upgrade: the free tier polls");
    }
    return steps.toArray(String[]::new);
  }
}
