package email.daimon.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * One SMTP connection that sends mails as a relay does: envelope pipelined, one round trip for the
 * data (RFC 2920).
 */
final class SmtpClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  SmtpClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    in = new BufferedInputStream(socket.getInputStream());
    out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    expect(220);
    command("EHLO bench.example");
    expect(250);
  }

  /**
   * Sends one mail; {@code mail} has CRLF line ends and no line that is only a dot. Returns once
   * the 250 is read.
   */
  void send(String from, String to, byte[] mail) throws IOException {
    write("MAIL FROM:<" + from + ">\r\nRCPT TO:<" + to + ">\r\nDATA\r\n");
    out.flush();
    expect(250);
    expect(250);
    expect(354);
    out.write(mail);
    write("\r\n.\r\n");
    out.flush();
    expect(250);
  }

  @Override
  public void close() throws IOException {
    try (socket) {
      command("QUIT");
      expect(221);
    }
  }

  private void command(String line) throws IOException {
    write(line + "\r\n");
    out.flush();
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(US_ASCII));
  }

  private void expect(int code) throws IOException {
    String line = readLine();
    while (line.length() > 3 && line.charAt(3) == '-') {
      line = readLine();
    }
    if (!line.startsWith(Integer.toString(code))) {
      throw new IOException("expected " + code + ", got: " + line);
    }
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("the server closed the connection");
      }
      if (octet != '\r') {
        line.write(octet);
      }
    }
    return line.toString(US_ASCII);
  }
}
