package email.daimon.functions.send;

import email.daimon.functions.send.Transport.Answer;
import email.daimon.functions.send.Transport.Envelope;
import email.daimon.functions.send.Transport.Refusal;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One mail over one SMTP connection, step by step, so that it is known at which step it failed (RFC
 * 5321 3.3). The mail's bytes go as they are.
 */
final class RelayConversation extends SMTPTransport {
  static final String SMTPUTF8 = "SMTPUTF8";

  private static final Logger LOG = LoggerFactory.getLogger(RelayConversation.class);
  // What is left of a function's time must do for the mail and the reply to it.
  private static final Duration UNTIL_DATA = Duration.ofSeconds(12);
  private final long begun = System.nanoTime();
  private boolean inData;

  RelayConversation(Session session) {
    super(session, null);
  }

  /** After it is connected. */
  synchronized Answer hand(String sender, Envelope envelope, byte[] mail) {
    try {
      return handOver(sender, envelope, mail);
    } catch (SMTPSendFailedException e) {
      // Below 0 there was no reply: the connection ended.
      return e.getReturnCode() > 0 ? refusal(List.of()) : broken(e);
    } catch (MessagingException | IOException e) {
      return broken(e);
    }
  }

  private Answer handOver(String sender, Envelope envelope, byte[] mail)
      throws MessagingException, IOException {
    boolean international =
        !isAscii(Stream.concat(Stream.of(sender), envelope.recipients().stream()));
    if (international && !supportsExtension(SMTPUTF8)) {
      return new Answer.Refused(
          Optional.empty(), "the relay takes no address beyond ASCII", List.of());
    }
    if (!taken("MAIL FROM:<" + sender + ">" + parameters(mail, international))) {
      return refusal(List.of());
    }
    List<Refusal> refused = new ArrayList<>();
    for (String recipient : envelope.recipients()) {
      if (!taken("RCPT TO:<" + recipient + ">")) {
        if (temporary()) {
          // Nothing is sent to the others either: who had got it would get it again.
          return refusal(List.of());
        }
        refused.add(new Refusal(recipient, code(), words()));
      }
    }
    if (refused.size() == envelope.recipients().size()) {
      return refusal(refused);
    }
    OutputStream out = data();
    checkTime();
    inData = true;
    out.write(mail);
    finishData();
    return new Answer.Accepted(words(), Optional.of(envelope.messageIdHeader()), refused, true);
  }

  private String parameters(byte[] mail, boolean international) {
    StringBuilder parameters = new StringBuilder();
    if (supportsExtension("SIZE")) {
      parameters.append(" SIZE=").append(mail.length);
    }
    if (supportsExtension("8BITMIME") && hasEightBits(mail)) {
      parameters.append(" BODY=8BITMIME");
    }
    if (international) {
      parameters.append(' ').append(SMTPUTF8);
    }
    return parameters.toString();
  }

  /** Sends a command; whether the reply is 2xx. */
  private boolean taken(String command) throws MessagingException {
    if (command.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException("a command of more than one line");
    }
    checkTime();
    int reply = simpleCommand(command);
    if (reply < 0) {
      throw new MessagingException("the relay hung up");
    }
    return reply / 100 == 2;
  }

  private void checkTime() throws MessagingException {
    if (System.nanoTime() - begun > UNTIL_DATA.toNanos()) {
      throw new MessagingException("the relay is too slow");
    }
  }

  /** By the last reply: 4xx is not now, else refused for good. */
  private Answer refusal(List<Refusal> recipients) {
    return temporary() ? new Answer.Busy(words()) : new Answer.Refused(code(), words(), recipients);
  }

  private Answer broken(Exception e) {
    LOG.warn("the connection to the relay broke {} DATA", inData ? "after" : "before", e);
    String reason = "the connection to the relay broke: " + e.getMessage();
    return inData ? new Answer.Lost(reason) : new Answer.Busy(reason);
  }

  private boolean temporary() {
    return getLastReturnCode() / 100 == 4;
  }

  private Optional<String> code() {
    return Optional.of(Integer.toString(getLastReturnCode()));
  }

  /** The last reply without its codes' repetition, on one line. */
  private String words() {
    return getLastServerResponse()
        .lines()
        .map(line -> line.length() > 4 ? line.substring(4).strip() : "")
        .collect(Collectors.joining(" "));
  }

  private static boolean isAscii(Stream<String> addresses) {
    return addresses.allMatch(address -> address.chars().allMatch(c -> c < 128));
  }

  private static boolean hasEightBits(byte[] mail) {
    for (byte b : mail) {
      if (b < 0) {
        return true;
      }
    }
    return false;
  }

  /** What was heard counts, whatever happens to the farewell. */
  @Override
  public synchronized void close() {
    try {
      super.close();
    } catch (MessagingException e) {
      LOG.debug("the relay was gone before QUIT", e);
    }
  }
}
