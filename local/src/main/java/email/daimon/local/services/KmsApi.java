package email.daimon.local.services;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * KMS as far as the functions use it, below the unmodified SDK: GenerateDataKeyWithoutPlaintext and
 * Decrypt with an encryption context (JSON 1.1 protocol), for one master key that a file holds.
 */
final class KmsApi implements SdkHttpClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private final byte[] masterKey;
  private final RandomGenerator random;

  private KmsApi(byte[] masterKey, RandomGenerator random) {
    this.masterKey = masterKey;
    this.random = random;
  }

  /**
   * With the master key of a file, which is made at the first start.
   *
   * @param file without it the key is forgotten at the end
   */
  static KmsApi open(Optional<Path> file, RandomGenerator random) {
    return new KmsApi(file.map(path -> kept(path, random)).orElseGet(() -> bytes(random)), random);
  }

  private static byte[] kept(Path file, RandomGenerator random) {
    try {
      if (Files.notExists(file)) {
        Path made = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(made);
        Files.createFile(made);
        if (Files.getFileStore(made).supportsFileAttributeView("posix")) {
          Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
        }
        Files.write(made, bytes(random));
        Files.move(made, file);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(RandomGenerator random) {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return answer(request);
      }

      @Override
      public void abort() {}
    };
  }

  @Override
  public void close() {}

  private HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
    String target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("");
    JsonNode body = read(request.contentStreamProvider());
    return switch (target) {
      case "TrentService.GenerateDataKeyWithoutPlaintext" -> generate(body);
      case "TrentService.Decrypt" -> decrypt(body);
      default -> refused("UnknownOperationException", "This KMS does not know " + target);
    };
  }

  private static JsonNode read(Optional<ContentStreamProvider> body) throws IOException {
    if (body.isEmpty()) {
      return JSON.createObjectNode();
    }
    try (InputStream in = body.get().newStream()) {
      return JSON.readTree(in);
    }
  }

  private HttpExecuteResponse generate(JsonNode body) {
    byte[] key = bytes(random);
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, body).doFinal(key);
      byte[] blob = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, blob, NONCE_BYTES, sealed.length);
      return response(200, named(body).put("CiphertextBlob", text(blob)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  private HttpExecuteResponse decrypt(JsonNode body) {
    byte[] blob = Base64.getDecoder().decode(body.path("CiphertextBlob").asText());
    try {
      byte[] key =
          cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(blob, NONCE_BYTES), body)
              .doFinal(blob, NONCE_BYTES, blob.length - NONCE_BYTES);
      return response(200, named(body).put("Plaintext", text(key)));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return refused("InvalidCiphertextException", "not of this key and encryption context");
    }
  }

  private Cipher cipher(int mode, byte[] nonce, JsonNode body) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(masterKey, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    TreeMap<String, String> context = new TreeMap<>();
    body.path("EncryptionContext")
        .properties()
        .forEach(pair -> context.put(pair.getKey(), pair.getValue().asText()));
    cipher.updateAAD(context.toString().getBytes(UTF_8));
    return cipher;
  }

  private static ObjectNode named(JsonNode body) {
    return JSON.createObjectNode().put("KeyId", body.path("KeyId").asText());
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static HttpExecuteResponse refused(String type, String message) {
    return response(400, JSON.createObjectNode().put("__type", type).put("message", message));
  }

  private static HttpExecuteResponse response(int status, ObjectNode body) {
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder()
                .statusCode(status)
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .build())
        .responseBody(
            AbortableInputStream.create(new ByteArrayInputStream(body.toString().getBytes(UTF_8))))
        .build();
  }
}
