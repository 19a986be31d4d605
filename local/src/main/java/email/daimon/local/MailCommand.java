package email.daimon.local;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** {@code ./daimon mail ADDRESS}: sends one mail to the local SMTP port. */
public final class MailCommand {
  private static final String HELP =
      """
      ./daimon mail ADDRESS --subject TEXT [--body TEXT] [--from ADDRESS] [--file x.eml] [--smtp-port 2525]

        --file sends the file as it is (--subject and --body are then not used)
      """;

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private MailCommand() {}

  /** Prints the server's last word. */
  public static void main(String[] line) {
    try {
      Arguments arguments =
          new Arguments(
              line,
              Set.of("subject", "body", "from", "file", "smtp-port"),
              Set.of("help"),
              System.getenv());
      if (arguments.on("help") || arguments.words().size() != 1) {
        System.out.print(HELP);
        System.exit(arguments.on("help") ? 0 : 2);
      }
      String to = arguments.words().getFirst();
      String from = arguments.text("from").orElse("you@example.com");
      int port = arguments.number("smtp-port").orElse(2525);
      System.out.println(send(port, from, to, bytes(arguments, from, to)));
    } catch (StartException e) {
      System.err.println("daimon: " + e.getMessage());
      System.exit(1);
    }
  }

  private static byte[] bytes(Arguments arguments, String from, String to) {
    if (arguments.text("file").isEmpty()) {
      return written(
          from,
          to,
          arguments.text("subject").orElse("Hello"),
          arguments.text("body").orElse("Hello from the command line."));
    }
    String file = arguments.text("file").get();
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (NoSuchFileException _) {
      throw new StartException("there is no file " + file);
    } catch (IOException e) {
      throw new StartException("cannot read %s: %s".formatted(file, e.getMessage()));
    }
  }

  static byte[] written(String from, String to, String subject, String body) {
    String encoded =
        subject.chars().allMatch(c -> c >= ' ' && c < 0x7F)
            ? subject
            : "=?utf-8?B?"
                + Base64.getEncoder()
                    .encodeToString(subject.replaceAll("\\v", " ").getBytes(StandardCharsets.UTF_8))
                + "?=";
    return """
    From: %s
    To: %s
    Subject: %s
    Date: %s
    Message-ID: <%s@example.com>
    MIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: 8bit

    %s
    """
        .formatted(
            from,
            to,
            encoded,
            DATE.format(ZonedDateTime.now(ZoneId.systemDefault())),
            UUID.randomUUID(),
            body)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Sends the mail and returns the reply to its data. */
  public static String send(int port, String from, String to, byte[] mail) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      expect(in, "220");
      say(in, out, "EHLO localhost", "250");
      say(in, out, "MAIL FROM:<" + from + "> BODY=8BITMIME SMTPUTF8", "250");
      say(in, out, "RCPT TO:<" + to + ">", "250");
      say(in, out, "DATA", "354");
      out.write(stuffed(mail));
      String reply = say(in, out, ".", "250");
      say(in, out, "QUIT", "221");
      return reply;
    } catch (ConnectException _) {
      throw new StartException(
          "nothing listens on SMTP port %d: start ./daimon local, or give --smtp-port"
              .formatted(port));
    } catch (IOException e) {
      throw new StartException("the mail was not sent: " + e.getMessage());
    }
  }

  /** With CRLF line ends, the last line ended, and dots doubled at the start of a line. */
  private static byte[] stuffed(byte[] mail) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(mail.length + 100);
    int before = '\n';
    for (byte octet : mail) {
      if (octet == '\n' && before != '\r') {
        out.write('\r');
      }
      if (octet == '.' && before == '\n') {
        out.write('.');
      }
      out.write(octet);
      before = octet;
    }
    if (before != '\n') {
      out.writeBytes(new byte[] {'\r', '\n'});
    }
    return out.toByteArray();
  }

  private static String say(InputStream in, OutputStream out, String line, String code)
      throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    return expect(in, code);
  }

  private static String expect(InputStream in, String code) throws IOException {
    String line = line(in);
    while (line.length() > 3 && line.charAt(3) == '-') {
      line = line(in);
    }
    if (!line.startsWith(code)) {
      throw new IOException(line);
    }
    return line;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("the server closed the connection");
      }
      if (octet != '\r') {
        line.write(octet);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
