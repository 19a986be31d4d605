package email.daimon.policy;

import email.daimon.model.Direction;
import email.daimon.model.Message;
import email.daimon.model.Outgoing.UnlessReplied;

/**
 * What takes back a mail that is to be sent unless somebody answers first: mail of somebody else
 * that came in. Automatic mail does so only for {@link UnlessReplied#ANYBODY}; flagged mail, which
 * may be forged, never.
 */
public final class Answers {
  private Answers() {}

  /**
   * Whether a message of the thread is such an answer.
   *
   * @param own the bare address that the waiting mail is sent from
   */
  public static boolean is(Message message, UnlessReplied unless, String own) {
    boolean somebodyElse =
        message.direction() == Direction.INBOUND
            && !message.flagged()
            && !OwnAddress.same(message.from(), own);
    return switch (unless) {
      case NOBODY -> false;
      case SOMEBODY -> somebodyElse && !message.automatic();
      case ANYBODY -> somebodyElse;
    };
  }
}
