package email.daimon.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Encrypts a kept reply with a key that follows from the caller's Idempotency-Key (HKDF, RFC 5869;
 * AES-GCM, NIST SP 800-38D): a reply may hold an API key, and the tables hold neither of them.
 */
final class SealedReply {
  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BYTES = 32;
  private static final String CIPHER = "AES/GCM/NoPadding";
  private final RandomGenerator random;

  SealedReply(RandomGenerator random) {
    this.random = random;
  }

  String seal(byte[] reply, String idempotencyKey, String claimHash) {
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(
          Cipher.ENCRYPT_MODE, key(idempotencyKey, claimHash), new GCMParameterSpec(TAG_BITS, iv));
      byte[] sealed = cipher.doFinal(reply);
      byte[] kept = Arrays.copyOf(iv, IV_BYTES + sealed.length);
      System.arraycopy(sealed, 0, kept, IV_BYTES, sealed.length);
      return Base64.getEncoder().encodeToString(kept);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM and HKDF", e);
    }
  }

  byte[] open(String text, String idempotencyKey, String claimHash) {
    byte[] kept = Base64.getDecoder().decode(text);
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(
          Cipher.DECRYPT_MODE,
          key(idempotencyKey, claimHash),
          new GCMParameterSpec(TAG_BITS, kept, 0, IV_BYTES));
      return cipher.doFinal(kept, IV_BYTES, kept.length - IV_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a kept reply does not open with its own key", e);
    }
  }

  private static SecretKey key(String idempotencyKey, String claimHash)
      throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256")
        .deriveKey(
            "AES",
            HKDFParameterSpec.ofExtract()
                .addIKM(idempotencyKey.getBytes(UTF_8))
                .addSalt(claimHash.getBytes(UTF_8))
                .thenExpand("daimon kept reply".getBytes(UTF_8), KEY_BYTES));
  }
}
