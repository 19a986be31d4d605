package email.daimon.functions.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs the very bytes that are sent, twice over: by the Standard Webhooks specification 1.0, with
 * one signature for each secret while one is being replaced; and as {@code X-Daimon-Signature},
 * which has room for one and is of the newest secret. The key of the first is what the secret
 * decodes to, of the second the whole text.
 */
final class Signing {
  private static final String PREFIX = "whsec_";
  private static final String HMAC = "HmacSHA256";

  private Signing() {}

  /**
   * @param secrets {@code whsec_} and base64, the newest first, at least one
   */
  static Map<String, String> headers(
      List<String> secrets, String eventId, Instant now, byte[] body) {
    String timestamp = Long.toString(now.getEpochSecond());
    byte[] front = (eventId + "." + timestamp + ".").getBytes(UTF_8);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", eventId);
    headers.put("webhook-timestamp", timestamp);
    headers.put(
        "webhook-signature",
        secrets.stream()
            .map(secret -> "v1," + base64(hmac(decoded(secret), front, body)))
            .collect(Collectors.joining(" ")));
    headers.put(
        "X-Daimon-Signature",
        "sha256=" + HexFormat.of().formatHex(hmac(secrets.getFirst().getBytes(UTF_8), body)));
    return headers;
  }

  private static byte[] decoded(String secret) {
    return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }
}
