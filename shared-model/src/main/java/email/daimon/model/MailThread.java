package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The head of a conversation.
 *
 * @param id {@code thread_…}
 * @param anchor the id that stands first in the References of all we send, with brackets
 * @param participants at most 10 bare addresses, oldest first
 * @param messages live messages of both directions that are not flagged
 * @param inbound those of them that came in: what the inbox's totals count
 * @param unread those that came in and are unread
 * @param lastActivity inbox time of the newest message
 * @param newest the last 20 message keys, newest first: what an index read may lag behind
 * @param conditional mails that are scheduled to be sent here unless somebody answers first
 * @param drafts drafts of that kind; one that waits no more may still be named
 * @param mergedInto the surviving thread, where this one was merged away
 * @param version raised with each change
 */
public record MailThread(
    String id,
    String accountId,
    String inboxId,
    String anchor,
    String subject,
    List<String> participants,
    long messages,
    long inbound,
    long unread,
    Set<String> labels,
    Instant createdAt,
    long lastActivity,
    Instant updatedAt,
    List<MessageKey> newest,
    List<MessageKey> conditional,
    List<WaitingDraft> drafts,
    Optional<String> mergedInto,
    Optional<Instant> deletedAt,
    long version) {
  /** How many of the newest message keys the head keeps. */
  public static final int NEWEST = 20;

  private static final int PARTICIPANTS = 10;

  public MailThread {
    requireNonNull(id, "id is null");
    requireNonNull(accountId, "accountId is null");
    requireNonNull(inboxId, "inboxId is null");
    requireNonNull(anchor, "anchor is null");
    requireNonNull(subject, "subject is null");
    participants = List.copyOf(participants);
    labels = Set.copyOf(labels);
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
    newest = List.copyOf(newest);
    conditional = List.copyOf(conditional);
    drafts = List.copyOf(drafts);
    requireNonNull(mergedInto, "mergedInto is null");
    requireNonNull(deletedAt, "deletedAt is null");
  }

  /** A conversation that nothing has been said in yet. */
  public static MailThread begin(
      String id, String accountId, String inboxId, String anchor, String subject, Instant at) {
    return new MailThread(
        id,
        accountId,
        inboxId,
        anchor,
        subject,
        List.of(),
        0,
        0,
        0,
        Set.of(),
        at,
        at.toEpochMilli(),
        at,
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  /** Whether lists show it: not deleted, not merged away, and not made of flagged mail alone. */
  public boolean listed() {
    return deletedAt.isEmpty() && mergedInto.isEmpty() && messages > 0;
  }

  /** With one more message. A flagged one changes nothing that a list shows. */
  public MailThread joinedBy(Message message) {
    Next next = next();
    next.newest = newestOf(newest, List.of(message.key()));
    next.count(Tally.of(message));
    if (!message.flagged()) {
      next.participants = together(participants, message);
      next.lastActivity = Math.max(lastActivity, message.key().inboxTime());
      next.updatedAt = later(updatedAt, message.storedAt());
    }
    return next.thread();
  }

  /** With exactly these mails waiting to be sent unless somebody answers first. */
  public MailThread waiting(List<MessageKey> keys) {
    return waiting(keys, drafts);
  }

  /** With exactly these mails and drafts waiting to be sent unless somebody answers first. */
  public MailThread waiting(List<MessageKey> keys, List<WaitingDraft> waiting) {
    Next next = next();
    next.conditional = keys;
    next.drafts = waiting;
    return next.thread();
  }

  /** With a message of it changed. */
  public MailThread changed(Message before, Message after) {
    Next next = next();
    next.count(Tally.of(after).minus(Tally.of(before)));
    return next.thread();
  }

  /** With all that is in a younger thread, which is {@link #mergedAway} in the same moment. */
  public MailThread absorbing(MailThread other, Instant at) {
    Next next = next();
    next.newest = newestOf(newest, other.newest);
    next.conditional = Stream.concat(conditional.stream(), other.conditional.stream()).toList();
    next.drafts = Stream.concat(drafts.stream(), other.drafts.stream()).toList();
    next.count(new Tally(other.messages, other.inbound, other.unread));
    next.participants = together(participants, other.participants);
    next.labels = new LinkedHashSet<>(labels);
    next.labels.addAll(other.labels);
    next.lastActivity = Math.max(lastActivity, other.lastActivity);
    next.updatedAt = later(updatedAt, at);
    return next.thread();
  }

  /** Merged into an older thread: it keeps nothing but the way there. */
  public MailThread mergedAway(String survivor, Instant at) {
    Next next = next();
    next.count(new Tally(-messages, -inbound, -unread));
    next.conditional = List.of();
    next.drafts = List.of();
    next.mergedInto = Optional.of(survivor);
    next.updatedAt = later(updatedAt, at);
    return next.thread();
  }

  /** With these labels and no others. */
  public MailThread labelled(Set<String> all, Instant at) {
    Next next = next();
    next.labels = all;
    next.updatedAt = later(updatedAt, at);
    return next.thread();
  }

  /** With nothing unread. */
  public MailThread allRead() {
    Next next = next();
    next.unread = 0;
    return next.thread();
  }

  /** Deleted, with all its messages. */
  public MailThread deleted(Instant at) {
    Next next = next();
    next.count(new Tally(-messages, -inbound, -unread));
    next.deletedAt = Optional.of(at);
    next.updatedAt = later(updatedAt, at);
    return next.thread();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static List<MessageKey> newestOf(List<MessageKey> keys, List<MessageKey> more) {
    return Stream.concat(keys.stream(), more.stream())
        .distinct()
        .sorted(Comparator.reverseOrder())
        .limit(NEWEST)
        .toList();
  }

  private static List<String> together(List<String> addresses, Message message) {
    List<String> more = new ArrayList<>();
    more.add(message.from());
    more.addAll(message.to());
    more.addAll(message.cc());
    return together(addresses, more);
  }

  private static List<String> together(List<String> addresses, List<String> more) {
    Map<String, String> known = new LinkedHashMap<>();
    addresses.forEach(address -> known.put(address.toLowerCase(Locale.ROOT), address));
    more.stream()
        .filter(address -> !address.isEmpty())
        .forEach(address -> known.putIfAbsent(address.toLowerCase(Locale.ROOT), address));
    return known.values().stream().limit(PARTICIPANTS).toList();
  }

  private Next next() {
    return new Next();
  }

  /** The next version while it is made. */
  private final class Next {
    private List<String> participants = MailThread.this.participants;
    private long messages = MailThread.this.messages;
    private long inbound = MailThread.this.inbound;
    private long unread = MailThread.this.unread;
    private Set<String> labels = MailThread.this.labels;
    private long lastActivity = MailThread.this.lastActivity;
    private Instant updatedAt = MailThread.this.updatedAt;
    private List<MessageKey> newest = MailThread.this.newest;
    private List<MessageKey> conditional = MailThread.this.conditional;
    private List<WaitingDraft> drafts = MailThread.this.drafts;
    private Optional<String> mergedInto = MailThread.this.mergedInto;
    private Optional<Instant> deletedAt = MailThread.this.deletedAt;

    private void count(Tally tally) {
      messages += tally.shown();
      inbound += tally.inbound();
      unread += tally.unread();
    }

    private MailThread thread() {
      return new MailThread(
          id,
          accountId,
          inboxId,
          anchor,
          subject,
          participants,
          messages,
          inbound,
          unread,
          labels,
          createdAt,
          lastActivity,
          updatedAt,
          newest,
          conditional,
          drafts,
          mergedInto,
          deletedAt,
          version + 1);
    }
  }
}
