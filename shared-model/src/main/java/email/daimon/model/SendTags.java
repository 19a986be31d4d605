package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * What names a mail to the transport, and comes back in its reports. Amazon SES takes letters,
 * digits, {@code _} and {@code -} in a tag (API v2, MessageTag).
 *
 * @param attempt the one call that these tags went with: a report settles no other
 */
public record SendTags(String accountId, String inboxId, MessageKey message, String attempt) {
  private static final String ACCOUNT = "account";
  private static final String INBOX = "inbox";
  private static final String MESSAGE = "message";
  private static final String ATTEMPT = "attempt";
  private static final int TIME_DIGITS = 13;

  public SendTags {
    requireNonNull(accountId, "accountId is null");
    requireNonNull(inboxId, "inboxId is null");
    requireNonNull(message, "message is null");
    requireNonNull(attempt, "attempt is null");
  }

  /** By name, as they go to the transport. */
  public Map<String, String> toMap() {
    return Map.of(
        ACCOUNT,
        accountId,
        INBOX,
        inboxId,
        MESSAGE,
        message.text().replace('#', '-'),
        ATTEMPT,
        attempt);
  }

  /** Reads tags that came back; empty where they are not ours. */
  public static Optional<SendTags> read(Map<String, String> tags) {
    String account = tags.getOrDefault(ACCOUNT, "");
    String inbox = tags.getOrDefault(INBOX, "");
    String attempt = tags.getOrDefault(ATTEMPT, "");
    String place = tags.getOrDefault(MESSAGE, "");
    boolean whole =
        !account.isEmpty()
            && !inbox.isEmpty()
            && !attempt.isEmpty()
            && place.matches("[0-9]{" + TIME_DIGITS + "}-msg_[0-9A-Za-z]+");
    if (!whole) {
      return Optional.empty();
    }
    MessageKey key =
        new MessageKey(
            Long.parseLong(place.substring(0, TIME_DIGITS)), place.substring(TIME_DIGITS + 1));
    return Optional.of(new SendTags(account, inbox, key, attempt));
  }
}
