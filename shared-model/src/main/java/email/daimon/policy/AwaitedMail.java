package email.daimon.policy;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Message;
import java.util.Locale;
import java.util.Optional;

/**
 * The mail that somebody waits for (rules 3.8). Anybody can write any sender's name into a mail, so
 * whoever names the sender gets only mail whose sender is verified, unless told otherwise.
 *
 * @param from a bare address, or a domain that stands for all its addresses; without case
 * @param subject a part of the subject, without case
 */
public record AwaitedMail(
    Optional<String> from, Optional<String> subject, boolean allowUnverified) {
  public AwaitedMail {
    requireNonNull(from, "from is null");
    requireNonNull(subject, "subject is null");
  }

  /** Whether a mail says to be the one. */
  public boolean fits(Message message) {
    return from.map(wanted -> sentBy(message.from(), wanted)).orElse(true)
        && subject.map(wanted -> lower(message.subject()).contains(lower(wanted))).orElse(true);
  }

  /** Whether one that fits may be taken for it. */
  public boolean believes(Message message) {
    return from.isEmpty() || allowUnverified || message.verifiedSender();
  }

  private static boolean sentBy(String sender, String wanted) {
    String address = lower(sender);
    return wanted.indexOf('@') > 0
        ? address.equals(lower(wanted))
        : address.endsWith("@" + lower(wanted.startsWith("@") ? wanted.substring(1) : wanted));
  }

  private static String lower(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
