package email.daimon.functions.store;

import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.Account;
import email.daimon.model.DeliveryNews;
import email.daimon.model.EventType;
import email.daimon.model.InboxCounters;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.model.Outgoing;
import email.daimon.model.Outgoing.State;
import email.daimon.model.SendRecipient;
import email.daimon.model.Suppression;
import email.daimon.model.TextCut;
import email.daimon.policy.DeliveryReports;
import email.daimon.policy.DeliveryReports.Occurrence;
import email.daimon.policy.SendTally;
import email.daimon.thread.MessageIds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One step of a mail on its way, with all that is true with it: its row, its events, its due entry,
 * the pointer of the Message-ID that it turns out to have, what it gives back and whom it
 * suppresses.
 */
final class SendChanges {
  private static final int MOST_DETAIL = 512;
  private final Table mail;
  private final Transactions transactions;
  private final DueIndex dueIndex;
  private final SendQuota quota;
  private final Suppressions suppressions;
  private final Reputation reputation;
  private final InstantSource clock;

  SendChanges(
      Table mail,
      Transactions transactions,
      DueIndex dueIndex,
      SendQuota quota,
      Suppressions suppressions,
      Reputation reputation,
      InstantSource clock) {
    this.mail = mail;
    this.transactions = transactions;
    this.dueIndex = dueIndex;
    this.quota = quota;
    this.suppressions = suppressions;
    this.reputation = reputation;
    this.clock = clock;
  }

  /**
   * A step and what is to be told of it.
   *
   * @param news the report that made it, if one did
   */
  record Step(Outgoing next, List<Occurrence> events, Optional<DeliveryNews> news) {
    Step(Outgoing next, List<Occurrence> events) {
      this(next, events, Optional.empty());
    }
  }

  /** Takes a step of a mail, as it is then; empty where there is no such mail. */
  Optional<Message> change(
      Account account, String inboxId, MessageKey key, Function<Outgoing, Step> change) {
    return counted(account, transactions.run(() -> attempt(account, inboxId, key, change)));
  }

  /** The same of a mail as it was read just now; where it has changed since, as it is then. */
  Optional<Message> change(Account account, Message read, Function<Outgoing, Step> change) {
    Iterator<Message> first = List.of(read).iterator();
    return counted(
        account,
        transactions.run(() ->
            first.hasNext()
                ? attempt(account, first.next(), ledger(account, read.inboxId()), change)
                : attempt(account, read.inboxId(), read.key(), change)));
  }

  private Optional<Message> counted(Account account, Taken taken) {
    if (taken.before.isPresent() && taken.after.isPresent()) {
      SendTally more = tally(taken.before.get(), taken.after.get());
      Instant sentAt = way(taken.after.get()).acceptedAt().orElseGet(clock::instant);
      reputation.count(account.id(), more, sentAt, clock.instant());
    }
    return taken.after;
  }

  /** What a step adds to what is known of an account's mail. */
  static SendTally tally(Outgoing before, Message after) {
    return SendTally.between(before, way(after));
  }

  /**
   * A step that is committed.
   *
   * @param before empty where the mail is as it was
   */
  private record Taken(Optional<Outgoing> before, Optional<Message> after) {
    static Taken nothing(Optional<Message> read) {
      return new Taken(Optional.empty(), read);
    }
  }

  private Attempt<Taken> attempt(
      Account account, String inboxId, MessageKey key, Function<Outgoing, Step> change) {
    Map<String, Item> items = read(inboxId, key);
    Optional<Message> read =
        Optional.ofNullable(items.get(Keys.message(key)))
            .map(MessageCodec::message)
            .filter(row -> row.outgoing().isPresent());
    return read.isEmpty()
        ? new Attempt.Done<>(Taken.nothing(Optional.empty()))
        : attempt(account, read.get(), ledger(account, inboxId, counters(items)), change);
  }

  private Attempt<Taken> attempt(
      Account account, Message read, LazyLedger ledger, Function<Outgoing, Step> change) {
    Outgoing way = way(read);
    Step step = change.apply(way);
    boolean suppresses = step.news.filter(DeliveryReports::suppresses).isPresent();
    if (step.next.equals(way) && step.events.isEmpty()) {
      return suppresses && unheard(way, step.news.get())
          ? new Attempt.Write<>(
              suppressing(account, read, step.news.get()), Taken.nothing(Optional.of(read)))
          : new Attempt.Done<>(Taken.nothing(Optional.of(read)));
    }
    UnitOfWork work = new UnitOfWork();
    Message next = fill(work, account, read, step, ledger);
    ledger.commit(work);
    if (suppresses) {
      suppress(work, account, next, step.news.get());
    }
    return new Attempt.Write<>(work, new Taken(Optional.of(way), Optional.of(next)));
  }

  /** Writes a step that the caller has read the row for. */
  <T> Attempt<T> write(
      Account account,
      Message read,
      Outgoing next,
      List<Occurrence> events,
      Function<Message, T> result) {
    UnitOfWork work = new UnitOfWork();
    LazyLedger ledger = ledger(account, read.inboxId());
    Message made = fill(work, account, read, new Step(next, events), ledger);
    ledger.commit(work);
    return new Attempt.Write<>(work, result.apply(made));
  }

  /** The ledger of a commit that may turn out to have nothing to tell. */
  static final class LazyLedger {
    private final Supplier<InboxLedger> opening;
    private Optional<InboxLedger> opened = Optional.empty();

    private LazyLedger(Supplier<InboxLedger> opening) {
      this.opening = opening;
    }

    private InboxLedger open() {
      opened = Optional.of(opened.orElseGet(opening));
      return opened.get();
    }

    void commit(UnitOfWork work) {
      opened.ifPresent(ledger -> ledger.commit(work));
    }
  }

  /** With counters that were read for it. */
  LazyLedger ledger(Account account, String inboxId, InboxCounters counters) {
    return new LazyLedger(() -> new InboxLedger(mail, account, inboxId, counters, clock.instant()));
  }

  private LazyLedger ledger(Account account, String inboxId) {
    return new LazyLedger(() -> {
      InboxCounters counters =
          mail.get(Keys.inbox(inboxId), Keys.SEQ)
              .map(CountersCodec::counters)
              .orElse(InboxCounters.NONE);
      return new InboxLedger(mail, account, inboxId, counters, clock.instant());
    });
  }

  /** Puts the row, on the condition that it is as read. */
  void row(UnitOfWork work, Message read, Message next) {
    work.putVersion(mail, MessageCodec.item(next), read.version());
  }

  /** Moves the due entry to where the next step has it, or takes it out. */
  void move(UnitOfWork work, Message read, Message next) {
    Optional<Instant> from = due(read);
    Optional<Instant> to = due(next);
    if (!from.equals(to)) {
      from.ifPresent(at -> dueIndex.remove(work, at, read.id()));
      to.ifPresent(at -> putDue(work, next, at));
    }
  }

  /** Puts a due entry of a mail. */
  void putDue(UnitOfWork work, Message message, Instant at) {
    put(dueIndex, work, message, at);
  }

  /** Takes a mail back within a commit that is about something else. */
  Message cancel(UnitOfWork work, InboxLedger ledger, Account account, Message read) {
    Outgoing way = read.outgoing().orElseThrow();
    way.counted().ifPresent(use -> quota.giveBack(work, account.id(), read.inboxId(), use));
    Message next = read.onItsWay(way.cancelled());
    row(work, read, next);
    move(work, read, next);
    tell(work, ledger, next, new Occurrence(EventType.MESSAGE_CANCELLED, way.recipients()));
    return next;
  }

  static void put(DueIndex dueIndex, UnitOfWork work, Message message, Instant at) {
    dueIndex.put(work, new DueEntry(at, message.id(), SendJob.QUEUE, SendJob.of(message).json()));
  }

  /** When somebody has to look after a mail. */
  private static Optional<Instant> due(Message message) {
    Outgoing way = way(message);
    return switch (way.state()) {
      case OUT, CANCELLED -> Optional.empty();
      case UNKNOWN -> Optional.of(way.due()).filter(at -> !at.equals(Instant.EPOCH));
      case SCHEDULED, QUEUED, CLAIMED, ATTEMPTING -> Optional.of(way.due());
    };
  }

  /** Adds a step to a transaction, without what it suppresses. */
  Message fill(UnitOfWork work, Account account, Message read, Step step, LazyLedger ledger) {
    Outgoing before = way(read);
    Outgoing way = step.next;
    if (way.counted().isPresent() && neverTaken(way)) {
      quota.giveBack(work, account.id(), read.inboxId(), way.counted().get());
      way = way.uncounted();
    } else if (before.counted().isPresent() && way.state() == State.CANCELLED) {
      quota.giveBack(work, account.id(), read.inboxId(), before.counted().get());
    }
    Message next = read.onItsWay(way);
    row(work, read, next);
    move(work, read, next);
    if (before.messageIdHeader().isEmpty() && way.messageIdHeader().isPresent()) {
      point(work, next, way.messageIdHeader().get());
    }
    step.events.forEach(event -> tell(work, ledger.open(), next, event));
    return next;
  }

  private static void tell(UnitOfWork work, InboxLedger ledger, Message message, Occurrence event) {
    ledger.append(
        work,
        event.type(),
        Optional.of(message.threadId()),
        Optional.of(message.key()),
        detail(event));
  }

  private static boolean neverTaken(Outgoing way) {
    return way.state() == State.OUT && way.acceptedAt().isEmpty();
  }

  // An answer to this id belongs to the mail's thread.
  private void point(UnitOfWork work, Message message, String header) {
    Pointer pointer =
        new Pointer(
            MessageIds.canonical(header),
            message.threadId(),
            Optional.of(message.key()),
            "",
            clock.instant());
    work.put(mail, pointer.item(message.inboxId()));
  }

  private UnitOfWork suppressing(Account account, Message message, DeliveryNews news) {
    UnitOfWork work = new UnitOfWork();
    suppress(work, account, message, news);
    return work;
  }

  // A report about an attempt that was given up still shows what the address is like.
  private static boolean unheard(Outgoing way, DeliveryNews news) {
    return !news.tags().attempt().equals(way.attempt());
  }

  private void suppress(UnitOfWork work, Account account, Message message, DeliveryNews news) {
    Set<String> ours =
        message.outgoing().orElseThrow().recipients().stream()
            .map(one -> one.address().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    for (DeliveryNews.Recipient one : news.recipients()) {
      String address = one.address().toLowerCase(Locale.ROOT);
      if (ours.remove(address)) {
        suppressions.put(
            work,
            new Suppression(
                account.id(),
                address,
                news.kind() == DeliveryNews.Kind.COMPLAINT ? "complaint" : "bounce",
                news.at(),
                message.inboxId(),
                message.id(),
                one.reason()
                    .or(() -> Optional.of(news.detail()).filter(text -> !text.isEmpty()))
                    .map(text -> TextCut.head(text, MOST_DETAIL))));
      }
    }
  }

  private static Map<String, String> detail(Occurrence event) {
    Map<String, String> detail = new HashMap<>();
    String all =
        event.recipients().stream().map(SendRecipient::address).collect(Collectors.joining("\n"));
    detail.put("to", whole(all));
    event.recipients().stream()
        .findFirst()
        .ifPresent(first -> {
          first.smtpCode().ifPresent(code -> detail.put("smtp_code", code));
          first
              .reason()
              .ifPresent(reason -> detail.put("reason", TextCut.head(reason, MOST_DETAIL / 2)));
        });
    return detail;
  }

  // Event rows stay under 1 KB: the row of the message has all recipients.
  private static String whole(String addresses) {
    String head = TextCut.head(addresses, MOST_DETAIL);
    return head.length() == addresses.length()
        ? addresses
        : head.substring(0, Math.max(0, head.lastIndexOf('\n')));
  }

  private Map<String, Item> read(String inboxId, MessageKey key) {
    String pk = Keys.inbox(inboxId);
    return mail.getAll(List.of(Item.key(pk, Keys.message(key)), Item.key(pk, Keys.SEQ))).stream()
        .collect(Collectors.toMap(item -> item.text("sk"), Function.identity()));
  }

  private static Outgoing way(Message message) {
    return message.outgoing().orElseThrow();
  }

  private static InboxCounters counters(Map<String, Item> items) {
    return Optional.ofNullable(items.get(Keys.SEQ))
        .map(CountersCodec::counters)
        .orElse(InboxCounters.NONE);
  }
}
