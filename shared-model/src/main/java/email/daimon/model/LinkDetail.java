package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/**
 * What is known of one link of a mail. Its sender chose all of it.
 *
 * @param url http or https, as the mail has it
 * @param text what its reader sees of it; of a bare address the words before it; up to 300
 *     characters
 * @param kind what following it does
 * @param score how much speaks for a call to action; above {@link #WANTED} it is one
 * @param host of the address, lower case, as A-labels
 * @param domain the registrable domain of the host by the public suffix list
 * @param mismatch whether the visible text is an address of another domain
 * @param tracking whether the address is a known click tracker's
 * @param unwrapped the address within a redirecting one, such as of Safe Links
 * @param suspicion {@code punycode} of a host that is not ASCII, {@code homograph} of one that
 *     looks like another or mixes scripts, {@code ip_address}, {@code userinfo}
 */
public record LinkDetail(
    String url,
    String text,
    Kind kind,
    int score,
    String host,
    String domain,
    boolean mismatch,
    boolean tracking,
    Optional<String> unwrapped,
    Optional<String> suspicion) {
  /** The score above which a link is a call to action. */
  public static final int WANTED = 4;

  public LinkDetail {
    requireNonNull(url, "url is null");
    requireNonNull(text, "text is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(host, "host is null");
    requireNonNull(domain, "domain is null");
    requireNonNull(unwrapped, "unwrapped is null");
    requireNonNull(suspicion, "suspicion is null");
  }

  /** What following a link does. */
  public enum Kind {
    /** Proves an address or an account. */
    VERIFY,
    /** Sets a new password. */
    RESET,
    /** Opens a session. */
    LOGIN,
    /** Accepts an invitation. */
    INVITE,
    /** Agrees to what was asked for: an order, an appointment, a change. */
    CONFIRM,
    /** Ends a subscription. */
    UNSUBSCRIBE,
    /** Says that the reader did not ask for it. Never offered as the action. */
    DENY,
    /** All else. */
    OTHER;

    /** As the API spells it. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
