package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.Account;
import email.daimon.model.Inbox;
import email.daimon.model.InboxCounters;
import email.daimon.policy.OwnAddress;
import email.daimon.policy.Usernames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Inboxes in the table {@code mail}; what a network has made in the table {@code work}. */
public final class DynamoInboxes implements Inboxes {
  static final String CLIENT_ID_ROUTE = "inboxes";

  // RFC 5321 4.5.3.1; what is longer would spoil the look-up of others.
  private static final int LONGEST_ADDRESS = 64 + 1 + 255;

  private final Table mail;
  private final Transactions transactions;
  private final InboxCreation creation;
  private final String domain;
  private final Supplier<Inbox> operator;

  /**
   * @param domain the platform's own domain, where names are reserved
   * @param operator finds the operator's inbox, or makes it
   */
  public DynamoInboxes(
      Table mail,
      Table work,
      Transactions transactions,
      ApiKeys keys,
      String domain,
      Supplier<Inbox> operator) {
    this.mail = requireNonNull(mail, "mail is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.creation = new InboxCreation(mail, work, transactions, keys);
    this.domain = requireNonNull(domain, "domain is null");
    this.operator = requireNonNull(operator, "operator is null");
  }

  @Override
  public Optional<Inbox> find(String inboxId) {
    return mail.get(Keys.inbox(inboxId), Keys.META).map(InboxCodec::inbox).filter(this::live);
  }

  @Override
  public Optional<Inbox> findByAddress(String address) {
    return Optional.ofNullable(receivers(List.of(address), false).inboxes().get(address));
  }

  @Override
  public Receivers receivers(Collection<String> addresses) {
    return receivers(addresses, true);
  }

  private Receivers receivers(Collection<String> addresses, boolean withAccounts) {
    Map<String, Inbox> inboxes = new HashMap<>();
    Map<String, OwnAddress> own = new HashMap<>();
    Set<String> accountIds = new HashSet<>();
    for (String address : addresses) {
      Optional<OwnAddress> parsed = OwnAddress.parse(address);
      if (parsed.isPresent() && isReserved(parsed.get())) {
        Inbox inbox = operator.get();
        inboxes.put(address, inbox);
        accountIds.add(inbox.accountId());
      } else {
        parsed.ifPresent(one -> own.put(address, one));
      }
    }
    Map<String, Item> places = places(own.values());
    places.values().forEach(place -> accountIds.add(place.text("accountId")));
    Map<String, Item> metas =
        metas(
            places.values().stream().map(place -> place.text("inboxId")).toList(),
            withAccounts ? accountIds : Set.of());
    own.forEach((address, parsed) ->
        Optional.ofNullable(places.get(Keys.address(parsed.text())))
            .flatMap(place -> Optional.ofNullable(metas.get(place.text("inboxId"))))
            .map(InboxCodec::inbox)
            .filter(this::live)
            .ifPresent(inbox -> inboxes.put(address, inbox)));
    Map<String, Account> accounts = new HashMap<>();
    accountIds.stream()
        .flatMap(id -> Stream.ofNullable(metas.get(id)))
        .map(AccountCodec::account)
        .forEach(account -> accounts.put(account.id(), account));
    return new Receivers(inboxes, accounts);
  }

  /** What is kept of addresses that somebody has, by partition key. */
  private Map<String, Item> places(Collection<OwnAddress> addresses) {
    return mail
        .getAll(
            addresses.stream()
                .filter(one -> one.text().length() <= LONGEST_ADDRESS)
                .map(one -> Item.key(Keys.address(one.text()), InboxCreation.ADDRESS))
                .toList())
        .stream()
        .filter(item -> !item.flag("released"))
        .collect(Collectors.toMap(item -> item.text("pk"), item -> item));
  }

  /** Inboxes and accounts in one call, by id. */
  private Map<String, Item> metas(Collection<String> inboxIds, Collection<String> accountIds) {
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    inboxIds.forEach(id -> keys.add(Item.key(Keys.inbox(id), Keys.META)));
    accountIds.forEach(id -> keys.add(Item.key(Keys.account(id), Keys.META)));
    return mail.getAll(keys).stream().collect(Collectors.toMap(item -> item.text("id"), i -> i));
  }

  private boolean isReserved(OwnAddress address) {
    return address.domain().equals(domain) && Usernames.reserved(address.localPart());
  }

  @Override
  public Creation create(NewInbox wanted) {
    return creation.create(wanted);
  }

  @Override
  public List<String> free(List<String> usernames, String ofDomain) {
    Set<String> taken =
        mail
            .getAll(
                usernames.stream()
                    .map(name ->
                        Item.key(Keys.address(name + "@" + ofDomain), InboxCreation.ADDRESS))
                    .toList())
            .stream()
            .map(item -> item.text("pk"))
            .collect(Collectors.toSet());
    return usernames.stream()
        .filter(name -> !taken.contains(Keys.address(name + "@" + ofDomain)))
        .toList();
  }

  @Override
  public Optional<Inbox> update(String inboxId, UnaryOperator<Inbox> change) {
    return transactions.run(() -> {
      Optional<Item> kept = meta(inboxId);
      if (kept.isEmpty()) {
        return new Attempt.Done<>(Optional.empty());
      }
      Inbox inbox = InboxCodec.inbox(kept.get());
      Inbox changed = change.apply(inbox);
      if (changed.equals(inbox)) {
        return new Attempt.Done<>(Optional.of(inbox));
      }
      long version = kept.get().number("version");
      UnitOfWork work = new UnitOfWork();
      work.putVersion(mail, InboxCodec.item(changed, version + 1), version);
      return new Attempt.Write<>(work, Optional.of(changed));
    });
  }

  @Override
  public Optional<Inbox> delete(String inboxId, Instant now, Consumer<UnitOfWork> also) {
    return transactions.run(() -> {
      Optional<Item> kept = meta(inboxId);
      if (kept.isEmpty()) {
        return new Attempt.Done<>(Optional.empty());
      }
      Inbox inbox = InboxCodec.inbox(kept.get());
      Inbox deleted = deleted(inbox, now);
      UnitOfWork work = deletion(inbox, deleted, kept.get());
      also.accept(work);
      return new Attempt.Write<>(work, Optional.of(deleted));
    });
  }

  @Override
  public Page list(String accountId, String afterPlace, int most) {
    var page =
        mail.query(query ->
            query
                .keyConditionExpression("pk = :pk AND sk BETWEEN :after AND :end")
                .expressionAttributeValues(
                    Map.of(
                        ":pk", AttributeValue.fromS(Keys.account(accountId)),
                        ":after",
                            AttributeValue.fromS(afterPlace.isEmpty() ? "INB#" : afterPlace + " "),
                        ":end", AttributeValue.fromS("INB$")))
                .consistentRead(true)
                .limit(most));
    List<Item> places = page.items().stream().map(Item::read).toList();
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    for (Item place : places) {
      keys.add(Item.key(Keys.inbox(place.text("inboxId")), Keys.META));
      keys.add(Item.key(Keys.inbox(place.text("inboxId")), Keys.SEQ));
    }
    Map<List<String>, Item> found =
        mail.getAll(keys).stream()
            .collect(Collectors.toMap(i -> List.of(i.text("pk"), i.text("sk")), i -> i));
    List<Row> rows = new ArrayList<>();
    for (Item place : places) {
      String pk = Keys.inbox(place.text("inboxId"));
      Optional.ofNullable(found.get(List.of(pk, Keys.META)))
          .map(InboxCodec::inbox)
          .filter(this::live)
          .ifPresent(inbox ->
              rows.add(
                  new Row(
                      inbox,
                      Optional.ofNullable(found.get(List.of(pk, Keys.SEQ)))
                          .map(CountersCodec::counters)
                          .orElse(InboxCounters.NONE),
                      place.text("sk"))));
    }
    return new Page(
        rows,
        page.hasLastEvaluatedKey() ? Optional.of(places.getLast().text("sk")) : Optional.empty());
  }

  @Override
  public Optional<Inbox> findByClientId(String accountId, String clientId) {
    return mail.get(Keys.account(accountId), Keys.clientId(CLIENT_ID_ROUTE, clientId))
        .flatMap(item -> find(item.text("inboxId")));
  }

  @Override
  public InboxCounters counters(String inboxId) {
    return mail.get(Keys.inbox(inboxId), Keys.SEQ)
        .map(CountersCodec::counters)
        .orElse(InboxCounters.NONE);
  }

  private UnitOfWork deletion(Inbox inbox, Inbox deleted, Item kept) {
    long version = kept.number("version");
    UnitOfWork work = new UnitOfWork();
    work.putVersion(mail, InboxCodec.item(deleted, version + 1), version);
    work.update(
        mail,
        Item.key(Keys.address(inbox.address()), InboxCreation.ADDRESS),
        "SET released = :yes ADD version :one",
        "inboxId = :inbox",
        Map.of(
            ":yes", AttributeValue.fromBool(true),
            ":one", AttributeValue.fromN("1"),
            ":inbox", AttributeValue.fromS(inbox.id())),
        Map.of());
    work.delete(
        mail,
        Item.key(
            Keys.account(inbox.accountId()),
            Keys.inboxPlace(inbox.createdAt().toEpochMilli(), inbox.id())));
    work.update(
        mail,
        Item.key(Keys.account(inbox.accountId()), Keys.META),
        "ADD inboxCount :one",
        "attribute_exists(pk)",
        Map.of(":one", AttributeValue.fromN("-1")),
        Map.of());
    return work;
  }

  private Optional<Item> meta(String inboxId) {
    return mail.get(Keys.inbox(inboxId), Keys.META).filter(item -> live(InboxCodec.inbox(item)));
  }

  private boolean live(Inbox inbox) {
    return inbox.status() != Inbox.Status.DELETED;
  }

  private static Inbox deleted(Inbox inbox, Instant now) {
    return new Inbox(
        inbox.id(),
        inbox.accountId(),
        inbox.username(),
        inbox.domain(),
        inbox.displayName(),
        Inbox.Status.DELETED,
        inbox.clientId(),
        inbox.metadata(),
        inbox.dailySendLimit(),
        inbox.receiveRules(),
        inbox.createdAt(),
        Optional.of(now),
        Optional.of(now));
  }
}
