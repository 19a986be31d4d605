package email.daimon.mime;

import com.sun.management.OperatingSystemMXBean;
import email.daimon.understand.AutoKinds;
import email.daimon.understand.MailDocument;
import email.daimon.understand.ReportedDelivery;
import email.daimon.understand.Understanding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Mails made to exhaust a parser, and a main that reads them all and says how long each took. */
final class PathologicalMails {
  private static final String MULTIPART = "Content-Type: multipart/mixed; boundary=";
  private static final String PLAIN = "Content-Type: text/plain\r\n\r\n";

  private final Map<String, Supplier<byte[]>> mails = new LinkedHashMap<>();

  /**
   * Reads every mail three times; prints its name, and milliseconds of processor time to read and
   * to understand it, garbage collection included.
   */
  public static void main(String[] arguments) {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    Map<String, Supplier<byte[]>> mails = new PathologicalMails().all();
    for (int round = 0; round < 3; round++) {
      for (Map.Entry<String, Supplier<byte[]>> mail : mails.entrySet()) {
        byte[] raw = mail.getValue().get();
        long start = process.getProcessCpuTime();
        Mail read = MailParser.parse(new ByteArrayInputStream(raw), AttachmentSink.NONE);
        long parsed = process.getProcessCpuTime();
        Understanding.of(read);
        MailDocument.attachments(read);
        AutoKinds.of(read, ReportedDelivery.of(read, new ReportParts(AttachmentSink.NONE)));
        long understood = process.getProcessCpuTime();
        if (round == 2) {
          System.out.printf(
              "%s\t%d\t%d\t%s%n",
              mail.getKey(),
              (parsed - start) / 1_000_000,
              (understood - parsed) / 1_000_000,
              read.warnings());
        }
      }
    }
  }

  Map<String, Supplier<byte[]>> all() {
    structures();
    headers();
    encodings();
    openedParts();
    texts();
    return mails;
  }

  private void structures() {
    for (int depth : new int[] {100, 1_000, 10_000}) {
      add(depth + " multiparts in each other", () -> nested(depth, i -> "b" + i + "x"));
    }
    add("10000 opens of one boundary", () -> nested(10_000, i -> "b"));
    add("100 boundaries alike, 40 MB below", PathologicalMails::deepAndLarge);
    for (int depth : new int[] {50, 5_000}) {
      add(
          depth + " mails in each other",
          () -> bytes("Content-Type: message/rfc822\r\n\r\n".repeat(depth) + PLAIN + "end"));
    }
    add(
        "100000 parts",
        () -> bytes(MULTIPART + "b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(100_000) + "--b--\r\n"));
    add("20 MB of dashes", () -> bytes(MULTIPART + "b\r\n\r\n" + "-".repeat(20 << 20)));
    add(
        "guessed boundary never comes",
        () -> bytes("Content-Type: multipart/mixed\r\n\r\n" + "-- \r\n--\r\n".repeat(1 << 20)));
    add(
        "1000 attachments of one name",
        () ->
            bytes(
                MULTIPART
                    + "b\r\n\r\n"
                    + "--b\r\nContent-Type: image/png; name=a.png\r\n\r\nx\r\n".repeat(1_000)));
  }

  private void headers() {
    for (int count : new int[] {100_000, 1_000_000}) {
      add(count + " short headers", () -> header(repeat(count, i -> "X-" + i + ": v\r\n")));
    }
    add("Subject of 10 MB", () -> header("Subject: " + "s".repeat(10 << 20) + "\r\n"));
    add("Subject of 1000000 lines", () -> header("Subject: a\r\n" + " a\r\n".repeat(1_000_000)));
    add(
        "100000 encoded-words",
        () -> header("Subject: a\r\n" + " =?utf-8?Q?=C3=BC?=\r\n".repeat(100_000)));
    add(
        "encoded-words that never end",
        () -> header("Subject: " + "=?utf-8?Q?a".repeat(100_000) + "\r\n"));
    add(
        "100000 addresses",
        () -> header("To: " + repeat(100_000, i -> "a" + i + "@example.com, ")));
    add("100000 opened comments", () -> header("To: " + "(".repeat(100_000)));
    add("100000 opened brackets", () -> header("To: " + "<".repeat(100_000)));
    add("quote never closed", () -> header("To: \"" + ",".repeat(1 << 20)));
    add("500 To fields", () -> header(("To: " + "a@b.c,".repeat(10_000) + "\r\n").repeat(500)));
    add(
        "50000 references",
        () -> header("References: " + repeat(50_000, i -> "<" + i + "@example.com>\r\n ")));
    add(
        "100000 parameters",
        () -> header("Content-Type: text/plain" + repeat(100_000, i -> "; a" + i + "=b")));
    add(
        "100000 continuations",
        () -> header("Content-Type: text/plain" + repeat(100_000, i -> "; name*" + i + "=b")));
  }

  private void encodings() {
    add(
        "8 MB base64 on one line",
        () ->
            bytes(
                "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                    + "QUJD".repeat(2 << 20)
                    + "QQ"));
    add(
        "5 MB soft breaks",
        () ->
            bytes(
                "Content-Transfer-Encoding: quoted-printable\r\n"
                    + PLAIN
                    + "=41=\r\n".repeat(1 << 20)));
    add(
        "40 MB attachment",
        () ->
            bytes(
                "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                    + ("QUJD".repeat(19) + "\r\n").repeat(40 * (1 << 20) / 78)));
    add("40 MB text", () -> bytes(PLAIN + "words and words, \r\n".repeat(40 * (1 << 20) / 19)));
    add(
        "flowed text of 1000000 lines",
        () ->
            bytes(
                "Content-Type: text/plain; format=flowed\r\n\r\n" + "> a \r\n".repeat(1_000_000)));
  }

  private void openedParts() {
    String calendar = "Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n";
    add("calendar of 100000 events", () -> bytes(calendar + "BEGIN:VEVENT\r\n".repeat(100_000)));
    add(
        "calendar folded over 1000000 lines",
        () -> bytes(calendar + "BEGIN:VEVENT\r\nSUMMARY:a\r\n" + " a\r\n".repeat(1_000_000)));
    add(
        "calendar of 100000 attendees",
        () -> bytes(calendar + "BEGIN:VEVENT\r\n" + "ATTENDEE;A=\"b:c\":x@y\r\n".repeat(100_000)));
    add(
        "calendar of parameters",
        () -> bytes(calendar + "BEGIN:VEVENT\r\nSUMMARY" + ";a=^n".repeat(250_000) + ":x"));
    for (String unit : new String[] {";", ":", "\"", "\\", "^", "BEGIN:", " \r\n"}) {
      add(
          "1 MB of '" + unit.strip() + "' in a calendar",
          () -> bytes(calendar + "BEGIN:VEVENT\r\n" + unit.repeat((1 << 20) / unit.length())));
    }
    add(
        "1000 mails with text",
        () ->
            bytes(
                MULTIPART
                    + "b\r\n\r\n"
                    + ("--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\n"
                            + "words and words\r\n".repeat(600))
                        .repeat(1_000)));
    text("armour without end", "-----BEGIN PGP SIGNED MESSAGE-----\r\n".repeat(30_000));
    add("winmail.dat of 1000000 attributes", () -> outlook("AQAAAAAAAAAAAAAA".repeat(1_000_000)));
    add("winmail.dat of 24 MB", () -> outlook("Ag+ABgD///9/".concat("QUFB".repeat(6 << 20))));
    for (String unit : new String[] {"  a@b\r\n", "<a@b>:\r\n", "4.4.4.", "---", "@", " "}) {
      add(
          "report of 1 MB of '" + unit.strip() + "'",
          () ->
              bytes(
                  "From: mailer-daemon@x.example\r\n\r\nHi. This is the \r\n  a@b\r\n"
                      + unit.repeat((1 << 20) / unit.length())));
    }
  }

  private static byte[] outlook(String attributes) {
    return bytes(
        "Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + "eJ8+IgEA"
            + attributes);
  }

  private void texts() {
    html("100000 nested div", "<div>".repeat(100_000));
    html("nested blockquote", "<blockquote type=cite>".repeat(20_000) + "x");
    html("formatting never closed", repeat(20_000, i -> "<b id=" + i + "><p>x"));
    html("nested tables", "<table><tr><td>".repeat(20_000) + "x");
    html("nested links", "<a href='https://x.example/'>y".repeat(20_000));
    html("href never closed", "<a href=\"" + "x".repeat(1 << 20));
    html("end tags of nothing", "<div>".repeat(5_000) + "</span>".repeat(90_000));
    text("1 MB of a.", "a.".repeat(1 << 19));
    for (String unit :
        new String[] {">", "> ", "_", "<", " ", "-", "1", "\r\n", " \r\n", ">\r\n"}) {
      text(
          "1 MB of '" + unit.replace("\r\n", "line end") + "'",
          unit.repeat((1 << 20) / unit.length()));
    }
    text("links that open", "<http://".repeat(100_000));
    text("On x, wrote", "On x, ".repeat(150_000) + "wrote:");
    text("On a a a wrote", "On " + "a ".repeat(500_000) + "wrote");
    text("250000 attributions", "On 1 Jan 2020 at 10:00, a@b.c wrote:\r\n".repeat(27_000));
    text("labels", "From: x\r\n".repeat(110_000));
  }

  private void add(String name, Supplier<byte[]> mail) {
    mails.put(name, mail);
  }

  private void text(String name, String text) {
    add(name, () -> bytes(PLAIN + text));
  }

  private void html(String name, String html) {
    add(name, () -> bytes("Content-Type: text/html\r\n\r\n" + html));
  }

  private static byte[] header(String fields) {
    return bytes(fields + "\r\nFrom: a@example.com\r\n\r\ntext\r\n");
  }

  private static byte[] nested(int depth, IntFunction<String> boundary) {
    String all =
        repeat(
            depth,
            i -> MULTIPART + '"' + boundary.apply(i) + "\"\r\n\r\n--" + boundary.apply(i) + "\r\n");
    return bytes(all + PLAIN + "deep\r\n");
  }

  private static byte[] deepAndLarge() {
    String alike = "x".repeat(60);
    ByteArrayOutputStream mail = new ByteArrayOutputStream(42 << 20);
    for (int i = 0; i < 99; i++) {
      String boundary = alike + (100 + i);
      mail.writeBytes(bytes(MULTIPART + boundary + "\r\n\r\n--" + boundary + "\r\n"));
    }
    mail.writeBytes(bytes("Content-Type: image/png\r\n\r\n"));
    byte[] line = bytes("--" + alike + "000\r\n");
    while (mail.size() < 40 << 20) {
      mail.writeBytes(line);
    }
    return mail.toByteArray();
  }

  private static String repeat(int count, IntFunction<String> unit) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(unit.apply(i));
    }
    return all.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
