package email.daimon.compose;

import static java.util.Objects.requireNonNull;

import email.daimon.compose.InvalidMailboxException.Kind;
import java.util.Locale;

/**
 * A mailbox that mail can be sent to (RFC 5322, 3.4), fit for a 7-bit wire.
 *
 * @param localPart ASCII, as written but for quotes, up to 64 characters
 * @param domain A-labels in lower case, up to 255 characters
 * @param name display name on one line, empty if there is none, up to 256 characters
 */
public record Mailbox(String localPart, String domain, String name) {
  static final int LONGEST_LOCAL_PART = 64;
  static final int LONGEST_DOMAIN = 255;
  // RFC 5321, 4.5.3.1.3: a path has 256 octets with its brackets.
  static final int LONGEST_ADDRESS = 254;
  static final int LONGEST_NAME = 256;

  /**
   * Checks what is handed in; {@link #parse} and {@link #of} bring it to this form.
   *
   * @throws InvalidMailboxException if it is no mailbox
   */
  public Mailbox {
    requireNonNull(localPart, "localPart is null");
    requireNonNull(domain, "domain is null");
    requireNonNull(name, "name is null");
    MailboxParser.checkLocalPart(localPart);
    if (!domain.equals(MailboxParser.domain(domain))) {
      throw new InvalidMailboxException(Kind.SYNTAX, "The domain is not in lower-case A-labels.");
    }
    if (quotedIfNeeded(localPart).length() + 1 + domain.length() > LONGEST_ADDRESS) {
      throw new InvalidMailboxException(
          Kind.TOO_LONG, "An address has at most " + LONGEST_ADDRESS + " characters.");
    }
    MailboxParser.checkName(name);
    name = OneLine.of(name);
  }

  /**
   * Reads one mailbox of a caller: {@code a@b}, {@code <a@b>}, {@code Name <a@b>}, {@code "Name"
   * <a@b>}.
   *
   * @throws InvalidMailboxException if the string is anything else, a list included
   */
  public static Mailbox parse(String text) {
    return new MailboxParser(text).mailbox();
  }

  /**
   * A bare address with a display name beside it, which may be empty.
   *
   * @throws InvalidMailboxException if the address is not a bare one, or the name not on one line
   */
  public static Mailbox of(String address, String name) {
    Mailbox bare = new MailboxParser(address).bare();
    return new Mailbox(bare.localPart, bare.domain, name);
  }

  /** {@code local@domain}; the local part quoted where it must be (RFC 5322, 3.4.1). */
  public String address() {
    return quotedIfNeeded(localPart) + '@' + domain;
  }

  /** Two mailboxes with the same key are one recipient: the address without case. */
  public String key() {
    return address().toLowerCase(Locale.ROOT);
  }

  static boolean isDotAtom(String text) {
    boolean wasDot = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' ? wasDot : !isAtomText(c)) {
        return false;
      }
      wasDot = c == '.';
    }
    return !wasDot;
  }

  /** RFC 5322, 3.2.3. */
  static boolean isAtomText(char c) {
    return c > ' ' && c < 127 && "()<>[]:;@\\,.\"".indexOf(c) < 0;
  }

  private static String quotedIfNeeded(String localPart) {
    return isDotAtom(localPart) ? localPart : quoted(localPart);
  }

  /** As a quoted-string (RFC 5322, 3.2.4). */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
