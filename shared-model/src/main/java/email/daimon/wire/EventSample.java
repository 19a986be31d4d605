package email.daimon.wire;

import email.daimon.model.Attachment;
import email.daimon.model.Direction;
import email.daimon.model.Event;
import email.daimon.model.EventType;
import email.daimon.model.Findings;
import email.daimon.model.Ids;
import email.daimon.model.Insights;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import email.daimon.model.MessageDocument.Recipient;
import email.daimon.model.MessageKey;
import email.daimon.model.Outgoing;
import email.daimon.model.SendRecipient;
import email.daimon.model.SendRecipient.Kind;
import email.daimon.model.SendRecipient.Status;
import email.daimon.model.Verdicts;
import email.daimon.model.Verdicts.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An event of each type as it could have happened: what a webhook is tested with. The names in it
 * are of nothing that exists.
 */
public final class EventSample {
  private static final String OUTSIDE = "customer@example.com";

  private final EventType type;
  private final String accountId;
  private final String inboxId;
  private final Instant at;

  private EventSample(EventType type, String accountId, String inboxId, Instant at) {
    this.type = type;
    this.accountId = accountId;
    this.inboxId = inboxId;
    this.at = at;
  }

  /** A sample with its message, where its type has one. */
  public record Sample(Event event, Optional<EventJson.Subject> subject) {}

  /** The sample of a type at a time, in an inbox of an account. */
  public static Sample of(EventType type, String accountId, String inboxId, Instant at) {
    return new EventSample(type, accountId, inboxId, at).sample();
  }

  private Sample sample() {
    boolean message = type.wireName().startsWith("message.");
    boolean thread = message || type.wireName().startsWith("thread.");
    Event event =
        new Event(
            Ids.deterministicAt("evt", at, accountId, type.wireName()),
            accountId,
            type.wireName(),
            type.inInbox() ? Optional.of(inboxId) : Optional.empty(),
            thread ? Optional.of(name("thread")) : Optional.empty(),
            message
                ? Optional.of(new MessageKey(at.toEpochMilli(), name("msg")))
                : Optional.empty(),
            1,
            at,
            detail());
    return new Sample(event, event.message().map(this::subject));
  }

  private String name(String prefix) {
    return Ids.deterministic(prefix, accountId, "sample");
  }

  private Map<String, String> detail() {
    return switch (type) {
      case MESSAGE_SENT, MESSAGE_RESOLVED -> Map.of("to", OUTSIDE);
      case MESSAGE_BOUNCED ->
          Map.of(
              "to", OUTSIDE,
              "smtp_code", "550",
              "reason", "550 5.1.1 Recipient address rejected: User unknown");
      case MESSAGE_DELAYED ->
          Map.of(
              "to", OUTSIDE, "smtp_code", "451", "reason", "451 4.7.1 Greylisted, try again later");
      case MESSAGE_COMPLAINED -> Map.of("to", OUTSIDE, "reason", "abuse");
      case MESSAGE_FAILED -> Map.of("to", OUTSIDE, "reason", "SEND_LIMIT_EXCEEDED");
      case THREAD_UPDATED ->
          Map.of("merged_from", Ids.deterministic("thread", accountId, "younger"));
      case ACCOUNT_UPGRADED -> Map.of("from", "free", "to", "developer");
      case ACCOUNT_DOWNGRADED -> Map.of("from", "developer", "to", "free");
      case ACCOUNT_UNDER_REVIEW ->
          Map.of(
              "from", "active",
              "to", "under_review",
              "sent", "200",
              "bounced", "24",
              "complaints", "0");
      case ACCOUNT_SUSPENDED -> Map.of("from", "active", "to", "suspended");
      case ACCOUNT_RESUMED -> Map.of("from", "suspended", "to", "active");
      case WEBHOOK_UNHEALTHY -> Map.of("webhook_id", name("wh"), "failures_in_row", "5");
      case WEBHOOK_DISABLED -> Map.of("webhook_id", name("wh"), "reason", "failing");
      default -> Map.of();
    };
  }

  private EventJson.Subject subject(MessageKey key) {
    return EventJson.showsTexts(type.wireName())
        ? new EventJson.Subject(inbound(key), document(), Set.of())
        : new EventJson.Subject(outbound(key), MessageDocument.EMPTY, Set.of());
  }

  private Message inbound(MessageKey key) {
    boolean virus = type == EventType.MESSAGE_QUARANTINED;
    boolean spam = type == EventType.MESSAGE_FLAGGED;
    return new Message(
        key,
        accountId,
        inboxId,
        name("thread"),
        Direction.INBOUND,
        "<sample@example.com>",
        OUTSIDE,
        "A Customer",
        List.of("agent@daimon.email"),
        List.of(),
        "Question about pricing",
        "Hi, what does it cost?",
        at,
        false,
        spam ? Set.of("spam") : virus ? Set.of("virus") : Set.of(),
        "received",
        !spam,
        Optional.of(
            new Verdicts(
                spam ? Verdict.FAIL : Verdict.PASS,
                virus ? Verdict.FAIL : Verdict.PASS,
                Verdict.PASS,
                Verdict.PASS,
                Verdict.PASS,
                Optional.empty())),
        false,
        List.of(),
        virus
            ? List.of()
            : List.of(
                Attachment.plain(
                    name("att"),
                    "order.pdf",
                    "application/pdf",
                    2_048,
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                    Optional.empty(),
                    false)),
        Optional.of(OUTSIDE),
        Optional.of("agent@daimon.email"),
        Optional.empty(),
        0,
        4_096,
        1,
        Optional.empty());
  }

  private MessageDocument document() {
    return new MessageDocument(
        "Hi, what does it cost?\n\nhttps://example.com/pricing\n",
        "text",
        Optional.of("<p>Hi, what does <a href=\"https://example.com/pricing\">it</a> cost?</p>"),
        "Hi, what does it cost?\n\nhttps://example.com/pricing",
        List.of("https://example.com/pricing"),
        List.of(),
        Map.of(),
        List.of(new Recipient("agent@daimon.email", "Agent", "to")),
        List.of(),
        List.of(),
        List.of(),
        Findings.NONE);
  }

  private Message outbound(MessageKey key) {
    Outgoing way = way();
    return new Message(
        key,
        accountId,
        inboxId,
        name("thread"),
        Direction.OUTBOUND,
        way.messageIdHeader().orElse("<" + key.id() + "@daimon.email>"),
        "agent@daimon.email",
        "Agent",
        List.of(OUTSIDE),
        List.of(),
        "Re: Question about pricing",
        "It is free.",
        at,
        true,
        Set.of(),
        way.status(),
        true,
        Optional.empty(),
        false,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        1_024,
        1,
        Optional.empty(),
        Optional.of(way),
        Optional.empty(),
        Insights.NONE);
  }

  private Outgoing way() {
    return switch (type) {
      case MESSAGE_SCHEDULED -> waiting(Outgoing.State.SCHEDULED);
      case MESSAGE_CANCELLED -> waiting(Outgoing.State.CANCELLED);
      case MESSAGE_UNKNOWN -> waiting(Outgoing.State.UNKNOWN);
      case MESSAGE_SENT, MESSAGE_RESOLVED -> out(Status.DELIVERED);
      case MESSAGE_DELAYED -> out(Status.DELAYED);
      case MESSAGE_BOUNCED -> out(Status.BOUNCED);
      case MESSAGE_FAILED -> out(Status.FAILED);
      case MESSAGE_COMPLAINED -> out(Status.COMPLAINED);
      default -> waiting(Outgoing.State.QUEUED);
    };
  }

  private Outgoing waiting(Outgoing.State state) {
    Optional<Instant> sendAt =
        state == Outgoing.State.SCHEDULED ? Optional.of(at.plusSeconds(3_600)) : Optional.empty();
    return way(state, SendRecipient.open(OUTSIDE, "A Customer", Kind.TO, at), sendAt, false);
  }

  private Outgoing out(Status status) {
    Optional<String> code = Optional.ofNullable(detail().get("smtp_code"));
    Optional<String> reason = Optional.ofNullable(detail().get("reason"));
    SendRecipient recipient =
        new SendRecipient(OUTSIDE, "A Customer", Kind.TO, status, code, reason, at);
    return way(Outgoing.State.OUT, recipient, Optional.empty(), status != Status.FAILED);
  }

  private Outgoing way(
      Outgoing.State state, SendRecipient recipient, Optional<Instant> sendAt, boolean accepted) {
    return new Outgoing(
        state,
        List.of(recipient),
        "",
        Optional.empty(),
        at,
        sendAt,
        "<" + name("thread") + "@daimon.email>",
        Outgoing.Extras.NONE,
        Outgoing.Conditions.NONE,
        accepted ? Optional.of(at) : Optional.empty(),
        accepted ? Optional.of("0100") : Optional.empty(),
        accepted ? Optional.of("<0100@email.amazonses.com>") : Optional.empty(),
        Optional.empty());
  }
}
