package email.daimon.understand;

import com.google.common.net.InternetDomainName;
import java.net.IDN;
import java.util.Locale;

/** The organisational domain by the public suffix list, {@code example.co.uk} of {@code a.b.…}. */
public final class RegistrableDomain {
  private RegistrableDomain() {}

  /**
   * The domain under which a name was registered, lower case, as A-labels. A name that is no
   * domain, or itself a public suffix, stands for itself.
   */
  public static String of(String domain) {
    String ascii = ascii(domain);
    try {
      InternetDomainName name = InternetDomainName.from(ascii);
      return name.isUnderPublicSuffix() ? name.topPrivateDomain().toString() : ascii;
    } catch (IllegalArgumentException noDomain) {
      return ascii;
    }
  }

  /** Whether a name lies under a suffix of the list: it may be a host's. */
  public static boolean isKnown(String domain) {
    String ascii = ascii(domain);
    return InternetDomainName.isValid(ascii)
        && InternetDomainName.from(ascii).isUnderPublicSuffix();
  }

  /** Whether two names belong to one organisation: relaxed alignment (RFC 7489, 3.1). */
  public static boolean aligned(String one, String other) {
    return !one.isEmpty() && !other.isEmpty() && of(one).equals(of(other));
  }

  /** As nearly all are: {@link IDN} gives back the same. */
  private static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String ascii(String domain) {
    String name = domain.strip().toLowerCase(Locale.ROOT);
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (isPlain(bare)) {
      return bare;
    }
    try {
      return IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException noDomain) {
      return bare;
    }
  }
}
