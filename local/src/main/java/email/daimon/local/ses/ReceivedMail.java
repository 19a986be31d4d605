package email.daimon.local.ses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * The envelope of an accepted mail.
 *
 * @param id as SES makes them: 40 lower-case letters and digits
 * @param receivedMillis when the mail was accepted, in milliseconds of the platform's clock
 * @param sender of MAIL FROM; empty for a bounce
 * @param recipients of RCPT TO, in order
 * @param client name (of EHLO) and address of the server that handed the mail over
 */
public record ReceivedMail(
    String id,
    long receivedMillis,
    String sender,
    List<String> recipients,
    Client client,
    Verdicts verdicts) {
  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuv";
  private static final int ID_LENGTH = 40;

  /** Who handed the mail over. */
  public record Client(String name, String address) {
    public Client {
      Objects.requireNonNull(name);
      Objects.requireNonNull(address);
    }
  }

  public ReceivedMail {
    Objects.requireNonNull(id);
    Objects.requireNonNull(sender);
    recipients = List.copyOf(recipients);
    Objects.requireNonNull(client);
    Objects.requireNonNull(verdicts);
  }

  @JsonIgnore
  public Instant receivedAt() {
    return Instant.ofEpochMilli(receivedMillis);
  }

  /** The id that the same name always gets. */
  static String idOf(String name) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
      String digits = new BigInteger(1, hash).toString(ALPHABET.length());
      return "0".repeat(Math.max(0, ID_LENGTH - digits.length()))
          + digits.substring(0, Math.min(ID_LENGTH, digits.length()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public static String newId(RandomGenerator random) {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
