package email.daimon.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.Random;

/**
 * Mails of 30 kB on average (10 to 50 kB), each of its own Message-ID and body: a text, its HTML,
 * and in every third a picture. The same seed gives the same mails.
 */
final class SampleMails {
  private static final int SMALLEST = 10_000;
  private static final int SPREAD = 40_000;
  private static final String[] WORDS =
      "the invoice attached meeting tomorrow please confirm your address thanks for the quick answer we will ship it on Monday"
          .split(" ");
  private final Random random;
  private int made;

  SampleMails(long seed) {
    random = new Random(seed);
  }

  /** The next mail, with CRLF line ends. */
  byte[] next(String to) {
    int number = made++;
    int size = SMALLEST + random.nextInt(SPREAD);
    StringBuilder mail = new StringBuilder(size + 2_000);
    String id = Long.toHexString(random.nextLong()) + "." + number + "@sender.example";
    mail.append("From: Sam Sender <sam@sender.example>\r\nTo: <")
        .append(to)
        .append(">\r\nSubject: Order ")
        .append(number)
        .append("\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\nMessage-ID: <")
        .append(id)
        .append(">\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"m\"\r\n\r\n")
        .append("--m\r\nContent-Type: multipart/alternative; boundary=\"a\"\r\n\r\n")
        .append("--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
    boolean picture = number % 3 == 0;
    int text = picture ? 3_000 : size / 3;
    lines(mail, mail.length() + text, "");
    mail.append("--a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body>");
    lines(mail, mail.length() + (picture ? 4_000 : size - text), "<p>");
    mail.append("</body></html>\r\n--a--\r\n");
    if (picture) {
      mail.append("--m\r\nContent-Type: image/png; name=\"p.png\"\r\n")
          .append("Content-Transfer-Encoding: base64\r\n")
          .append("Content-Disposition: attachment; filename=\"p.png\"\r\n\r\n");
      byte[] bytes = new byte[Math.max(1, (size - 7_000) * 3 / 4)];
      random.nextBytes(bytes);
      mail.append(Base64.getMimeEncoder().encodeToString(bytes)).append("\r\n");
    }
    mail.append("--m--\r\n");
    return mail.toString().getBytes(US_ASCII);
  }

  private void lines(StringBuilder mail, int until, String before) {
    while (mail.length() < until) {
      mail.append(before);
      for (int word = 0; word < 10; word++) {
        mail.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      mail.append("\r\n");
    }
  }
}
