package email.daimon.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells a receiver of webhooks whether a call is from us. Needs nothing but the JDK: copy it. Give
 * it the very bytes of the body, before any parser has seen them.
 */
public final class WebhookVerifier {
  private static final String PREFIX = "whsec_";
  private final String secret;
  private final Duration tolerance;

  /**
   * @param secret {@code whsec_…}, as it was shown when the webhook was made
   */
  public WebhookVerifier(String secret) {
    this(secret, Duration.ofMinutes(5));
  }

  /**
   * @param tolerance how far the call's time may be from the receiver's: a call that somebody has
   *     recorded is no good later
   */
  public WebhookVerifier(String secret, Duration tolerance) {
    if (!secret.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a secret begins with " + PREFIX);
    }
    this.secret = secret;
    this.tolerance = tolerance;
  }

  /**
   * By Standard Webhooks 1.0: the bytes, the event and the time are ours.
   *
   * @param id the header {@code webhook-id}
   * @param timestamp the header {@code webhook-timestamp}
   * @param signatures the header {@code webhook-signature}; more than one while a secret is rotated
   */
  public boolean verify(String id, String timestamp, String signatures, byte[] body, Instant now) {
    if (!timestamp.matches("[0-9]{1,12}")) {
      return false;
    }
    Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Duration.between(signed, now).abs().compareTo(tolerance) > 0) {
      return false;
    }
    byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    byte[] front = (id + "." + timestamp + ".").getBytes(UTF_8);
    String wanted = "v1," + Base64.getEncoder().encodeToString(hmac(key, front, body));
    boolean found = false;
    for (String signature : signatures.split(" ")) {
      found |= same(signature, wanted);
    }
    return found;
  }

  /**
   * By the one header {@code X-Daimon-Signature}: the bytes are ours. It says nothing of the time,
   * so whoever takes it alone looks at {@code event_id} too, and takes none twice.
   *
   * @param header {@code sha256=} and hex; hex alone is taken too
   */
  public boolean verify(String header, byte[] body) {
    String hex = header.startsWith("sha256=") ? header.substring("sha256=".length()) : header;
    return same(hex, HexFormat.of().formatHex(hmac(secret.getBytes(UTF_8), body)));
  }

  // In a time that says nothing of where they differ.
  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }
}
