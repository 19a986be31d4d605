package email.daimon.functions.reports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import email.daimon.model.SendTags;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The local part that a relay's envelope sender has: {@code bounce+MESSAGE.MAC}, 64 characters, as
 * many as RFC 5321 4.5.3.1.1 allows. Case does not count: some servers lose it.
 *
 * @param message place of the mail, in lower case
 * @param mac over account, inbox, mail and attempt: 80 bits in the digits 0-9a-v
 */
record BounceAddress(String message, String mac) {
  private static final int MAC_DIGITS = 16;
  private static final int MAC_BYTES = 10;
  private static final int RADIX = 32;
  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern FORM =
      Pattern.compile("bounce\\+([0-9]{13}-msg_[0-9a-z]+)\\.([0-9a-v]{" + MAC_DIGITS + "})");

  BounceAddress {
    requireNonNull(message, "message is null");
    requireNonNull(mac, "mac is null");
  }

  /** Reads a local part; empty where it has not this form. */
  static Optional<BounceAddress> parse(String localPart) {
    Matcher form = FORM.matcher(localPart.toLowerCase(Locale.ROOT));
    return form.matches()
        ? Optional.of(new BounceAddress(form.group(1), form.group(2)))
        : Optional.empty();
  }

  static BounceAddress of(SendTags tags, byte[] secret) {
    return new BounceAddress(message(tags), mac(tags, secret));
  }

  private static String message(SendTags tags) {
    return tags.message().text().replace('#', '-').toLowerCase(Locale.ROOT);
  }

  /** Whether it was made for these tags. */
  boolean isFor(SendTags tags, byte[] secret) {
    return message.equals(message(tags))
        && MessageDigest.isEqual(mac.getBytes(UTF_8), mac(tags, secret).getBytes(UTF_8));
  }

  String localPart() {
    return "bounce+" + message + "." + mac;
  }

  private static String mac(SendTags tags, byte[] secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      String text =
          String.join(
              "\0",
              "bounce",
              tags.accountId(),
              tags.inboxId(),
              tags.message().text(),
              tags.attempt());
      byte[] start = Arrays.copyOf(mac.doFinal(text.getBytes(UTF_8)), MAC_BYTES);
      String digits = new BigInteger(1, start).toString(RADIX);
      return "0".repeat(MAC_DIGITS - digits.length()) + digits;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
