package email.daimon.local.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Says what it is told to, and hears replies. */
final class RawSmtpClient implements AutoCloseable {
  private Socket socket;
  private InputStream in;
  private OutputStream out;

  RawSmtpClient(int port) throws IOException {
    use(new Socket(InetAddress.getLoopbackAddress(), port));
    hear();
  }

  /** Writes as is. */
  void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /** Says a line, returns the whole reply. */
  String say(String line) throws IOException {
    write(line + "\r\n");
    return hear();
  }

  String hear() throws IOException {
    StringBuilder reply = new StringBuilder();
    while (true) {
      String line = line();
      reply.append(reply.isEmpty() ? "" : "\n").append(line);
      if (line.length() < 4 || line.charAt(3) != '-') {
        return reply.toString();
      }
    }
  }

  void startTls() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustEverybody()}, null);
    SSLSocket tls =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
    tls.startHandshake();
    use(tls);
  }

  boolean isQuiet() throws IOException {
    socket.setSoTimeout(300);
    try {
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException _) {
      return true;
    } finally {
      socket.setSoTimeout(20_000);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void use(Socket newSocket) throws IOException {
    socket = newSocket;
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("closed");
      }
      if (octet != '\r') {
        line.write(octet);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static final class TrustEverybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
