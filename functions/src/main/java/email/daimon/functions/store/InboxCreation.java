package email.daimon.functions.store;

import email.daimon.functions.store.Inboxes.Allowance;
import email.daimon.functions.store.Inboxes.Creation;
import email.daimon.functions.store.Inboxes.NewInbox;
import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.Inbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Makes an inbox: account or its count, settings, address, place in the list, keys, client_id and
 * allowance in one transaction. An address that was used once stays with its account.
 */
final class InboxCreation {
  static final String ADDRESS = "ADDR";
  private static final String CREATED = "CREATED";
  private final Table mail;
  private final Table work;
  private final Transactions transactions;
  private final ApiKeys keys;

  InboxCreation(Table mail, Table work, Transactions transactions, ApiKeys keys) {
    this.mail = mail;
    this.work = work;
    this.transactions = transactions;
    this.keys = keys;
  }

  Creation create(NewInbox wanted) {
    return transactions.run(() -> attempt(wanted, Seen.read(mail, wanted.inbox())));
  }

  /** What decides about a creation, read strongly in one call. */
  private record Seen(Optional<Item> account, Optional<Item> address, Optional<Item> clientId) {
    static Seen read(Table mail, Inbox inbox) {
      String accountKey = Keys.account(inbox.accountId());
      String addressKey = Keys.address(inbox.address());
      String idKey = Keys.clientId(DynamoInboxes.CLIENT_ID_ROUTE, inbox.clientId().orElse(""));
      List<Map<String, AttributeValue>> wanted = new ArrayList<>();
      wanted.add(Item.key(accountKey, Keys.META));
      wanted.add(Item.key(addressKey, ADDRESS));
      if (inbox.clientId().isPresent()) {
        wanted.add(Item.key(accountKey, idKey));
      }
      Map<List<String>, Item> found =
          mail.getAll(wanted).stream()
              .collect(Collectors.toMap(i -> List.of(i.text("pk"), i.text("sk")), i -> i));
      return new Seen(
          Optional.ofNullable(found.get(List.of(accountKey, Keys.META))),
          Optional.ofNullable(found.get(List.of(addressKey, ADDRESS))),
          Optional.ofNullable(found.get(List.of(accountKey, idKey))));
    }
  }

  private Attempt<Creation> attempt(NewInbox wanted, Seen seen) {
    Inbox inbox = wanted.inbox();
    if (seen.address.filter(item -> item.text("inboxId").equals(inbox.id())).isPresent()) {
      return new Attempt.Done<>(new Creation.Created());
    }
    if (seen.clientId.isPresent()) {
      return new Attempt.Done<>(known(seen.clientId.get()));
    }
    int count = seen.account.map(item -> (int) item.number("inboxCount")).orElse(0);
    if (wanted.most().isPresent() && count >= wanted.most().getAsInt()) {
      return new Attempt.Done<>(new Creation.Full(count));
    }
    if (seen.address.isPresent() && !reusable(seen.address.get(), inbox)) {
      return new Attempt.Done<>(new Creation.Taken());
    }
    UnitOfWork unit = new UnitOfWork();
    if (wanted.allowance().isPresent()) {
      Optional<Creation> refused = spend(unit, wanted.allowance().get(), inbox.createdAt());
      if (refused.isPresent()) {
        return new Attempt.Done<>(refused.get());
      }
    }
    gather(unit, wanted, seen);
    return new Attempt.Write<>(unit, new Creation.Created());
  }

  private void gather(UnitOfWork unit, NewInbox wanted, Seen seen) {
    Inbox inbox = wanted.inbox();
    wanted
        .newAccount()
        .ifPresentOrElse(
            account -> {
              unit.putNew(mail, AccountCodec.item(account));
              unit.putNew(mail, AccountCodec.place(account));
            },
            () -> countIn(unit, wanted));
    unit.putNew(mail, InboxCodec.item(inbox, 1));
    long addressVersion = seen.address.map(item -> item.number("version")).orElse(0L);
    unit.putVersion(mail, address(inbox, addressVersion + 1), addressVersion);
    unit.putNew(
        mail,
        Item.of(
                Keys.account(inbox.accountId()),
                Keys.inboxPlace(inbox.createdAt().toEpochMilli(), inbox.id()))
            .text("inboxId", inbox.id()));
    inbox
        .clientId()
        .ifPresent(clientId ->
            unit.putNew(
                mail,
                Item.of(
                        Keys.account(inbox.accountId()),
                        Keys.clientId(DynamoInboxes.CLIENT_ID_ROUTE, clientId))
                    .text("inboxId", inbox.id())
                    .pairs("fingerprint", wanted.fingerprint())));
    wanted.keys().forEach(key -> keys.issueIn(unit, key));
    wanted.also().accept(unit);
  }

  private void countIn(UnitOfWork unit, NewInbox wanted) {
    Map<String, AttributeValue> values =
        wanted.most().isPresent()
            ? Map.of(":one", number(1), ":most", number(wanted.most().getAsInt()))
            : Map.of(":one", number(1));
    unit.update(
        mail,
        Item.key(Keys.account(wanted.inbox().accountId()), Keys.META),
        "ADD inboxCount :one",
        wanted.most().isPresent() ? "inboxCount < :most" : "attribute_exists(pk)",
        values,
        Map.of());
  }

  private Creation known(Item clientId) {
    return mail.get(Keys.inbox(clientId.text("inboxId")), Keys.META)
        .map(InboxCodec::inbox)
        .filter(inbox -> inbox.status() != Inbox.Status.DELETED)
        .<Creation>map(inbox -> new Creation.Known(inbox, clientId.pairs("fingerprint")))
        .orElseGet(Creation.Retired::new);
  }

  private static boolean reusable(Item address, Inbox inbox) {
    return address.flag("released") && address.text("accountId").equals(inbox.accountId());
  }

  // The times of the last creations; exact, because the item's version is a condition.
  private Optional<Creation> spend(UnitOfWork unit, Allowance allowance, Instant now) {
    Optional<Item> kept = work.get(Keys.creations(allowance.network()), CREATED);
    Instant open = now.minus(allowance.window());
    List<String> recent =
        new ArrayList<>(
            kept.map(item -> item.texts("times")).orElse(List.of()).stream()
                .filter(time -> Instant.parse(time).isAfter(open))
                .toList());
    if (recent.size() >= allowance.most()) {
      return Optional.of(new Creation.TooMany(recent.size(), Instant.parse(recent.getFirst())));
    }
    recent.add(now.toString());
    long version = kept.map(item -> item.number("version")).orElse(0L);
    unit.putVersion(
        work,
        Item.of(Keys.creations(allowance.network()), CREATED)
            .texts("times", recent)
            .number("version", version + 1)
            .number("expires_at", now.plus(allowance.window()).getEpochSecond()),
        version);
    return Optional.empty();
  }

  private static Item address(Inbox inbox, long version) {
    return Item.of(Keys.address(inbox.address()), ADDRESS)
        .text("inboxId", inbox.id())
        .text("accountId", inbox.accountId())
        .number("version", version);
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
