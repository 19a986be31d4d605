package email.daimon.local.ses;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What SES changes in the header of a mail that it sends: its own Message-ID and Date stand in the
 * places of the old ones, or last; Bcc and what was meant for SES itself is gone. All else keeps
 * its bytes.
 */
final class OutgoingHeader {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String LINE_END = "\r\n";
  private final String messageId;
  private final String date;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private boolean hasId;
  private boolean hasDate;

  private OutgoingHeader(String messageId, Instant now) {
    this.messageId = "Message-ID: " + messageId + LINE_END;
    this.date = "Date: " + DATE.format(now) + LINE_END;
  }

  /**
   * @param messageId with brackets
   */
  static byte[] rewritten(byte[] mail, String messageId, Instant now) {
    return new OutgoingHeader(messageId, now).rewrite(mail);
  }

  private byte[] rewrite(byte[] mail) {
    int at = 0;
    while (at < mail.length && !isBlank(mail, at)) {
      int end = endOfLine(mail, at);
      while (end < mail.length && (mail[end] == ' ' || mail[end] == '\t')) {
        end = endOfLine(mail, end);
      }
      field(mail, at, end);
      at = end;
    }
    if (!hasId) {
      text(messageId);
    }
    if (!hasDate) {
      text(date);
    }
    out.write(mail, at, mail.length - at);
    return out.toByteArray();
  }

  private void field(byte[] mail, int start, int end) {
    switch (name(mail, start, end)) {
      case "message-id" -> {
        text(messageId);
        hasId = true;
      }
      case "date" -> {
        text(date);
        hasDate = true;
      }
      case "bcc", "x-ses-configuration-set", "x-ses-message-tags", "x-ses-tenant" -> {
        // gone
      }
      default -> out.write(mail, start, end - start);
    }
  }

  private void text(String line) {
    out.writeBytes(line.getBytes(ISO_8859_1));
  }

  private static String name(byte[] mail, int start, int end) {
    String field = new String(mail, start, end - start, ISO_8859_1);
    int colon = field.indexOf(':');
    return colon < 0 ? "" : field.substring(0, colon).strip().toLowerCase(Locale.ROOT);
  }

  private static boolean isBlank(byte[] mail, int at) {
    return mail[at] == '\n' || (mail[at] == '\r' && at + 1 < mail.length && mail[at + 1] == '\n');
  }

  private static int endOfLine(byte[] mail, int from) {
    int at = from;
    while (at < mail.length && mail[at] != '\n') {
      at++;
    }
    return Math.min(mail.length, at + 1);
  }
}
