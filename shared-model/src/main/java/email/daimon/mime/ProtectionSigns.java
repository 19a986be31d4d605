package email.daimon.mime;

import email.daimon.model.Protection;
import java.util.Arrays;
import java.util.Optional;

/** Gathers from the parts of a mail how it is protected: the first that says so counts. */
final class ProtectionSigns {
  /** Bytes of a container in which its kind is looked for. */
  static final int BEGINNING = 64;

  /** Object identifiers of CMS (RFC 5652, RFC 3274, RFC 5083), behind their tag and length. */
  private static final byte[] PKCS7 = {42, (byte) 134, 72, (byte) 134, (byte) 247, 13, 1, 7};

  private static final byte[] SMIME = {42, (byte) 134, 72, (byte) 134, (byte) 247, 13, 1, 9, 16, 1};

  private Protection found = Protection.NONE;
  private boolean signedAside;

  Protection found() {
    return found;
  }

  /** Whether the signature lies beside what it signs, which can be read. */
  boolean signedAside() {
    return signedAside;
  }

  /** Looks at a part. */
  void see(PartHeader header) {
    if (found != Protection.NONE) {
      return;
    }
    String type = header.contentType();
    if (type.startsWith("text/")) {
      return;
    }
    found =
        switch (type) {
          case "multipart/signed" ->
              header.protocol().contains("pkcs7")
                  ? aside(Protection.SMIME_SIGNED)
                  : header.protocol().contains("pgp")
                      ? aside(Protection.PGP_SIGNED)
                      : Protection.NONE;
          case "application/pgp-signature" -> aside(Protection.PGP_SIGNED);
          case "application/pkcs7-signature", "application/x-pkcs7-signature" ->
              aside(Protection.SMIME_SIGNED);
          case "multipart/encrypted" ->
              header.protocol().contains("pkcs7")
                  ? Protection.SMIME_ENCRYPTED
                  : Protection.PGP_ENCRYPTED;
          // Exchange takes the multipart/encrypted from around its parts.
          case "application/pgp-encrypted" -> Protection.PGP_ENCRYPTED;
          default -> Protection.NONE;
        };
  }

  private Protection aside(Protection protection) {
    signedAside = true;
    return protection;
  }

  /**
   * Whether a part is a container of S/MIME: the mail itself, or by its name. Other files of that
   * type are documents that someone signed, such as invoices.
   */
  static boolean isContainer(String type, String name, boolean whole) {
    return switch (type) {
      case "application/pkcs7-mime", "application/x-pkcs7-mime" ->
          whole || name.equals("smime.p7m") || name.equals("smime.p7z");
      case "application/octet-stream" -> name.equals("smime.p7m");
      default -> false;
    };
  }

  /** Looks at the beginning of a container. */
  void container(Optional<String> smimeType, byte[] bytes, int length) {
    if (found == Protection.NONE) {
      found =
          switch (smimeType.orElse("")) {
            case "signed-data" -> Protection.SMIME_SIGNED;
            case "enveloped-data", "authenveloped-data" -> Protection.SMIME_ENCRYPTED;
            case "compressed-data" -> Protection.SMIME_COMPRESSED;
            case "certs-only" -> Protection.NONE;
            default -> byIdentifier(bytes, length);
          };
    }
  }

  private static Protection byIdentifier(byte[] bytes, int length) {
    int data = after(PKCS7, bytes, length);
    if (data >= 0) {
      return bytes[data] == 2 ? Protection.SMIME_SIGNED : Protection.SMIME_ENCRYPTED;
    }
    int other = after(SMIME, bytes, length);
    return other >= 0 && bytes[other] == 9
        ? Protection.SMIME_COMPRESSED
        : Protection.SMIME_ENCRYPTED;
  }

  /** Index of the byte behind an identifier, or -1. */
  private static int after(byte[] identifier, byte[] bytes, int length) {
    for (int i = 0; i + identifier.length < length; i++) {
      if (Arrays.equals(bytes, i, i + identifier.length, identifier, 0, identifier.length)) {
        return i + identifier.length;
      }
    }
    return -1;
  }
}
