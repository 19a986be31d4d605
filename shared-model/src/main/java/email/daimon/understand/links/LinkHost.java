package email.daimon.understand.links;

import email.daimon.DataFile;
import email.daimon.understand.RegistrableDomain;
import java.lang.Character.UnicodeScript;
import java.net.IDN;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The host of an address.
 *
 * @param name lower case, as A-labels
 * @param domain under which it was registered
 * @param tracking whether clicks are counted there
 * @param social whether it is a network or an app store
 * @param suspicion what should make a reader careful of the name
 */
record LinkHost(
    String name, String domain, boolean tracking, boolean social, Optional<String> suspicion) {
  private static final Set<String> TRACKERS = set("trackers.txt");
  private static final Set<String> TRACKER_LABELS = set("tracker-labels.txt");
  private static final Set<String> SOCIAL = set("social.txt");
  private static final Map<Character, Character> CONFUSABLE = confusable();
  private static final int LONGEST = 255;

  /** Of an http or https address. */
  static LinkHost of(String address) {
    String name = nameOf(address);
    boolean plain = isAscii(name) && !name.contains("xn--");
    String unicode = plain ? name : IDN.toUnicode(name, IDN.ALLOW_UNASSIGNED);
    return new LinkHost(
        name,
        isNumeric(name) ? name : RegistrableDomain.of(name),
        isTracker(name),
        isUnder(name, SOCIAL),
        suspicion(address, name, unicode));
  }

  /** Between the scheme and the path, without user and port. */
  static String nameOf(String address) {
    String host = authority(address);
    host = host.substring(host.lastIndexOf('@') + 1);
    int port = host.startsWith("[") ? host.indexOf("]:") + 1 : host.indexOf(':');
    host = port > 0 ? host.substring(0, port) : host;
    host = host.length() > LONGEST ? host.substring(0, LONGEST) : host;
    host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    String lower = host.toLowerCase(Locale.ROOT);
    return isAscii(lower) ? lower : ascii(lower);
  }

  private static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String authority(String address) {
    int from = address.indexOf("//") + 2;
    int end = from;
    while (end < address.length() && "/?#\\".indexOf(address.charAt(end)) < 0) {
      end++;
    }
    return address.substring(Math.min(from, end), end);
  }

  private static String ascii(String host) {
    try {
      return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException noName) {
      return host;
    }
  }

  private static boolean isTracker(String name) {
    int dot = name.indexOf('.');
    boolean under = dot > 0 && name.indexOf('.', dot + 1) > 0;
    String first = dot > 0 ? name.substring(0, dot) : name;
    return isUnder(name, TRACKERS)
        || (under && (TRACKER_LABELS.contains(first) || isNumbered(first)));
  }

  /** Such as url1234, the label of one large sender. */
  private static boolean isNumbered(String label) {
    return label.startsWith("url")
        && label.length() > 3
        && label.chars().skip(3).allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isUnder(String name, Set<String> domains) {
    String at = name;
    while (!domains.contains(at)) {
      int dot = at.indexOf('.');
      if (dot < 0) {
        return false;
      }
      at = at.substring(dot + 1);
    }
    return true;
  }

  private static Optional<String> suspicion(String address, String name, String unicode) {
    if (authority(address).indexOf('@') >= 0) {
      return Optional.of("userinfo");
    }
    if (isNumeric(name)) {
      return Optional.of("ip_address");
    }
    boolean encoded = name.contains("xn--") || !name.equals(unicode);
    if (!encoded) {
      return Optional.empty();
    }
    for (String label : unicode.split("\\.")) {
      if (deceives(label)) {
        return Optional.of("homograph");
      }
    }
    return Optional.of("punycode");
  }

  /** Digits and dots alone, hexadecimal, or an IPv6 address. */
  private static boolean isNumeric(String name) {
    if (name.isEmpty() || name.startsWith("[")) {
      return !name.isEmpty();
    }
    String last = name.substring(name.lastIndexOf('.') + 1);
    boolean hexadecimal = last.startsWith("0x");
    return hexadecimal || (!last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9'));
  }

  /** Scripts mixed in one label beyond those that one language mixes, or all letters look Latin. */
  private static boolean deceives(String label) {
    Set<UnicodeScript> scripts = new HashSet<>();
    boolean foreign = false;
    boolean all = true;
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      if (c < 0x80 || !Character.isLetter(c)) {
        scripts.add(Character.isLetter(c) ? UnicodeScript.LATIN : UnicodeScript.COMMON);
        continue;
      }
      foreign |= CONFUSABLE.containsKey(c);
      all &= CONFUSABLE.containsKey(c);
      scripts.add(UnicodeScript.of(c));
    }
    scripts.remove(UnicodeScript.COMMON);
    boolean alphabets =
        scripts.contains(UnicodeScript.CYRILLIC)
            || scripts.contains(UnicodeScript.GREEK)
            || scripts.contains(UnicodeScript.ARMENIAN);
    return (scripts.size() > 1 && alphabets) || (foreign && all);
  }

  private static Set<String> set(String file) {
    return Set.copyOf(DataFile.lines(LinkHost.class, file));
  }

  private static Map<Character, Character> confusable() {
    Map<Character, Character> letters = new HashMap<>();
    DataFile.lines(LinkHost.class, "confusables.txt")
        .forEach(line -> letters.put(line.charAt(0), line.charAt(2)));
    return Map.copyOf(letters);
  }
}
