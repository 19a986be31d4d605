package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every kind of fact that the world may be told. This is the only list of them: what writes event
 * rows, the feed's {@code types} and a webhook's {@code events} all go by it.
 */
public enum EventType {
  /** A mail is in an inbox and in its lists. */
  MESSAGE_RECEIVED("message.received", "A mail came in.", true),
  /** A mail is in an inbox, but out of its lists: spam, or a sender who is not who he says. */
  MESSAGE_FLAGGED("message.flagged", "A mail came in that is spam or unauthenticated.", true),
  /** A mail with a virus came in: only its sender and subject can be read. */
  MESSAGE_QUARANTINED("message.quarantined", "A mail came in that carries a virus.", true),
  /** A send was taken and goes at once. */
  MESSAGE_QUEUED("message.queued", "A mail to be sent now was taken.", true),
  /** A send was taken and waits for its time, or was moved to another time. */
  MESSAGE_SCHEDULED("message.scheduled", "A mail to be sent later was taken or moved.", true),
  /** A send was taken back before it went. */
  MESSAGE_CANCELLED("message.cancelled", "A mail was taken back before it was sent.", true),
  /** Recipients' servers took the mail. Also asked for as {@code message.delivered}. */
  MESSAGE_SENT("message.sent", "A mail was delivered to recipients.", true, "message.delivered"),
  /** Recipients' servers do not take the mail yet; it is tried again. */
  MESSAGE_DELAYED("message.delayed", "The delivery to recipients is delayed.", true),
  /** Recipients' servers refused the mail for good. */
  MESSAGE_BOUNCED("message.bounced", "A mail was refused by recipients' servers.", true),
  /** A mail could not be sent at all. */
  MESSAGE_FAILED("message.failed", "A mail could not be sent.", true),
  /** A recipient called the mail spam. Also asked for as {@code message.complaint}. */
  MESSAGE_COMPLAINED(
      "message.complained", "Recipients reported a mail as spam.", true, "message.complaint"),
  /** The transport's answer was lost, and nothing has told since what became of the mail. */
  MESSAGE_UNKNOWN("message.unknown", "It is not known whether a mail was sent.", true),
  /** What was unknown is known. */
  MESSAGE_RESOLVED("message.resolved", "It is known again what became of a mail.", true),
  /** A thread was labelled or read, or took another in: {@code merged_from} is the other's id. */
  THREAD_UPDATED("thread.updated", "A thread was merged, labelled or marked read.", true),
  /** A thread and its messages are gone. */
  THREAD_DELETED("thread.deleted", "A thread was deleted.", true),
  /** An inbox gets more mail in a day than it may: further events of the day are quiet. */
  INBOX_FLOODED("inbox.flooded", "An inbox got more mail today than its rate allows.", true),
  /** The account may do more than before. */
  ACCOUNT_UPGRADED("account.upgraded", "The account's tier was raised.", false),
  /** The account may do less than before. */
  ACCOUNT_DOWNGRADED("account.downgraded", "The account's tier was lowered.", false),
  /** Sends are paused until an operator has looked. */
  ACCOUNT_UNDER_REVIEW("account.under_review", "The account may not send until reviewed.", false),
  /** The account may do nothing. */
  ACCOUNT_SUSPENDED("account.suspended", "The account is suspended.", false),
  /** The account may do again what its tier allows. */
  ACCOUNT_RESUMED("account.resumed", "The account is active again.", false),
  /** A webhook failed several times in a row. */
  WEBHOOK_UNHEALTHY("webhook.unhealthy", "A webhook's endpoint fails.", false),
  /** A webhook is not called any more until it is made active again. */
  WEBHOOK_DISABLED("webhook.disabled", "A webhook was disabled.", false);

  private final String wireName;
  private final String description;
  private final boolean inInbox;
  private final Optional<String> alias;

  EventType(String wireName, String description, boolean inInbox) {
    this(wireName, description, inInbox, Optional.empty());
  }

  EventType(String wireName, String description, boolean inInbox, String alias) {
    this(wireName, description, inInbox, Optional.of(alias));
  }

  EventType(String wireName, String description, boolean inInbox, Optional<String> alias) {
    this.wireName = wireName;
    this.description = description;
    this.inInbox = inInbox;
    this.alias = requireNonNull(alias, "alias is null");
  }

  /** The name on the wire and in event rows, such as {@code message.received}. */
  public String wireName() {
    return wireName;
  }

  /** One sentence for people. */
  public String description() {
    return description;
  }

  /** Whether its events belong to an inbox; the others are the account's. */
  public boolean inInbox() {
    return inInbox;
  }

  /** Its second name, under which it is asked for, and then shown, too. */
  public Optional<String> alias() {
    return alias;
  }

  /** The type of a name or of a second name; empty where there is none such. */
  public static Optional<EventType> named(String name) {
    return Arrays.stream(values())
        .filter(type -> type.wireName.equals(name) || type.alias.equals(Optional.of(name)))
        .findFirst();
  }

  /** Every name that may be asked for, second names included. */
  public static List<String> names() {
    return Arrays.stream(values())
        .flatMap(type -> Stream.concat(Stream.of(type.wireName), type.alias.stream()))
        .toList();
  }
}
