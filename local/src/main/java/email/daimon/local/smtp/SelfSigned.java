package email.daimon.local.smtp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * TLS with a key made here and a certificate signed by itself (RFC 5280, in DER). Mail servers
 * encrypt to such a certificate when they have no other rule for the domain.
 */
final class SelfSigned {
  private static final Duration LIFETIME = Duration.ofDays(365);
  private static final byte[] ECDSA_WITH_SHA256 =
      der(0x30, der(0x06, new byte[] {0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 4, 3, 2}));
  private static final byte[] COMMON_NAME = der(0x06, new byte[] {0x55, 4, 3});
  private static final DateTimeFormatter GENERALIZED =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private SelfSigned() {}

  static SSLContext context(String host, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "smtp", pair.getPrivate(), new char[0], new Certificate[] {certificate(pair, host, now)});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException("no TLS on this JDK", e);
    }
  }

  private static Certificate certificate(KeyPair pair, String host, Instant now)
      throws GeneralSecurityException {
    byte[] name =
        der(
            0x30,
            der(0x31, der(0x30, COMMON_NAME, der(0x0C, host.getBytes(StandardCharsets.UTF_8)))));
    byte[] body =
        der(
            0x30,
            der(0xA0, der(0x02, new byte[] {2})),
            der(0x02, BigInteger.valueOf(now.toEpochMilli()).toByteArray()),
            ECDSA_WITH_SHA256,
            name,
            der(0x30, time(now.minus(Duration.ofDays(1))), time(now.plus(LIFETIME))),
            name,
            pair.getPublic().getEncoded());
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(body);
    byte[] certificate =
        der(0x30, body, ECDSA_WITH_SHA256, der(0x03, new byte[] {0}, signature.sign()));
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(certificate));
  }

  private static byte[] time(Instant time) {
    return der(0x18, GENERALIZED.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  /** Tag, length, contents. */
  private static byte[] der(int tag, byte[]... contents) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] content : contents) {
      all.writeBytes(content);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (all.size() < 0x80) {
      out.write(all.size());
    } else {
      byte[] length = BigInteger.valueOf(all.size()).toByteArray();
      int skip = length[0] == 0 ? 1 : 0;
      out.write(0x80 | (length.length - skip));
      out.write(length, skip, length.length - skip);
    }
    out.writeBytes(all.toByteArray());
    return out.toByteArray();
  }
}
