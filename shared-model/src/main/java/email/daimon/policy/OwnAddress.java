package email.daimon.policy;

import static java.util.Objects.requireNonNull;

import email.daimon.DomainNames;
import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * An address of ours as a sender may write it, brought to one form: no case, the domain as A-label
 * (RFC 5890), the quoted form unquoted (RFC 5321 4.1.2), {@code user+tag} parted.
 *
 * @param localPart in lower case, without tag
 * @param domain as A-label in lower case
 * @param tag what stood behind the first plus, as written
 */
public record OwnAddress(String localPart, String domain, Optional<String> tag) {
  public OwnAddress {
    requireNonNull(localPart, "localPart is null");
    requireNonNull(domain, "domain is null");
    requireNonNull(tag, "tag is null");
  }

  /** Reads a bare address; empty where it has no local part or no domain. */
  public static Optional<OwnAddress> parse(String address) {
    int at = address.lastIndexOf('@');
    if (at <= 0 || at == address.length() - 1) {
      return Optional.empty();
    }
    String local = unquoted(address.substring(0, at));
    int plus = local.indexOf('+');
    Optional<String> tag = plus > 0 ? Optional.of(local.substring(plus + 1)) : Optional.empty();
    String name = (plus > 0 ? local.substring(0, plus) : local).toLowerCase(Locale.ROOT);
    return domain(address.substring(at + 1)).map(domain -> new OwnAddress(name, domain, tag));
  }

  /** Whether two bare addresses are forms of one. */
  public static boolean same(String one, String other) {
    return parse(one).map(OwnAddress::text).equals(parse(other).map(OwnAddress::text))
        && parse(one).isPresent();
  }

  /** A domain as A-label in lower case; empty where it cannot be one. */
  public static Optional<String> domain(String domain) {
    try {
      String ascii = DomainNames.ascii(domain.strip(), IDN.ALLOW_UNASSIGNED);
      return ascii.isEmpty() ? Optional.empty() : Optional.of(ascii);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** {@code local@domain}, without tag. */
  public String text() {
    return localPart + "@" + domain;
  }

  static String unquoted(String local) {
    if (local.length() < 2 || !local.startsWith("\"") || !local.endsWith("\"")) {
      return local;
    }
    return local.substring(1, local.length() - 1).replaceAll("\\\\(.)", "$1");
  }
}
