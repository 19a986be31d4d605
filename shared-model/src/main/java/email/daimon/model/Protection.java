package email.daimon.model;

import java.util.Locale;

/**
 * How a mail is signed or encrypted by S/MIME (RFC 8551), PGP/MIME (RFC 3156) or armour within its
 * text (RFC 9580, 7). Nothing is decrypted and no signature is verified: it is what the mail says
 * of itself.
 */
public enum Protection {
  /** Neither. */
  NONE,
  /** Signed; readable where the signature lies beside the text, not where it wraps it. */
  SMIME_SIGNED,
  /** Encrypted. */
  SMIME_ENCRYPTED,
  /** Compressed within a container that is not opened. */
  SMIME_COMPRESSED,
  /** Signed beside the text. */
  PGP_SIGNED,
  /** Encrypted. */
  PGP_ENCRYPTED,
  /** The text stands between lines of a signature. */
  PGP_INLINE_SIGNED,
  /** The text, or a piece of it, is encrypted. */
  PGP_INLINE_ENCRYPTED;

  /** As the API spells it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
