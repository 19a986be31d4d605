package email.daimon.functions.send;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An SMTP server that behaves well but for one command. To that it gives another reply, or it hangs
 * up without one. The end of the data counts as the command {@code .}
 */
final class StagedRelay implements AutoCloseable {
  private static final Map<String, String> USUAL =
      Map.of(
          "connect", "220 relay.example.net ESMTP",
          "ehlo", "250-relay.example.net\r\n250-SMTPUTF8\r\n250 SIZE 1000000",
          "data", "354 go on",
          "quit", "221 bye");
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final String command;
  private final Optional<String> reply;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  /**
   * @param command its first word, or as much as is needed, in lower case
   * @param reply empty to hang up
   */
  StagedRelay(String command, Optional<String> reply) throws IOException {
    this.command = command;
    this.reply = reply;
    Thread.ofVirtual().start(this::run);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Commands and lines of mail, as they came. */
  List<String> heard() {
    return heard;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void run() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        converse(socket);
      } catch (IOException _) {
        // closed, or the other side has gone
      }
    }
  }

  private void converse(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    OutputStream out = socket.getOutputStream();
    boolean inData = false;
    String line = "connect";
    while (line != null) {
      if (!inData || line.equals(".")) {
        Optional<String> answer = answer(line.toLowerCase(Locale.ROOT));
        if (answer.isEmpty()) {
          return;
        }
        out.write((answer.get() + "\r\n").getBytes(ISO_8859_1));
        inData = answer.get().startsWith("354");
      }
      line = in.readLine();
      if (line != null) {
        heard.add(line);
      }
    }
  }

  private Optional<String> answer(String line) {
    if (line.startsWith(command)) {
      return reply;
    }
    return Optional.of(USUAL.getOrDefault(line.split(" ")[0], "250 2.0.0 fine"));
  }
}
