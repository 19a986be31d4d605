package email.daimon.functions.send;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server that reads requests whole, answers the first of them, and then hangs up. */
final class UnreliableServer implements AutoCloseable {
  private static final String ANSWER = "{\"MessageId\":\"0100-x\"}";
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicInteger requests = new AtomicInteger();
  private final int answered;

  /**
   * @param answered how many requests get an answer; below 0 it says nothing and does not hang up
   */
  UnreliableServer(int answered) throws IOException {
    this.answered = answered;
    Thread.ofVirtual().start(this::run);
  }

  int port() {
    return server.getLocalPort();
  }

  int requests() {
    return requests.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void run() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      while (readRequest(in)) {
        int number = requests.incrementAndGet();
        if (answered < 0) {
          return;
        }
        if (number > answered) {
          break;
        }
        socket
            .getOutputStream()
            .write(
                ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                        + ANSWER.length()
                        + "\r\n\r\n"
                        + ANSWER)
                    .getBytes(ISO_8859_1));
      }
      socket.close();
    } catch (IOException _) {
      // the other side has gone
    }
  }

  private static boolean readRequest(BufferedReader in) throws IOException {
    int length = 0;
    String line = in.readLine();
    if (line == null) {
      return false;
    }
    for (; !line.isEmpty(); line = in.readLine()) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    for (int i = 0; i < length; i++) {
      var _ = in.read();
    }
    return true;
  }
}
