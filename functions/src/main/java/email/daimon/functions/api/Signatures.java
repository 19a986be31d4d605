package email.daimon.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.SigningSecrets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104) with the platform's secret, as base64url without padding. */
final class Signatures {
  private final SigningSecrets secrets;

  Signatures(SigningSecrets secrets) {
    this.secrets = requireNonNull(secrets, "secrets is null");
  }

  String sign(String text, Instant now) {
    return base64(mac(secrets.at(now).getFirst(), text));
  }

  boolean good(String text, String signature, Instant now) {
    byte[] given = signature.getBytes(UTF_8);
    return secrets.at(now).stream()
        .anyMatch(
            secret -> MessageDigest.isEqual(base64(mac(secret, text)).getBytes(UTF_8), given));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] mac(byte[] secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }
}
