package email.daimon.mime;

import email.daimon.model.Protection;

/**
 * PGP armour within a text (RFC 9580, 6.2 and 7): found at the beginning of lines, so that a quoted
 * one is none.
 */
public final class InlinePgp {
  private static final String MESSAGE = "-----BEGIN PGP MESSAGE-----";
  private static final String SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----";
  private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
  private static final String SIGNATURE_END = "-----END PGP SIGNATURE-----";

  private InlinePgp() {}

  /** How the text is protected; encrypted where a piece of it is. */
  public static Protection protection(String text) {
    if (text.indexOf("-----BEGIN PGP ") < 0) {
      return Protection.NONE;
    }
    if (lineAt(text, MESSAGE, 0) >= 0) {
      return Protection.PGP_INLINE_ENCRYPTED;
    }
    int signed = lineAt(text, SIGNED, 0);
    return signed >= 0 && lineAt(text, SIGNATURE, signed) > signed
        ? Protection.PGP_INLINE_SIGNED
        : Protection.NONE;
  }

  /**
   * The text without the lines of its signatures, as its author wrote it: what comes before and
   * after them stays.
   */
  public static String unwrapped(String text) {
    int signed = text.indexOf(SIGNED) < 0 ? -1 : lineAt(text, SIGNED, 0);
    if (signed < 0) {
      return text;
    }
    StringBuilder read = new StringBuilder(text.length());
    int at = 0;
    while (signed >= 0) {
      int signature = lineAt(text, SIGNATURE, signed);
      if (signature < 0) {
        break;
      }
      read.append(text, at, signed);
      signedText(text, afterHeaders(text, signed), signature, read);
      int last = lineAt(text, SIGNATURE_END, signature);
      at = last < 0 ? text.length() : nextLine(text, last);
      signed = lineAt(text, SIGNED, at);
    }
    return read.append(text, at, text.length()).toString();
  }

  /** {@code Hash: SHA512} and the like, up to an empty line. */
  private static int afterHeaders(String text, int armour) {
    int at = nextLine(text, armour);
    while (at < text.length()) {
      int next = nextLine(text, at);
      String line = text.substring(at, Math.min(next, at + 200)).strip();
      if (line.isEmpty()) {
        return next;
      }
      if (!line.startsWith("Hash:") && !line.startsWith("Charset:")) {
        return at;
      }
      at = next;
    }
    return at;
  }

  /** Lines that begin with a dash were given another before them (RFC 9580, 7.2). */
  private static void signedText(String text, int from, int to, StringBuilder read) {
    int at = from;
    while (at < to) {
      int next = Math.min(to, nextLine(text, at));
      read.append(text, text.startsWith("- ", at) ? at + 2 : at, next);
      at = next;
    }
  }

  private static int nextLine(String text, int at) {
    int lineEnd = text.indexOf('\n', at);
    return lineEnd < 0 ? text.length() : lineEnd + 1;
  }

  /** Where a line that is nothing but this begins, or -1. */
  private static int lineAt(String text, String wanted, int from) {
    int at = text.indexOf(wanted, from);
    while (at >= 0) {
      int end = at + wanted.length();
      while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
        end++;
      }
      boolean alone = end == text.length() || text.charAt(end) == '\n';
      if (alone && (at == 0 || text.charAt(at - 1) == '\n')) {
        return at;
      }
      at = text.indexOf(wanted, end);
    }
    return -1;
  }
}
