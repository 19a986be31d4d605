package email.daimon.functions.secrets;

import static java.util.Objects.requireNonNull;

import email.daimon.model.SealedBytes;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/** Data keys from KMS, bound to their account by the encryption context. */
public final class KmsDataKeys implements DataKeys {
  private static final String CONTEXT = "account_id";
  private final Supplier<KmsClient> kms;
  private final String keyId;

  /** With a client that is made when a key is asked for. */
  public KmsDataKeys(Supplier<KmsClient> kms, String keyId) {
    this.kms = requireNonNull(kms, "kms is null");
    this.keyId = requireNonNull(keyId, "keyId is null");
  }

  @Override
  public SealedBytes make(String accountId) {
    var made =
        kms.get()
            .generateDataKeyWithoutPlaintext(key ->
                key.keyId(keyId)
                    .keySpec(DataKeySpec.AES_256)
                    .encryptionContext(Map.of(CONTEXT, accountId)));
    return new SealedBytes(made.ciphertextBlob().asByteArray());
  }

  @Override
  public byte[] open(String accountId, SealedBytes encrypted) {
    try {
      return kms.get()
          .decrypt(key ->
              key.keyId(keyId)
                  .ciphertextBlob(SdkBytes.fromByteArray(encrypted.bytes()))
                  .encryptionContext(Map.of(CONTEXT, accountId)))
          .plaintext()
          .asByteArray();
    } catch (InvalidCiphertextException e) {
      throw new SecretException("the data key of " + accountId + " does not open", e);
    }
  }
}
