package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The row of a message: everything a list, a filter or a thread needs, without bodies and headers.
 *
 * @param key its place in the inbox; {@code key.inboxTime} is {@code stored_at}
 * @param messageId the Message-ID as shown, with brackets; made up where the mail had none
 * @param from the first From address, bare, as written; empty where there is none
 * @param to bare addresses of To; {@code cc} likewise (rows keep at most 10 of each, the document
 *     all)
 * @param receivedAt SES's time for inbound, the call's time for outbound
 * @param labels the owner's and the platform's ({@code spam}, {@code virus}, {@code
 *     unauthenticated}, {@code blocked}, {@code bounce})
 * @param status of a mail that came in: received; of one that was sent: the states of sending
 * @param verifiedSender whether From may be believed
 * @param automatic whether a machine sent it by itself (RFC 3834)
 * @param warnings what the parser had to cut or guess, in stable names
 * @param duplicateCount how often its server sent it again
 * @param size of the raw mail in bytes
 * @param version raised with each change of the row
 * @param outgoing the way of a mail that we send; empty for one that came in
 * @param deliveryReport what a mail that came in reports of a delivery, on its own word
 * @param insights what was understood of a mail that came in
 */
public record Message(
    MessageKey key,
    String accountId,
    String inboxId,
    String threadId,
    Direction direction,
    String messageId,
    String from,
    String fromName,
    List<String> to,
    List<String> cc,
    String subject,
    String preview,
    Instant receivedAt,
    boolean read,
    Set<String> labels,
    String status,
    boolean verifiedSender,
    Optional<Verdicts> verdicts,
    boolean automatic,
    List<String> warnings,
    List<Attachment> attachments,
    Optional<String> envelopeFrom,
    Optional<String> deliveredTo,
    Optional<String> tag,
    int duplicateCount,
    long size,
    long version,
    Optional<Instant> deletedAt,
    Optional<Outgoing> outgoing,
    Optional<DeliveryReport> deliveryReport,
    Insights insights) {
  /** Label of a mail that receive rules keep out: nobody is told of it. */
  public static final String BLOCKED = "blocked";

  /** Labels that keep a message out of lists, unread counts and waits unless asked for. */
  public static final Set<String> FLAGS = Set.of("spam", "virus", "unauthenticated", BLOCKED);

  /** Label of a mail that reports of a delivery; it is listed as any other. */
  public static final String BOUNCE = "bounce";

  /** Warning of a row that lists only the first of its attachments; the document has them all. */
  public static final String ATTACHMENTS_TRUNCATED = "attachments_truncated";

  public Message {
    requireNonNull(key, "key is null");
    requireNonNull(accountId, "accountId is null");
    requireNonNull(inboxId, "inboxId is null");
    requireNonNull(threadId, "threadId is null");
    requireNonNull(direction, "direction is null");
    requireNonNull(messageId, "messageId is null");
    requireNonNull(from, "from is null");
    requireNonNull(fromName, "fromName is null");
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    requireNonNull(subject, "subject is null");
    requireNonNull(preview, "preview is null");
    requireNonNull(receivedAt, "receivedAt is null");
    labels = Set.copyOf(labels);
    requireNonNull(status, "status is null");
    requireNonNull(verdicts, "verdicts is null");
    warnings = List.copyOf(warnings);
    attachments = List.copyOf(attachments);
    requireNonNull(envelopeFrom, "envelopeFrom is null");
    requireNonNull(deliveredTo, "deliveredTo is null");
    requireNonNull(tag, "tag is null");
    requireNonNull(deletedAt, "deletedAt is null");
    requireNonNull(outgoing, "outgoing is null");
    requireNonNull(deliveryReport, "deliveryReport is null");
    requireNonNull(insights, "insights is null");
  }

  /** A mail of an inbox that is to be sent; it has neither its place nor its thread yet. */
  public static Message toSend(
      String id,
      Inbox inbox,
      List<String> to,
      List<String> cc,
      String subject,
      String preview,
      List<Attachment> attachments,
      long size,
      Outgoing way,
      Instant now) {
    return new Message(
        new MessageKey(0, id),
        inbox.accountId(),
        inbox.id(),
        "",
        Direction.OUTBOUND,
        "<" + id + "@" + inbox.domain() + ">",
        inbox.address(),
        inbox.displayName().orElse(""),
        to,
        cc,
        subject,
        preview,
        now,
        true,
        Set.of(),
        way.status(),
        false,
        Optional.empty(),
        false,
        List.of(),
        attachments,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        size,
        1,
        Optional.empty(),
        Optional.of(way),
        Optional.empty(),
        Insights.NONE);
  }

  /** A mail that came in, and reports of no delivery. */
  public Message(
      MessageKey key,
      String accountId,
      String inboxId,
      String threadId,
      Direction direction,
      String messageId,
      String from,
      String fromName,
      List<String> to,
      List<String> cc,
      String subject,
      String preview,
      Instant receivedAt,
      boolean read,
      Set<String> labels,
      String status,
      boolean verifiedSender,
      Optional<Verdicts> verdicts,
      boolean automatic,
      List<String> warnings,
      List<Attachment> attachments,
      Optional<String> envelopeFrom,
      Optional<String> deliveredTo,
      Optional<String> tag,
      int duplicateCount,
      long size,
      long version,
      Optional<Instant> deletedAt) {
    this(
        key,
        accountId,
        inboxId,
        threadId,
        direction,
        messageId,
        from,
        fromName,
        to,
        cc,
        subject,
        preview,
        receivedAt,
        read,
        labels,
        status,
        verifiedSender,
        verdicts,
        automatic,
        warnings,
        attachments,
        envelopeFrom,
        deliveredTo,
        tag,
        duplicateCount,
        size,
        version,
        deletedAt,
        Optional.empty(),
        Optional.empty(),
        Insights.NONE);
  }

  /** {@code msg_…}. */
  public String id() {
    return key.id();
  }

  /** When it was committed, by inbox time. */
  public Instant storedAt() {
    return Instant.ofEpochMilli(key.inboxTime());
  }

  /** Whether it stays out of lists, counts and waits unless asked for. */
  public boolean flagged() {
    return labels.stream().anyMatch(FLAGS::contains);
  }

  /** Whether it counts in the inbox's totals: live, inbound, not flagged. */
  public boolean counted() {
    return direction == Direction.INBOUND && !flagged() && deletedAt.isEmpty();
  }

  /** This message at its place: the inbox time of its commit, and its thread. */
  public Message placed(long inboxTime, String thread) {
    Change change = new Change(this);
    change.key = new MessageKey(inboxTime, key.id());
    change.threadId = thread;
    return change.made();
  }

  /** This message with the anchor of its thread: for one that is sent, before it is stored. */
  public Message anchored(String anchor) {
    Change change = new Change(this);
    change.outgoing = outgoing.map(way -> way.anchored(anchor));
    return change.made();
  }

  /** This message with what its inbox knows of the sender: before it is stored. */
  public Message trusting(Trust trust) {
    Change change = new Change(this);
    change.insights = new Insights(insights.codes(), insights.autoKind(), trust);
    return change.made();
  }

  /** This message with all its attachments, where its row lists only the first. */
  public Message withAllAttachments(List<Attachment> all) {
    Change change = new Change(this);
    change.warnings =
        warnings.stream().filter(warning -> !warning.equals(ATTACHMENTS_TRUNCATED)).toList();
    change.attachments = all;
    return change.made();
  }

  /** The next version, in another thread. */
  public Message movedTo(String thread) {
    Change change = next();
    change.threadId = thread;
    return change.made();
  }

  /** The next version, read or unread. */
  public Message withRead(boolean value) {
    Change change = next();
    change.read = value;
    return change.made();
  }

  /** The next version, with these labels and no others. */
  public Message withLabels(Set<String> all) {
    Change change = next();
    change.labels = all;
    return change.made();
  }

  /** The next version, deleted: hidden from lists, readable by id. */
  public Message deleted(Instant at) {
    Change change = next();
    change.deletedAt = Optional.of(at);
    return change.made();
  }

  /** The next version, so far on its way; its Message-ID is the one that the recipients see. */
  public Message onItsWay(Outgoing way) {
    Change change = next();
    change.status = way.status();
    change.messageId = way.messageIdHeader().orElse(messageId);
    change.outgoing = Optional.of(way);
    return change.made();
  }

  private Change next() {
    Change change = new Change(this);
    change.version = version + 1;
    return change;
  }

  /** What may become another in a message; the rest stays. */
  private static final class Change {
    private final Message old;
    MessageKey key;
    String threadId;
    String messageId;
    boolean read;
    Set<String> labels;
    String status;
    List<String> warnings;
    List<Attachment> attachments;
    long version;
    Optional<Instant> deletedAt;
    Optional<Outgoing> outgoing;
    Insights insights;

    Change(Message old) {
      this.old = old;
      key = old.key;
      threadId = old.threadId;
      messageId = old.messageId;
      read = old.read;
      labels = old.labels;
      status = old.status;
      warnings = old.warnings;
      attachments = old.attachments;
      version = old.version;
      deletedAt = old.deletedAt;
      outgoing = old.outgoing;
      insights = old.insights;
    }

    Message made() {
      return new Message(
          key,
          old.accountId,
          old.inboxId,
          threadId,
          old.direction,
          messageId,
          old.from,
          old.fromName,
          old.to,
          old.cc,
          old.subject,
          old.preview,
          old.receivedAt,
          read,
          labels,
          status,
          old.verifiedSender,
          old.verdicts,
          old.automatic,
          warnings,
          attachments,
          old.envelopeFrom,
          old.deliveredTo,
          old.tag,
          old.duplicateCount,
          old.size,
          version,
          deletedAt,
          outgoing,
          old.deliveryReport,
          insights);
    }
  }
}
