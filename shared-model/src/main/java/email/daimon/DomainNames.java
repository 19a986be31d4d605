package email.daimon;

import java.net.IDN;
import java.util.Locale;

/** Domain names as A-labels (RFC 5890 2.3.2.1). */
public final class DomainNames {
  private static final int LONGEST_LABEL = 63;

  private DomainNames() {}

  /**
   * A name as A-labels in lower case, as {@link IDN#toASCII(String, int)} makes them. One of
   * letters, digits and inner hyphens, as nearly all are, does without IDN: a function that starts
   * need not load its classes and tables.
   *
   * @param flags of {@link IDN}
   * @throws IllegalArgumentException where it cannot be one
   */
  public static String ascii(String name, int flags) {
    String ascii = isPlain(name) ? name : IDN.toASCII(name, flags);
    return ascii.toLowerCase(Locale.ROOT);
  }

  private static boolean isPlain(String name) {
    int label = 0;
    for (int i = 0; i <= name.length(); i++) {
      char c = i < name.length() ? name.charAt(i) : '.';
      if (c == '.') {
        if (i == label || i - label > LONGEST_LABEL) {
          return false;
        }
        label = i + 1;
      } else if (!isLetterOrDigit(c) && (c != '-' || !isWithin(name, label, i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWithin(String name, int label, int at) {
    return at > label && at + 1 < name.length() && name.charAt(at + 1) != '.';
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
