package email.daimon.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Names of things: a prefix and 22 characters of 0-9A-Za-z. Nine characters of milliseconds, then
 * thirteen of randomness (77 bits) or of a hash: ids of one kind sort by the time they were made.
 */
public final class Ids {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int TIME_CHARACTERS = 9;
  private static final int RANDOM_CHARACTERS = 13;
  private final RandomGenerator random;

  public Ids(RandomGenerator random) {
    this.random = requireNonNull(random, "random is null");
  }

  /** A new id such as {@code acc_…}: {@code prefix} is given without the underscore. */
  public String next(String prefix, Instant now) {
    StringBuilder id = new StringBuilder(prefix).append('_');
    appendTime(id, now.toEpochMilli());
    for (int i = 0; i < RANDOM_CHARACTERS; i++) {
      id.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return id.toString();
  }

  /** {@code length} random characters, for keys and secrets. */
  public String secret(int length) {
    StringBuilder secret = new StringBuilder();
    for (int i = 0; i < length; i++) {
      secret.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return secret.toString();
  }

  /**
   * The id that the same parts always get, such as the message of an SES id in an inbox: {@code
   * msg_…}.
   */
  public static String deterministic(String prefix, String... parts) {
    StringBuilder id = new StringBuilder(prefix).append('_');
    appendHash(id, TIME_CHARACTERS + RANDOM_CHARACTERS, parts);
    return id.toString();
  }

  /** The id that the same parts get at one time: it sorts by time, and needs no randomness. */
  public static String deterministicAt(String prefix, Instant time, String... parts) {
    StringBuilder id = new StringBuilder(prefix).append('_');
    appendTime(id, time.toEpochMilli());
    appendHash(id, RANDOM_CHARACTERS, parts);
    return id.toString();
  }

  /** Sorts before every id of this or a later time, after every earlier one. */
  public static String firstAt(String prefix, Instant time) {
    StringBuilder id = new StringBuilder(prefix).append('_');
    appendTime(id, time.toEpochMilli());
    return id.toString();
  }

  /**
   * When an id that sorts by time was made, to the millisecond.
   *
   * @throws IllegalArgumentException for what is no such id
   */
  public static Instant time(String id) {
    int start = id.indexOf('_') + 1;
    if (start == 0 || id.length() < start + TIME_CHARACTERS) {
      throw new IllegalArgumentException("no id with a time: " + id);
    }
    long milliseconds = 0;
    for (int i = start; i < start + TIME_CHARACTERS; i++) {
      int digit = DIGITS.indexOf(id.charAt(i));
      if (digit < 0) {
        throw new IllegalArgumentException("no id with a time: " + id);
      }
      milliseconds = milliseconds * DIGITS.length() + digit;
    }
    return Instant.ofEpochMilli(milliseconds);
  }

  private static void appendHash(StringBuilder id, int characters, String... parts) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        sha256.update(part.getBytes(UTF_8));
        sha256.update((byte) 0);
      }
      byte[] hash = sha256.digest();
      for (int i = 0; i < characters; i++) {
        id.append(DIGITS.charAt((hash[i] & 0xff) % DIGITS.length()));
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void appendTime(StringBuilder id, long milliseconds) {
    char[] digits = new char[TIME_CHARACTERS];
    long rest = milliseconds;
    for (int i = TIME_CHARACTERS - 1; i >= 0; i--) {
      digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
      rest /= DIGITS.length();
    }
    id.append(digits);
  }
}
