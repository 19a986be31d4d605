package email.daimon.compose;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The boundaries of a mail's multiparts (RFC 2046, 5.1.1), the same for the same mail. They begin
 * with {@code =_}, which neither base64 nor quoted-printable can hold.
 *
 * @param mark what all of them share
 */
record Boundaries(String mark) {
  private static final int HASH_BYTES = 12;

  /** The first, made from the Message-ID, that nothing within could hold. */
  static Boundaries of(String messageId, Part within) throws IOException {
    int round = 0;
    Boundaries boundaries = made(messageId, round);
    while (within.holds(boundaries.mark)) {
      boundaries = made(messageId, ++round);
    }
    return boundaries;
  }

  static Boundaries made(String messageId, int round) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha256.digest((messageId + '\n' + round).getBytes(UTF_8));
      return new Boundaries("=_" + HexFormat.of().formatHex(hash, 0, HASH_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Of the one multipart of a subtype; none is the beginning of another. */
  String of(String subtype) {
    return mark + '_' + subtype.charAt(0);
  }
}
