package email.daimon.local.smtp;

import email.daimon.local.services.Fault;
import email.daimon.local.services.Fault.Action;
import email.daimon.local.services.Fault.Failure;
import email.daimon.local.services.Fault.Step;
import email.daimon.local.services.Faults;
import email.daimon.local.ses.Outbox;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/**
 * The relay of those who name none: it takes every mail, as it is, into the outbox. Faults of the
 * step {@code relay-send} happen here, on the wire.
 */
public final class RelayDoor implements AutoCloseable {
  private final Outbox outbox;
  private final Predicate<String> own;
  private final Faults faults;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final SMTPServer server;

  /**
   * Opens the door on a free port.
   *
   * @param own whether mail to an address stays on this machine
   */
  public RelayDoor(
      Outbox outbox,
      Predicate<String> own,
      Faults faults,
      InstantSource clock,
      RandomGenerator random) {
    this.outbox = Objects.requireNonNull(outbox);
    this.own = Objects.requireNonNull(own);
    this.faults = Objects.requireNonNull(faults);
    this.clock = Objects.requireNonNull(clock);
    this.random = Objects.requireNonNull(random);
    server =
        SMTPServer.port(0)
            .bindAddress(InetAddress.getLoopbackAddress())
            .hostName("relay.localhost")
            .softwareName("daimon relay")
            .insertReceivedHeaders(false)
            .maxMessageSize(SmtpDoor.LARGEST_MAIL)
            .messageHandlerFactory(Transaction::new)
            .build();
    server.start();
  }

  public int port() {
    return server.getPortAllocated();
  }

  @Override
  public void close() {
    server.stop();
  }

  private final class Transaction implements MessageHandler {
    private final MessageContext context;
    private final List<String> recipients = new ArrayList<>();
    private String sender = "";
    private Optional<Fault> fault = Optional.empty();

    Transaction(MessageContext context) {
      this.context = context;
    }

    @Override
    public void from(String address) throws RejectException {
      sender = address;
      fault = faults.next(Step.RELAY_SEND);
      if (fails() && fault.flatMap(Fault::error).isEmpty()) {
        throw new RejectException(421, "4.3.2 going down (a fault that was asked for)");
      }
      if (fails(Failure.THROTTLED)) {
        throw new RejectException(451, "4.7.1 too fast (a fault that was asked for)");
      }
    }

    @Override
    public void recipient(String address) {
      recipients.add(address);
    }

    @Override
    public String data(InputStream in) throws RejectException, IOException {
      byte[] mail = in.readAllBytes();
      if (fails(Failure.REJECTED)) {
        throw new RejectException(554, "5.7.1 refused (a fault that was asked for)");
      }
      if (fails(Failure.BROKEN)) {
        throw hungUp();
      }
      fault.filter(asked -> asked.action() == Action.DELAY).ifPresent(Fault::pause);
      String id =
          outbox.relayed(
              new Outbox.Envelope(sender, recipients, is(Action.TWICE)), mail, own, clock, random);
      if (is(Action.LOSE)) {
        throw hungUp();
      }
      return "2.0.0 queued as " + id;
    }

    @Override
    public void done() {}

    private boolean is(Action action) {
      return fault.filter(asked -> asked.action() == action).isPresent();
    }

    private boolean fails() {
      return is(Action.FAIL);
    }

    private boolean fails(Failure failure) {
      return fails() && fault.flatMap(Fault::error).filter(failure::equals).isPresent();
    }

    private IOException hungUp() throws IOException {
      if (context instanceof Session session) {
        session.getSocket().close();
      }
      return new IOException("hung up (a fault that was asked for)");
    }
  }
}
