package email.daimon.compose;

import static java.util.Objects.requireNonNull;

import email.daimon.DomainNames;
import email.daimon.compose.InvalidMailboxException.Kind;
import java.net.IDN;

/** Reads one string of a caller as one mailbox, strictly: what is doubtful is refused. */
final class MailboxParser {
  private static final int SHOWN = 80;
  // IDNA 2003, which the JDK knows, maps these to other names than IDNA 2008 does.
  private static final String DEVIATIONS = "\u00df\u1e9e\u03c2\u200c\u200d";

  private final String text;

  MailboxParser(String text) {
    this.text = requireNonNull(text, "text is null").strip();
    if (this.text.isEmpty()) {
      throw new InvalidMailboxException(Kind.EMPTY, "There is no address.");
    }
    checkCharacters(text, "An address");
  }

  Mailbox mailbox() {
    int open = unquoted("<", 0);
    int separator = unquoted(",;", 0);
    if (separator >= 0) {
      throw new InvalidMailboxException(
          Kind.LIST,
          "One string names one mailbox: give several as an array, and put a name that holds a"
              + " comma or semicolon in quotes. Got "
              + shown());
    }
    if (open < 0) {
      return bare();
    }
    if (!text.endsWith(">") || unquoted("<>", open + 1) != text.length() - 1) {
      throw syntax("the brackets do not enclose one address");
    }
    Mailbox address = new MailboxParser(text.substring(open + 1, text.length() - 1)).bare();
    return new Mailbox(
        address.localPart(), address.domain(), name(text.substring(0, open).strip()));
  }

  /** {@code local@domain} and nothing else. */
  Mailbox bare() {
    int at = text.lastIndexOf('@');
    if (at < 0) {
      throw syntax("there is no @");
    }
    String local = text.substring(0, at);
    if (local.isEmpty()) {
      throw syntax("there is nothing before the @");
    }
    if (local.startsWith("\"")) {
      local = name(local);
    } else if (isAscii(local) && !Mailbox.isDotAtom(local)) {
      throw syntax("what stands before the @ must be in quotes");
    }
    checkLocalPart(local);
    return new Mailbox(local, domain(text.substring(at + 1)), "");
  }

  static void checkLocalPart(String local) {
    if (local.isEmpty()) {
      throw new InvalidMailboxException(Kind.SYNTAX, "The local part is empty.");
    }
    checkCharacters(local, "A local part");
    if (!isAscii(local)) {
      throw new InvalidMailboxException(
          Kind.NEEDS_SMTPUTF8,
          "The part before the @ is not ASCII, which the mail's next hop does not take: " + local);
    }
    if (local.length() > Mailbox.LONGEST_LOCAL_PART) {
      throw new InvalidMailboxException(
          Kind.TOO_LONG,
          "The part before the @ has at most " + Mailbox.LONGEST_LOCAL_PART + " characters.");
    }
  }

  static void checkName(String name) {
    checkCharacters(name, "A name");
    if (name.length() > Mailbox.LONGEST_NAME) {
      throw new InvalidMailboxException(
          Kind.TOO_LONG, "A name has at most " + Mailbox.LONGEST_NAME + " characters.");
    }
  }

  /** Lower-case A-labels (RFC 5890); an address literal is no domain. */
  static String domain(String domain) {
    if (domain.chars().anyMatch(c -> DEVIATIONS.indexOf(c) >= 0)) {
      throw new InvalidMailboxException(
          Kind.SYNTAX,
          "The domain has a character that old and new rules turn into different names: write it"
              + " as A-labels (xn--…). Got "
              + domain);
    }
    String ascii;
    try {
      ascii = DomainNames.ascii(domain, IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES);
    } catch (IllegalArgumentException _) {
      throw new InvalidMailboxException(Kind.SYNTAX, "No domain: " + shown(domain));
    }
    if (ascii.length() > Mailbox.LONGEST_DOMAIN) {
      throw new InvalidMailboxException(
          Kind.TOO_LONG, "A domain has at most " + Mailbox.LONGEST_DOMAIN + " characters.");
    }
    if (ascii.isEmpty() || ascii.endsWith(".") || !isAscii(ascii)) {
      throw new InvalidMailboxException(Kind.SYNTAX, "No domain: " + shown(domain));
    }
    return ascii;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 128);
  }

  private static void checkCharacters(String text, String what) {
    boolean bad =
        text.codePoints()
            .anyMatch(c ->
                Character.isISOControl(c)
                    || c == 0x2028
                    || c == 0x2029
                    || Character.getType(c) == Character.SURROGATE);
    if (bad) {
      throw new InvalidMailboxException(
          Kind.CONTROL_CHARACTER, what + " stands on one line, without control characters.");
    }
  }

  /** A phrase with its quotes taken off. */
  private String name(String phrase) {
    StringBuilder plain = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < phrase.length(); i++) {
      char c = phrase.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted && i + 1 < phrase.length()) {
        plain.append(phrase.charAt(++i));
      } else {
        plain.append(c);
      }
    }
    if (quoted) {
      throw syntax("a quote does not end");
    }
    return plain.toString().strip();
  }

  /** Where one of the characters stands outside quotes, or -1. */
  private int unquoted(String wanted, int from) {
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (!quoted && i >= from && wanted.indexOf(c) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private InvalidMailboxException syntax(String why) {
    return new InvalidMailboxException(
        Kind.SYNTAX,
        "A mailbox is name@example.com or Name <name@example.com>; " + why + " in " + shown());
  }

  private String shown() {
    return shown(text);
  }

  private static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
