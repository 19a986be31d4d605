package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/**
 * A code that the reader of a mail is to type, to prove who they are or to collect something.
 *
 * @param value as it is to be typed, leading zeros kept; a text, not a number
 * @param kind {@code otp} typed to prove who the reader is, {@code link_code} to link a device or
 *     an application, {@code alternative} the second best of several candidates
 * @param confidence that it is one, 0 to 1
 * @param where it stands: {@code subject}, {@code body}, or {@code forwarded} in a mail that was
 *     passed on
 * @param expiresHint how long it lasts, in the mail's own words, up to 100 characters
 */
public record MailCode(
    String value, Kind kind, double confidence, String where, Optional<String> expiresHint) {
  /** Most that are kept of a mail. */
  public static final int MOST = 5;

  public MailCode {
    requireNonNull(value, "value is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(where, "where is null");
    requireNonNull(expiresHint, "expiresHint is null");
  }

  /**
   * The id of a code: the same each time.
   *
   * @param messageId of the message that holds it
   * @param position among the codes of the message
   */
  public String id(String messageId, int position) {
    return Ids.deterministic("code", messageId, Integer.toString(position));
  }

  /** What a code is for. */
  public enum Kind {
    /** Proves who types it. */
    OTP,
    /** Links a device or an application. */
    LINK_CODE,
    /** Another candidate beside a better one. */
    ALTERNATIVE;

    /** As the API spells it. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
