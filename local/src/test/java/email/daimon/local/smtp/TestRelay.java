package email.daimon.local.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** An SMTP server that keeps what it gets, and refuses what a test wants. */
public final class TestRelay implements AutoCloseable {
  private final SMTPServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile Optional<Refusal> refusal = Optional.empty();

  private record Refusal(String stage, int code, String words) {}

  /** A mail that was taken. */
  public record Received(String from, List<String> recipients, String text, boolean encrypted) {}

  private TestRelay(Optional<List<String>> login) {
    SMTPServer.Builder builder =
        SMTPServer.port(0)
            .bindAddress(InetAddress.getLoopbackAddress())
            .hostName("localhost")
            .insertReceivedHeaders(false)
            .enableTLS()
            .startTlsSocketFactory(SelfSigned.context("localhost", Instant.now()))
            .messageHandlerFactory(Handler::new);
    login.ifPresent(expected ->
        builder
            .requireAuth(true)
            .authenticationHandlerFactory(
                new EasyAuthenticationHandlerFactory((name, password, _) -> {
                  if (!List.of(name, password).equals(expected)) {
                    throw new LoginFailedException("no");
                  }
                })));
    server = builder.build();
    server.start();
  }

  /** Takes mail from everybody. */
  public static TestRelay open() {
    return new TestRelay(Optional.empty());
  }

  /** Takes mail after a login. */
  public static TestRelay withLogin(String username, String password) {
    return new TestRelay(Optional.of(List.of(username, password)));
  }

  public int port() {
    return server.getPortAllocated();
  }

  public List<Received> received() {
    return received;
  }

  /** From here on refuses at one stage: {@code from}, {@code recipient ADDRESS} or {@code data}. */
  public void refuse(String stage, int code, String words) {
    refusal = Optional.of(new Refusal(stage, code, words));
  }

  @Override
  public void close() {
    server.stop();
  }

  private void check(String stage) throws RejectException {
    if (refusal.isPresent() && refusal.get().stage().equals(stage)) {
      throw new RejectException(refusal.get().code(), refusal.get().words());
    }
  }

  private final class Handler implements MessageHandler {
    private final MessageContext context;
    private final List<String> recipients = new ArrayList<>();
    private String from = "";

    Handler(MessageContext context) {
      this.context = context;
    }

    @Override
    public void from(String address) throws RejectException {
      check("from");
      from = address;
    }

    @Override
    public void recipient(String address) throws RejectException {
      check("recipient " + address);
      recipients.add(address);
    }

    @Override
    public String data(InputStream in) throws IOException, RejectException {
      String text = new String(in.readAllBytes(), UTF_8);
      check("data");
      boolean encrypted =
          context instanceof org.subethamail.smtp.server.Session session && session.isTLSStarted();
      received.add(new Received(from, List.copyOf(recipients), text, encrypted));
      return "2.0.0 queued as 1";
    }

    @Override
    public void done() {}
  }
}
