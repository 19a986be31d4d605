package email.daimon.local.smtp;

import email.daimon.local.ses.ReceivedMail;
import email.daimon.local.ses.Spool;
import email.daimon.local.ses.Verdicts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;

/** One mail of a connection, from MAIL to the 250 after its data. */
final class MailTransaction implements MessageHandler {
  private static final Logger LOG = LoggerFactory.getLogger(MailTransaction.class);
  private static final int BUFFER = 1 << 16;

  /** How long a client is held when the spool is full, before it is told to come back. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final SmtpDoor.Collaborators house;
  private final ReceivedMail.Client client;
  private final Set<String> recipients = new LinkedHashSet<>();
  private String sender = "";
  private Spool.@Nullable Writing writing;
  private String id = "";

  MailTransaction(SmtpDoor.Collaborators house, ReceivedMail.Client client) {
    this.house = house;
    this.client = client;
  }

  @Override
  public void from(String from) {
    sender = from;
  }

  @Override
  public void recipient(String recipient) throws RejectException {
    String address = recipient.indexOf('@') < 0 ? recipient + "@" + house.domain() : recipient;
    boolean known;
    try {
      known = house.recipients().accepts(address);
    } catch (RuntimeException e) {
      LOG.warn("the address {} cannot be looked up", address, e);
      throw new RejectException(451, "4.3.0 The address cannot be looked up now");
    }
    if (!known) {
      throw new RejectException(550, "5.1.1 No such inbox");
    }
    recipients.add(address);
  }

  /** Makes room for the data. */
  void prepare() throws RejectException, IOException {
    id = ReceivedMail.newId(house.random());
    ReceivedMail mail =
        new ReceivedMail(
            id,
            house.clock().millis(),
            sender,
            java.util.List.copyOf(recipients),
            client,
            Verdicts.ALL_PASS);
    Optional<Spool.Writing> begun;
    try {
      begun = house.spool().write(mail, PATIENCE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      begun = Optional.empty();
    }
    writing =
        begun.orElseThrow(
            () -> new RejectException(451, "4.3.1 Too many mails are waiting, try again later"));
  }

  /** Reads the data to its end whatever comes, so that the next command is read as one. */
  @Override
  public String data(InputStream data) throws RejectException, IOException {
    try (Spool.Writing file = java.util.Objects.requireNonNull(writing)) {
      OutputStream out = file.out();
      byte[] buffer = new byte[BUFFER];
      long length = 0;
      for (int read = data.read(buffer); read >= 0; read = data.read(buffer)) {
        length += read;
        if (length <= SmtpDoor.LARGEST_MAIL) {
          out.write(buffer, 0, read);
        }
      }
      if (length > SmtpDoor.LARGEST_MAIL) {
        throw new RejectException(552, "5.3.4 The mail is larger than 40 MB");
      }
      file.commit();
      return "2.6.0 Ok, stored as " + id;
    }
  }

  @Override
  public void done() {
    // What was not committed was deleted when data() ended.
  }
}
