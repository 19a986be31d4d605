package email.daimon.understand.links;

import email.daimon.DataFile;
import email.daimon.model.LinkDetail.Kind;
import email.daimon.understand.words.Vocabulary;
import email.daimon.understand.words.Vocabulary.Hit;
import email.daimon.understand.words.Words;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the path and the parameters of an address say. */
final class LinkPath {
  private static final Vocabulary<Sense> WORDS = Vocabulary.of(Sense.class, "paths.txt");
  private static final Set<String> SECRETS =
      Set.copyOf(DataFile.lines(LinkPath.class, "secrets.txt"));
  private static final int OPAQUE = 20;
  private static final int SHORT_OPAQUE = 6;
  private static final int LONGEST_PART = 100;
  private static final int MOST_PARTS = 60;

  private Kind kind = Kind.OTHER;
  private boolean never;
  private boolean token;
  private boolean verbBefore;

  private LinkPath(String address) {
    int start = address.indexOf('/', address.indexOf("//") + 2);
    int from = start < 0 ? address.length() : start + 1;
    boolean path = true;
    int parts = 0;
    for (int i = from; i <= address.length() && parts < MOST_PARTS; i++) {
      char c = i < address.length() ? address.charAt(i) : '/';
      if (c == '/' || c == '?' || c == '&' || c == '#' || c == ';') {
        part(address, from, i, path);
        path &= c != '?' && c != '#';
        from = i + 1;
        parts++;
      }
    }
  }

  static LinkPath of(String address) {
    return new LinkPath(address);
  }

  Kind kind() {
    return kind;
  }

  /** Whether it leads to help, terms, an article. */
  boolean never() {
    return never;
  }

  /** Whether it carries a secret. */
  boolean token() {
    return token;
  }

  private void part(String address, int from, int to, boolean path) {
    int equals = address.indexOf('=', from, to);
    boolean pair = !path && equals > 0;
    String name = address.substring(from, pair ? equals : to);
    if (pair) {
      boolean secret = SECRETS.contains(name.toLowerCase(Locale.ROOT));
      token |= secret && to - equals > SHORT_OPAQUE / 2 + 1;
      token |= isOpaque(address, equals + 1, to);
    } else {
      boolean drawn = to - from >= SHORT_OPAQUE && to - from < OPAQUE && isMixed(name);
      token |= (verbBefore && drawn) || isOpaque(address, from, to);
    }
    boolean says = name.length() <= LONGEST_PART && read(name, pair);
    verbBefore |= says && !pair;
  }

  /** Whether the whole part is made of known words and one of them is a verb. */
  private boolean read(String part, boolean parameter) {
    String words = Words.of(apart(part));
    List<Hit<Sense>> hits = WORDS.in(words);
    int covered = 0;
    Kind found = Kind.OTHER;
    boolean elsewhere = false;
    for (Hit<Sense> hit : hits) {
      covered += hit.end() - hit.start() + 1;
      switch (hit.meaning()) {
        case UNSUBSCRIBE -> kind = Kind.UNSUBSCRIBE;
        case VERIFY -> found = found == Kind.RESET ? found : Kind.VERIFY;
        case RESET -> found = Kind.RESET;
        case LOGIN -> found = found == Kind.OTHER ? Kind.LOGIN : found;
        case INVITE -> found = found == Kind.OTHER ? Kind.INVITE : found;
        case DENY -> found = Kind.DENY;
        case NEVER -> elsewhere = true;
        default -> {}
      }
    }
    boolean all = covered + 1 >= words.length();
    never |= elsewhere && all && !parameter;
    if (!all || found == Kind.OTHER || (parameter && found != Kind.RESET && found != Kind.VERIFY)) {
      return false;
    }
    boolean stronger = kind == Kind.OTHER || found == Kind.DENY || kind == Kind.LOGIN;
    if (kind != Kind.UNSUBSCRIBE && kind != Kind.DENY && stronger) {
      kind = found;
    }
    return true;
  }

  /** Words written as one, with capitals, are taken apart; an ending such as .html stays a word. */
  private static String apart(String part) {
    StringBuilder apart = new StringBuilder(part.length() + 4);
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (i > 0 && Character.isUpperCase(c) && Character.isLowerCase(part.charAt(i - 1))) {
        apart.append(' ');
      }
      apart.append(c);
    }
    return apart.toString();
  }

  private static boolean isMixed(String part) {
    boolean digit = false;
    boolean lower = false;
    boolean upperWithin = false;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      digit |= c >= '0' && c <= '9';
      lower |= c >= 'a' && c <= 'z';
      upperWithin |= i > 0 && c >= 'A' && c <= 'Z';
    }
    return digit || (lower && upperWithin);
  }

  /** A run of 20 characters that look drawn by lot: digits among letters, no words joined. */
  private static boolean isOpaque(String address, int from, int to) {
    int run = 0;
    int digits = 0;
    int capitals = 0;
    int slug = 0;
    for (int i = from; i < to; i++) {
      char c = address.charAt(i);
      boolean joint = c == '-' || c == '_' || c == '.' || c == '~';
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean digit = c >= '0' && c <= '9';
      if (!joint && !letter && !digit && c != '%' && c != '=' && c != '+') {
        run = 0;
        digits = 0;
        capitals = 0;
        slug = 0;
        continue;
      }
      run++;
      digits += digit ? 1 : 0;
      capitals += c >= 'A' && c <= 'Z' ? 1 : 0;
      slug += joint && isWordBefore(address, from, i) ? 1 : 0;
      if (run >= OPAQUE && slug < 2 && (digits >= 2 || capitals >= 3)) {
        return true;
      }
    }
    return false;
  }

  /** Three lower-case letters in a row before a joint: words, not a token. */
  private static boolean isWordBefore(String address, int from, int joint) {
    int letters = 0;
    for (int i = joint - 1; i >= from && letters < 3; i--) {
      char c = address.charAt(i);
      if (c < 'a' || c > 'z') {
        return false;
      }
      letters++;
    }
    return letters >= 2;
  }
}
