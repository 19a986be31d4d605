package email.daimon.policy;

import email.daimon.model.Outgoing;
import email.daimon.model.SendRecipient;
import email.daimon.model.SendRecipient.Status;
import java.util.function.Predicate;

/**
 * What became of what an account has sent, in recipients (rule 5.11).
 *
 * @param sent that the transport has tried
 * @param bounced of them
 * @param complaints of them; one that bounced and complained is in both
 */
public record SendTally(long sent, long bounced, long complaints) {
  public static final SendTally NONE = new SendTally(0, 0, 0);

  private static final long BOUNCES_FROM = 100;
  private static final long COMPLAINTS_FROM = 1_000;
  private static final long SENT_A_BOUNCE = 10;
  private static final long SENT_A_COMPLAINT = 1_000;

  /** What one step of a mail adds: each recipient's first bounce and first complaint. */
  public static SendTally between(Outgoing before, Outgoing after) {
    return new SendTally(
        Math.max(0, tried(after) - tried(before)),
        first(Status.BOUNCED, before, after),
        first(Status.COMPLAINED, before, after));
  }

  /**
   * Whether an account that has this within seven days is to be looked at: more than 10 % bounces
   * over 100 sends, or more than 0.1 % complaints over 1,000.
   */
  public boolean tooMuch() {
    return (sent >= BOUNCES_FROM && bounced * SENT_A_BOUNCE > sent)
        || (sent >= COMPLAINTS_FROM && complaints * SENT_A_COMPLAINT > sent);
  }

  /** Both together. */
  public SendTally plus(SendTally other) {
    return new SendTally(sent + other.sent, bounced + other.bounced, complaints + other.complaints);
  }

  /** Between 0 and 1; 0 where nothing was sent. */
  public double bounceRate() {
    return sent == 0 ? 0 : (double) bounced / sent;
  }

  /** Between 0 and 1; 0 where nothing was sent. */
  public double complaintRate() {
    return sent == 0 ? 0 : (double) complaints / sent;
  }

  // A relay may refuse every recipient: then nothing is accepted, and yet there are bounces.
  private static long tried(Outgoing way) {
    Predicate<SendRecipient> told = one -> one.status().arrived() || one.status() == Status.BOUNCED;
    return way.acceptedAt().isPresent()
        ? way.recipients().size()
        : way.recipients().stream().filter(told).count();
  }

  private static long first(Status status, Outgoing before, Outgoing after) {
    return after.changedSince(before).stream().filter(one -> one.status() == status).count();
  }
}
