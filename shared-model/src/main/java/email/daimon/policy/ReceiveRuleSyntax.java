package email.daimon.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How an entry of {@code receive_rules} may look: an address, a domain, or a domain with a leading
 * {@code @}. What is kept is in lower case, unquoted, with the domain as A-label; what it stands
 * for says {@link ReceiveGate}.
 */
public final class ReceiveRuleSyntax {
  /** Entries that one list may have. */
  public static final int MOST = 100;

  private static final Pattern DOMAIN =
      Pattern.compile("(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}");
  private static final int LONGEST = 254;

  private ReceiveRuleSyntax() {}

  /** The entry as it is kept; empty where it is neither an address nor a domain. */
  public static Optional<String> normal(String entry) {
    String text = entry.strip();
    if (text.isEmpty() || text.length() > LONGEST) {
      return Optional.empty();
    }
    int at = text.lastIndexOf('@');
    Optional<String> domain =
        OwnAddress.domain(text.substring(at + 1)).filter(d -> DOMAIN.matcher(d).matches());
    if (at <= 0) {
      return domain;
    }
    String local = OwnAddress.unquoted(text.substring(0, at)).toLowerCase(Locale.ROOT);
    boolean printable = local.chars().allMatch(c -> c > ' ' && c != '@' && c != 0x7f);
    return printable ? domain.map(d -> local + "@" + d) : Optional.empty();
  }
}
