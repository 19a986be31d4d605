package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The way of a mail that we send, from the call to the last report. Every step is a value made from
 * the one before; a step that is not allowed changes nothing, so that whatever comes twice, late or
 * out of order does no harm.
 *
 * @param attempt names the one call of a transport that may be under way; empty before the first
 * @param leaseEnd until when the worker that claimed it may be at it
 * @param due where its entry lies in the due index, while it waits for something
 * @param sendAt when it is to be sent, where the caller said so
 * @param anchor the id that stands first in its References; empty before it has its thread
 * @param sender what a caller or the platform puts into the mail beside its texts
 * @param conditions what may keep it from being sent
 * @param acceptedAt when the transport took it
 * @param transportId the transport's own name for it
 * @param messageIdHeader the Message-ID that the recipients see, with brackets
 * @param counted what it used of the day's quota; given back where it was never sent
 */
public record Outgoing(
    State state,
    List<SendRecipient> recipients,
    String attempt,
    Optional<Instant> leaseEnd,
    Instant due,
    Optional<Instant> sendAt,
    String anchor,
    Extras sender,
    Conditions conditions,
    Optional<Instant> acceptedAt,
    Optional<String> transportId,
    Optional<String> messageIdHeader,
    Optional<Counted> counted) {
  public Outgoing {
    requireNonNull(state, "state is null");
    recipients = List.copyOf(recipients);
    requireNonNull(attempt, "attempt is null");
    requireNonNull(leaseEnd, "leaseEnd is null");
    requireNonNull(due, "due is null");
    requireNonNull(sendAt, "sendAt is null");
    requireNonNull(anchor, "anchor is null");
    requireNonNull(sender, "sender is null");
    requireNonNull(conditions, "conditions is null");
    requireNonNull(acceptedAt, "acceptedAt is null");
    requireNonNull(transportId, "transportId is null");
    requireNonNull(messageIdHeader, "messageIdHeader is null");
    requireNonNull(counted, "counted is null");
  }

  /** How far it is. */
  public enum State {
    /** Waits for its time. */
    SCHEDULED,
    /** Waits for a worker. */
    QUEUED,
    /** A worker composes it; nothing has left. */
    CLAIMED,
    /** A worker calls the transport: it may have left. */
    ATTEMPTING,
    /** The transport has answered for it; the recipients tell the rest. */
    OUT,
    /** The answer of the transport was lost. */
    UNKNOWN,
    /** Taken back before it was sent. */
    CANCELLED
  }

  /** Who may take a mail back by answering first. */
  public enum UnlessReplied {
    NOBODY,
    /** A mail of somebody else that no machine sent by itself. */
    SOMEBODY,
    /** Any mail of somebody else. */
    ANYBODY
  }

  /**
   * @param headers that the caller set, by name
   * @param hop how often agents have answered each other before (RFC 3834 guards against loops)
   * @param answersAutomatic whether it answers what a machine sent by itself
   */
  public record Extras(Map<String, String> headers, int hop, boolean answersAutomatic) {
    public static final Extras NONE = new Extras(Map.of(), 0, false);

    public Extras {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * @param waitsForQuota whether it goes on the next day where the day's quota is used up
   */
  public record Conditions(UnlessReplied unlessReplied, boolean waitsForQuota) {
    public static final Conditions NONE = new Conditions(UnlessReplied.NOBODY, false);

    public Conditions {
      requireNonNull(unlessReplied, "unlessReplied is null");
    }
  }

  /**
   * @param day in UTC, of whose quota the recipients are part
   * @param byInbox whether they are part of the inbox's own limit too
   * @param spread whether the account had no limit, so that its counter is spread over several
   */
  public record Counted(Instant day, int recipients, boolean byInbox, boolean spread) {
    public Counted {
      requireNonNull(day, "day is null");
    }
  }

  /** A mail that is to be sent at once, or at its time. */
  public static Outgoing asked(
      List<SendRecipient> recipients,
      Instant due,
      Optional<Instant> sendAt,
      Extras sender,
      Conditions conditions,
      Optional<Counted> counted) {
    return new Outgoing(
        sendAt.isPresent() ? State.SCHEDULED : State.QUEUED,
        recipients,
        "",
        Optional.empty(),
        due,
        sendAt,
        "",
        sender,
        conditions,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        counted);
  }

  /** The status that the API shows. */
  public String status() {
    return switch (state) {
      case SCHEDULED, QUEUED, UNKNOWN, CANCELLED -> state.name().toLowerCase(Locale.ROOT);
      case CLAIMED, ATTEMPTING -> "sending";
      case OUT -> statusOfRecipients();
    };
  }

  private String statusOfRecipients() {
    if (recipients.stream().anyMatch(one -> one.status().open())) {
      return "sending";
    }
    if (recipients.stream().anyMatch(one -> one.status().arrived())) {
      return "sent";
    }
    boolean bounced =
        recipients.stream().anyMatch(one -> one.status() == SendRecipient.Status.BOUNCED);
    return bounced ? "bounced" : "failed";
  }

  /** When the first recipient got it. */
  public Optional<Instant> deliveredAt() {
    return recipients.stream()
        .filter(one -> one.status().arrived())
        .map(SendRecipient::at)
        .min(Instant::compareTo);
  }

  /** Whether it can still be taken back: no worker is at it. */
  public boolean revocable() {
    return state == State.SCHEDULED || state == State.QUEUED;
  }

  /** In its thread. */
  public Outgoing anchored(String id) {
    Next next = next();
    next.anchor = id;
    return next.made();
  }

  /**
   * Claimed by an attempt, until the lease ends.
   *
   * @param nextDue when the next worker looks after it
   */
  public Outgoing claimed(String by, Instant lease, Instant nextDue) {
    return next().state(State.CLAIMED).attempt(by).lease(Optional.of(lease)).due(nextDue).made();
  }

  /** About to be handed to the transport. */
  public Outgoing attempting(Instant lease) {
    return next().state(State.ATTEMPTING).lease(Optional.of(lease)).made();
  }

  /** Back in the queue: nothing was sent. */
  public Outgoing released(Instant nextDue) {
    return next().state(State.QUEUED).lease(Optional.empty()).due(nextDue).made();
  }

  /** Laid aside, as far as it is. */
  public Outgoing parked(Instant until) {
    return next().due(until).made();
  }

  /** Released from its schedule: part of the day's quota now. */
  public Outgoing queued(Instant nextDue, Optional<Counted> use) {
    return next().state(State.QUEUED).due(nextDue).counted(use).made();
  }

  /** At another time. */
  public Outgoing rescheduled(Instant at) {
    return next().state(State.SCHEDULED).due(at).sendAt(Optional.of(at)).made();
  }

  /** Taken back. */
  public Outgoing cancelled() {
    return next().state(State.CANCELLED).counted(Optional.empty()).made();
  }

  /** Taken by the transport. */
  public Outgoing accepted(Instant at, String id, Optional<String> header) {
    Next next = next().state(State.OUT).lease(Optional.empty());
    next.acceptedAt = acceptedAt.or(() -> Optional.of(at));
    next.transportId = transportId.or(() -> Optional.of(id).filter(known -> !known.isEmpty()));
    next.messageIdHeader = messageIdHeader.or(() -> header);
    return next.made();
  }

  /** Its answer was lost: what became of it is not known. */
  public Outgoing unknown(Instant announcedAt) {
    return next().state(State.UNKNOWN).lease(Optional.empty()).due(announcedAt).made();
  }

  /** Over, without having been sent to anybody who is still open. */
  public Outgoing refused(Function<SendRecipient, SendRecipient> report) {
    return next().state(State.OUT).lease(Optional.empty()).each(report).made();
  }

  /** With what each recipient's report says. */
  public Outgoing reported(Function<SendRecipient, SendRecipient> report) {
    return next().each(report).made();
  }

  /** Once more from the start, after somebody has said that it never left. */
  public Outgoing again(Instant nextDue, Instant now) {
    return next()
        .state(State.QUEUED)
        .lease(Optional.empty())
        .due(nextDue)
        .each(one -> one.reopened(now))
        .made();
  }

  /** That nothing of it was counted, or no longer is. */
  public Outgoing uncounted() {
    return next().counted(Optional.empty()).made();
  }

  /** The recipients that differ from an earlier state of the same mail. */
  public List<SendRecipient> changedSince(Outgoing before) {
    List<SendRecipient> changed = new ArrayList<>();
    for (int i = 0; i < recipients.size(); i++) {
      if (!recipients.get(i).equals(before.recipients.get(i))) {
        changed.add(recipients.get(i));
      }
    }
    return changed;
  }

  private Next next() {
    return new Next();
  }

  /** The next state while it is made. */
  private final class Next {
    private State state = Outgoing.this.state;
    private List<SendRecipient> recipients = Outgoing.this.recipients;
    private String attempt = Outgoing.this.attempt;
    private Optional<Instant> leaseEnd = Outgoing.this.leaseEnd;
    private Instant due = Outgoing.this.due;
    private Optional<Instant> sendAt = Outgoing.this.sendAt;
    private String anchor = Outgoing.this.anchor;
    private Optional<Instant> acceptedAt = Outgoing.this.acceptedAt;
    private Optional<String> transportId = Outgoing.this.transportId;
    private Optional<String> messageIdHeader = Outgoing.this.messageIdHeader;
    private Optional<Counted> counted = Outgoing.this.counted;

    private Next state(State value) {
      state = value;
      return this;
    }

    private Next attempt(String value) {
      attempt = value;
      return this;
    }

    private Next lease(Optional<Instant> value) {
      leaseEnd = value;
      return this;
    }

    private Next due(Instant value) {
      due = value;
      return this;
    }

    private Next sendAt(Optional<Instant> value) {
      sendAt = value;
      return this;
    }

    private Next counted(Optional<Counted> value) {
      counted = value;
      return this;
    }

    private Next each(Function<SendRecipient, SendRecipient> report) {
      recipients = recipients.stream().map(report).toList();
      return this;
    }

    private Outgoing made() {
      return new Outgoing(
          state,
          recipients,
          attempt,
          leaseEnd,
          due,
          sendAt,
          anchor,
          sender,
          conditions,
          acceptedAt,
          transportId,
          messageIdHeader,
          counted);
    }
  }
}
