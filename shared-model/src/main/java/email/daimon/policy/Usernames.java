package email.daimon.policy;

import email.daimon.DataFile;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which local parts an inbox may have: 3 to 32 lower-case letters, digits and hyphens, the first
 * and last no hyphen, and none that belongs to the operator ({@code reserved-usernames.txt}).
 */
public final class Usernames {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{1,30}[a-z0-9]");
  private static final Set<String> RESERVED =
      Set.copyOf(DataFile.lines(Usernames.class, "reserved-usernames.txt"));

  private Usernames() {}

  public static boolean wellFormed(String username) {
    return FORM.matcher(username).matches();
  }

  /** Whether the operator of the domain gets this local part's mail, in any case. */
  public static boolean reserved(String localPart) {
    String name = localPart.toLowerCase(Locale.ROOT);
    return RESERVED.contains(name)
        || RESERVED.stream()
            .anyMatch(entry ->
                entry.endsWith("*") && name.startsWith(entry.substring(0, entry.length() - 1)));
  }
}
