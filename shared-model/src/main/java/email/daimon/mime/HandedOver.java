package email.daimon.mime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;

/**
 * The hash of a mail as its last server handed it over: without the leading fields that the
 * receiving side wrote (Return-Path, its one Received, X-SES-…, Received-SPF,
 * Authentication-Results), which differ from one delivery to the next.
 */
final class HandedOver implements HeaderReader.Listener {
  private static final byte[] LINE_END = {'\n'};

  private final MessageDigest digest = Hashes.sha256();
  private boolean leading = true;
  private int received;

  @Override
  public void line(byte[] bytes, int start, int end, boolean field) {
    if (field && leading) {
      leading = isOfReceivingSide(bytes, start, end);
    }
    if (!leading) {
      digest.update(bytes, start, end - start);
      digest.update(LINE_END);
    }
  }

  private boolean isOfReceivingSide(byte[] bytes, int start, int end) {
    int length = Math.min(HeaderBlock.nameEnd(bytes, start, end) - start, 40);
    String name =
        new String(bytes, start, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    return switch (name) {
      case "return-path", "received-spf", "authentication-results" -> true;
      case "received" -> ++received == 1;
      default -> name.startsWith("x-ses-");
    };
  }

  /** Call once, at the end. */
  String hash(byte[] bodyHash) {
    digest.update(bodyHash);
    return Hashes.hex(digest.digest());
  }
}
