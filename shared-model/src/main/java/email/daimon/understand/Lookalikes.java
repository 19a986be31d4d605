package email.daimon.understand;

import email.daimon.DataFile;
import email.daimon.model.Correspondent;
import java.net.IDN;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether an address that was never seen may be taken for one that is known: its domain looks like
 * the other's, or the person in front of it does.
 *
 * <p>Domains resemble each other where their names look the same letter by letter, differ in one
 * letter (in two from ten letters on), or where one wears the other's as a part of it. Persons do
 * where their local parts look the same at one domain, or local part and display name, or a display
 * name of several words, are the same at different ones.
 */
public final class Lookalikes {
  private static final int LONG_ENOUGH = 5;
  private static final int LONG = 10;
  private static final int LONGEST = 254;

  /** Names that everybody has. */
  private static final Set<String> ROLES =
      DataFile.lines(Lookalikes.class, "role-names.txt").stream()
          .map(Likeness::seen)
          .collect(Collectors.toUnmodifiableSet());

  private Lookalikes() {}

  /**
   * The known address that this one resembles.
   *
   * @param address bare, not among the known
   * @param name its display name
   */
  public static Optional<String> of(String address, String name, Collection<Correspondent> known) {
    if (address.length() > LONGEST) {
      return Optional.empty();
    }
    Look suspect = Look.of(address, name);
    return known.stream()
        .filter(Correspondent::worthImitating)
        .filter(one -> !one.address().equals(address))
        .filter(one -> suspect.resembles(Look.of(one.address(), one.name())))
        .map(Correspondent::address)
        .findFirst();
  }

  /**
   * How an address looks.
   *
   * @param local its local part, as it looks
   * @param domain the registrable domain, in lower case
   * @param chosen the part of it before the public suffix
   * @param label the same as it looks
   * @param name the display name, as it looks
   */
  private record Look(
      String local, String host, String domain, String chosen, String label, String name) {
    static Look of(String address, String name) {
      int at = address.lastIndexOf('@');
      String host = unicode(address.substring(at + 1));
      String domain = unicode(RegistrableDomain.of(address.substring(at + 1)));
      int dot = domain.indexOf('.');
      String chosen = dot < 0 ? domain : domain.substring(0, dot);
      return new Look(
          Likeness.seen(at < 0 ? "" : address.substring(0, at)),
          host,
          domain,
          chosen,
          Likeness.seen(chosen),
          Likeness.seen(name));
    }

    boolean resembles(Look other) {
      return domain.equals(other.domain)
          ? local.equals(other.local)
          : looksLikeDomain(other) || looksLikePerson(other);
    }

    private boolean looksLikeDomain(Look other) {
      if (("." + host).contains("." + other.domain + ".")) {
        // paypal.com.example.net
        return true;
      }
      if (chosen.equals(other.chosen)) {
        // The same name elsewhere is often the same house; with the same person in it, it is odd.
        return local.equals(other.local) && !isRole(local);
      }
      int shorter = Math.min(label.length(), other.label.length());
      return label.equals(other.label)
          || (shorter >= LONG_ENOUGH && Likeness.near(label, other.label, shorter >= LONG ? 2 : 1))
          || (other.label.length() >= LONG_ENOUGH && wears(other));
    }

    // paypal-secure.com
    private boolean wears(Look other) {
      return ("-" + label + "-").contains("-" + other.label + "-");
    }

    private boolean looksLikePerson(Look other) {
      boolean sameName = !name.isEmpty() && name.equals(other.name);
      return sameName && (severalWords(name) || (local.equals(other.local) && !isRole(local)));
    }

    private static boolean severalWords(String name) {
      int blank = name.indexOf(' ');
      return blank > 1 && blank < name.length() - 2 && !isRole(name.substring(blank + 1));
    }

    private static boolean isRole(String word) {
      return ROLES.contains(word);
    }

    private static String unicode(String domain) {
      return IDN.toUnicode(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    }
  }
}
