package email.daimon.local.smtp;

import email.daimon.local.ses.ReceivedMail;
import email.daimon.local.ses.Spool;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.server.SMTPServer;

/** The server on the SMTP port. */
public final class SmtpDoor implements AutoCloseable {
  /** Octets of a mail, as SES takes them. */
  public static final int LARGEST_MAIL = 40 << 20;

  private static final int MOST_CONNECTIONS = 200;
  private static final Duration IDLE = Duration.ofMinutes(5);

  private final SMTPServer server;
  private final Tls tls;

  /** What the door works with. */
  record Collaborators(
      String domain,
      Recipients recipients,
      Spool spool,
      InstantSource clock,
      RandomGenerator random) {
    Collaborators {
      Objects.requireNonNull(domain);
      Objects.requireNonNull(recipients);
      Objects.requireNonNull(spool);
      Objects.requireNonNull(clock);
      Objects.requireNonNull(random);
    }
  }

  /**
   * Opens the door.
   *
   * @param port 0 takes a free one
   */
  public SmtpDoor(
      int port,
      String domain,
      Recipients recipients,
      Spool spool,
      InstantSource clock,
      RandomGenerator random) {
    Collaborators house = new Collaborators(domain, recipients, spool, clock, random);
    tls = new Tls(domain, clock);
    server =
        SMTPServer.port(port)
            .bindAddress(InetAddress.getLoopbackAddress())
            .hostName(domain)
            .softwareName("daimon")
            .messageHandlerFactory(context -> new MailTransaction(house, client(context)))
            .executorService(
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("smtp-", 0).factory()))
            .maxConnections(MOST_CONNECTIONS)
            .connectionTimeout((int) IDLE.toSeconds(), TimeUnit.SECONDS)
            .maxMessageSize(LARGEST_MAIL)
            .enableTLS()
            .startTlsSocketFactory(tls::socket)
            .insertReceivedHeaders(false)
            .build();
    Conversation.commands().forEach(server.getCommandHandler()::addCommand);
    server.start();
  }

  public int port() {
    return server.getPortAllocated();
  }

  @Override
  public void close() {
    server.stop();
  }

  private static ReceivedMail.Client client(MessageContext context) {
    String address =
        context.getRemoteAddress() instanceof InetSocketAddress remote
            ? remote.getAddress().getHostAddress()
            : "127.0.0.1";
    return new ReceivedMail.Client(context.getHelo().orElse("unknown"), address);
  }

  /** Makes its key when the first client asks for it. */
  private static final class Tls {
    private final String host;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable SSLContext context;

    Tls(String host, InstantSource clock) {
      this.host = host;
      this.clock = clock;
    }

    SSLSocket socket(Socket plain) throws java.io.IOException {
      SSLSocket socket =
          (SSLSocket)
              context()
                  .getSocketFactory()
                  .createSocket(
                      plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
      socket.setUseClientMode(false);
      return socket;
    }

    private SSLContext context() {
      lock.lock();
      try {
        if (context == null) {
          context = SelfSigned.context(host, clock.instant());
        }
        return context;
      } finally {
        lock.unlock();
      }
    }
  }
}
