package email.daimon.compose;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a mail as bytes for a 7-bit wire (RFC 5322, RFC 2045): lines end with CRLF and are not
 * longer than 998 characters, no line of a body begins with a dot or {@code From }, each field
 * stands once, Bcc never. The same mail gives the same bytes.
 *
 * <p>The body is mixed( related( alternative( text, HTML, invitation ), pictures ), files ), of
 * which each multipart is there only if it has something to hold together.
 */
public final class MailComposer {
  // RFC 5322, 3.3.
  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .appendText(
              ChronoField.DAY_OF_WEEK, names("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
          .appendPattern("', 'd ")
          .appendText(
              ChronoField.MONTH_OF_YEAR,
              names(
                  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                  "Dec"))
          .appendPattern(" uuuu HH:mm:ss xx")
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final long GROWTH_OF_MAIL = 4096;

  private MailComposer() {}

  // Of no language's tables: they change with Java's.
  private static Map<Long, String> names(String... names) {
    Map<Long, String> numbered = new HashMap<>();
    for (String name : names) {
      numbered.put(numbered.size() + 1L, name);
    }
    return numbered;
  }

  /**
   * Writes a mail. The stream is neither flushed nor closed; files are streamed through.
   *
   * @throws IOException if a stream fails, or a file has another size than was said
   */
  public static void write(OutgoingMail mail, OutputStream out) throws IOException {
    List<Invitation> invitations = new ArrayList<>();
    for (OutgoingFile file : mail.files()) {
      Optional<String> method = CalendarMethod.of(file);
      if (method.isPresent()) {
        invitations.add(new Invitation(file, method.get()));
      }
    }
    List<Part> files = new ArrayList<>();
    for (OutgoingFile file : mail.files()) {
      files.add(file.type().isMail() ? MailPart.of(file) : new FilePart(file, Optional.empty()));
    }
    Part body = body(mail, invitations, files);
    Boundaries boundaries = Boundaries.of(mail.messageId(), body);
    out.write(header(mail, body, boundaries));
    body.body(out, boundaries);
    if (body instanceof TextPart text && text.lacksLineEnd()) {
      out.write("\r\n".getBytes(US_ASCII));
    }
  }

  /** The bytes of a mail that fits into memory. */
  public static byte[] bytes(OutgoingMail mail) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(mail, bytes);
    return bytes.toByteArray();
  }

  /**
   * Bytes that a mail will have when composed, or more; no file is opened. Exact but for calendars,
   * all taken as invitations, and mails within the mail, taken as base64 and some more, since those
   * that are not 7-bit grow by so much at most, unless they were made to.
   */
  public static long sizeAtMost(OutgoingMail mail) {
    List<Invitation> invitations =
        mail.files().stream()
            .filter(file -> file.type().isCalendar() && file.invitation())
            .sorted(Comparator.comparingLong(OutgoingFile::size).reversed())
            .map(file -> new Invitation(file, "X".repeat(40)))
            .toList();
    List<Part> files = new ArrayList<>();
    mail.files().forEach(file -> files.add(new FilePart(file, Optional.empty())));
    Part body = body(mail, invitations, files);
    Boundaries boundaries = Boundaries.made(mail.messageId(), 0);
    long growth =
        mail.files().stream()
            .filter(file -> file.type().isMail())
            .mapToLong(file -> GROWTH_OF_MAIL + file.size() / 16)
            .sum();
    return header(mail, body, boundaries).length + body.size(boundaries) + growth;
  }

  private record Invitation(OutgoingFile file, String method) {}

  private static Part body(OutgoingMail mail, List<Invitation> invitations, List<Part> fileParts) {
    List<Part> alternatives = new ArrayList<>();
    alternatives.add(new TextPart("text/plain", mail.text()));
    mail.html().ifPresent(html -> alternatives.add(new TextPart("text/html", html)));
    // A client answers one invitation; others are files alone.
    invitations.stream()
        .limit(1)
        .forEach(
            first -> alternatives.add(new FilePart(first.file(), Optional.of(first.method()))));
    List<Part> pictures = new ArrayList<>();
    List<Part> files = new ArrayList<>();
    for (int i = 0; i < fileParts.size(); i++) {
      OutgoingFile file = mail.files().get(i);
      boolean picture = file.inline() && file.contentId().isPresent() && mail.html().isPresent();
      (picture ? pictures : files).add(fileParts.get(i));
    }
    Part words = joined("alternative", alternatives);
    pictures.addFirst(words);
    Part shown = joined("related", pictures);
    files.addFirst(shown);
    return joined("mixed", files);
  }

  private static Part joined(String subtype, List<Part> parts) {
    return parts.size() == 1 ? parts.getFirst() : new Multipart(subtype, parts);
  }

  private static byte[] header(OutgoingMail mail, Part body, Boundaries boundaries) {
    HeaderWriter header = new HeaderWriter();
    header.mailboxes("From", List.of(mail.from()));
    mailboxes(header, "Reply-To", mail.replyTo());
    mailboxes(header, "To", mail.to());
    mailboxes(header, "Cc", mail.cc());
    if (!mail.subject().isEmpty()) {
      header.text("Subject", mail.subject());
    }
    header.structured("Date", DATE.format(mail.date()));
    ids(header, "Message-ID", List.of(mail.messageId()));
    ids(header, "In-Reply-To", mail.inReplyTo().stream().toList());
    ids(header, "References", mail.references());
    if (mail.automatic()) {
      header.structured("Auto-Submitted", "auto-replied");
    }
    if (mail.hop() > 0) {
      header.structured("X-Daimon-Hop", Integer.toString(mail.hop()));
    }
    mail.headers().forEach((name, value) -> header.machineText(name, value.strip()));
    header.structured("MIME-Version", "1.0");
    body.fields(header, boundaries);
    byte[] fields = header.bytes();
    byte[] block = new byte[fields.length + 2];
    System.arraycopy(fields, 0, block, 0, fields.length);
    block[fields.length] = '\r';
    block[fields.length + 1] = '\n';
    return block;
  }

  private static void mailboxes(HeaderWriter header, String name, List<Mailbox> mailboxes) {
    if (!mailboxes.isEmpty()) {
      header.mailboxes(name, mailboxes);
    }
  }

  private static void ids(HeaderWriter header, String name, List<String> ids) {
    List<String> wire = WireIds.of(ids);
    if (!wire.isEmpty()) {
      header.ids(name, wire);
    }
  }
}
