package email.daimon.functions.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** A customer's server that does anything: each call is a script's. It sees the very bytes. */
final class StrangeServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Optional<SSLContext> tls;
  private final Script script;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<InetAddress> dialled = new CopyOnWriteArrayList<>();

  /** A call as it came. */
  record Received(String requestLine, Map<String, String> headers, byte[] body) {}

  /** What the server does with one. */
  interface Script {
    void play(Received call, OutputStream out) throws Exception;
  }

  StrangeServer(Script script) {
    this(InetAddress.getLoopbackAddress(), Optional.empty(), script);
  }

  StrangeServer(InetAddress address, Optional<SSLContext> tls, Script script) {
    this.tls = tls;
    this.script = script;
    try {
      socket = new ServerSocket();
      socket.bind(new InetSocketAddress(address, 0), 1_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  static StrangeServer answering(int status, String... headers) {
    return new StrangeServer((_, out) -> answer(out, status, "{\"ok\":true}", headers));
  }

  static void answer(OutputStream out, int status, String body, String... headers)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Content-Length: " + body.length() + "\r\n\r\n").append(body);
    out.write(head.toString().getBytes(ISO_8859_1));
    out.flush();
  }

  int port() {
    return socket.getLocalPort();
  }

  String url() {
    return "http://localhost:" + port() + "/hook?a=b";
  }

  List<Received> received() {
    return received;
  }

  /** The addresses of this machine at which connections came in. */
  List<InetAddress> dialled() {
    return dialled;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        dialled.add(connection.getLocalAddress());
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void serve(Socket plain) {
    try (plain;
        Socket connection =
            tls.isPresent()
                ? tls.get().getSocketFactory().createSocket(plain, null, true)
                : plain) {
      Received call = read(connection.getInputStream());
      received.add(call);
      script.play(call, connection.getOutputStream());
    } catch (Exception _) {
      // the caller has gone, as it may
    }
  }

  private static Received read(InputStream in) throws IOException {
    String requestLine = line(in);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
    }
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    return new Received(requestLine, headers, body);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("no more");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
