package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Inboxes.NewInbox;
import email.daimon.model.Account;
import email.daimon.model.ApiKey;
import email.daimon.model.Ids;
import email.daimon.model.Inbox;
import email.daimon.model.Tier;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The inbox that gets the mail of all reserved names (RFC 2142 and others), {@code
 * postmaster@domain}. It is made once, at the first start or by the first such mail.
 */
public final class OperatorInbox {
  private static final String USERNAME = "postmaster";
  private final Table mail;
  private final InboxCreation creation;
  private final ApiKeys keys;
  private final String domain;
  private final Ids ids;
  private final InstantSource clock;

  public OperatorInbox(
      Table mail,
      Table work,
      Transactions transactions,
      ApiKeys keys,
      String domain,
      Ids ids,
      InstantSource clock) {
    this.mail = requireNonNull(mail, "mail is null");
    this.creation = new InboxCreation(mail, work, transactions, keys);
    this.keys = requireNonNull(keys, "keys is null");
    this.domain = requireNonNull(domain, "domain is null");
    this.ids = requireNonNull(ids, "ids is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The inbox; the names of it and of its account follow from the domain. */
  public Inbox findOrMake() {
    String inboxId = Ids.deterministic("inbox", "operator", domain);
    return mail.get(Keys.inbox(inboxId), Keys.META)
        .map(InboxCodec::inbox)
        .orElseGet(() -> make(inboxId));
  }

  /** A new key for it, to be shown to the operator once; earlier ones stay valid. */
  public IssuedKey newKey() {
    Inbox inbox = findOrMake();
    IssuedKey key =
        IssuedKey.make(
            ids,
            inbox.accountId(),
            Tier.ENTERPRISE,
            ApiKey.Scope.INBOX,
            Optional.of(inbox.id()),
            "operator",
            clock.instant());
    keys.issue(List.of(key), _ -> {});
    return key;
  }

  private Inbox make(String inboxId) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String accountId = Ids.deterministic("acc", "operator", domain);
    Inbox inbox = Inbox.plain(inboxId, accountId, USERNAME, domain, Optional.of("Postmaster"), now);
    Account account = Account.opened(accountId, Tier.ENTERPRISE, now);
    creation.create(NewInbox.unlimited(inbox, Optional.of(account), List.of()));
    return inbox;
  }
}
