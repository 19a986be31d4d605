package email.daimon.local.smtp;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.internal.server.Command;
import org.subethamail.smtp.server.Session;

/** What each command does to a session. */
final class Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
  private static final int MOST_RECIPIENTS = 100;
  private static final Pattern MAIL_PARAMETER =
      Pattern.compile("SIZE=\\d+|BODY=(7BIT|8BITMIME)|SMTPUTF8");

  private Conversation() {}

  static List<Command> commands() {
    return List.of(
        new SmtpCommand("EHLO", Conversation::ehlo),
        new SmtpCommand("HELO", Conversation::helo),
        new SmtpCommand("MAIL", Conversation::mail),
        new SmtpCommand("RCPT", Conversation::rcpt),
        new SmtpCommand("DATA", Conversation::data),
        new SmtpCommand("RSET", Conversation::rset),
        new SmtpCommand("STARTTLS", Conversation::startTls),
        new SmtpCommand("QUIT", Conversation::quit),
        SmtpCommand.saying("NOOP", "250 2.0.0 Ok"),
        SmtpCommand.saying("HELP", "214 2.0.0 See RFC 5321"),
        SmtpCommand.saying("VRFY", "252 2.1.5 Send a mail and see"),
        SmtpCommand.saying("EXPN", "502 5.5.1 Not implemented"),
        SmtpCommand.saying("AUTH", "502 5.5.1 This port only receives"),
        SmtpCommand.saying("BDAT", "502 5.5.1 Not implemented"));
  }

  private static void ehlo(String line, Session session) throws IOException {
    if (!greeted(line, session)) {
      return;
    }
    StringBuilder reply = new StringBuilder("250-" + session.getServer().getHostName());
    for (String extension :
        List.of("PIPELINING", "SIZE " + SmtpDoor.LARGEST_MAIL, "8BITMIME", "SMTPUTF8")) {
      reply.append("\r\n250-").append(extension);
    }
    if (!session.isTLSStarted()) {
      reply.append("\r\n250-STARTTLS");
    }
    session.sendResponse(reply.append("\r\n250 ENHANCEDSTATUSCODES").toString());
  }

  private static void helo(String line, Session session) throws IOException {
    if (greeted(line, session)) {
      session.sendResponse("250 " + session.getServer().getHostName());
    }
  }

  private static boolean greeted(String line, Session session) throws IOException {
    String name = line.length() > 5 ? line.substring(5).strip() : "";
    if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ')) {
      session.sendResponse("501 5.5.4 Say who you are: EHLO name");
      return false;
    }
    session.resetMailTransaction();
    session.setHelo(name);
    // The replies to pipelined commands are small writes: each would wait for the last one's ACK.
    session.getSocket().setTcpNoDelay(true);
    return true;
  }

  private static void mail(String line, Session session) throws IOException {
    if (session.isMailTransactionInProgress()) {
      session.sendResponse("503 5.5.1 There is a sender already");
      return;
    }
    Optional<PathArgument> path = PathArgument.parse(line, "FROM:");
    if (path.isEmpty()) {
      session.sendResponse("501 5.1.7 Syntax: MAIL FROM:<address>");
    } else if (!path.get().parameters().stream().allMatch(MAIL_PARAMETER.asMatchPredicate())) {
      session.sendResponse("555 5.5.4 Unknown parameter");
    } else if (path.get().size().orElse(0L) > SmtpDoor.LARGEST_MAIL) {
      session.sendResponse("552 5.3.4 The mail is larger than 40 MB");
    } else {
      session.startMailTransaction();
      transaction(session).from(path.get().address());
      session.sendResponse("250 2.1.0 Ok");
    }
  }

  private static void rcpt(String line, Session session) throws IOException {
    if (!session.isMailTransactionInProgress()) {
      session.sendResponse("503 5.5.1 MAIL comes first");
      return;
    }
    if (session.getRecipientCount() >= MOST_RECIPIENTS) {
      session.sendResponse("452 4.5.3 Too many recipients");
      return;
    }
    Optional<PathArgument> path = PathArgument.parse(line, "TO:");
    if (path.isEmpty() || path.get().address().isEmpty()) {
      session.sendResponse("501 5.1.3 Syntax: RCPT TO:<address>");
    } else if (!path.get().parameters().isEmpty()) {
      session.sendResponse("555 5.5.4 Unknown parameter");
    } else {
      try {
        transaction(session).recipient(path.get().address());
        session.addRecipient(path.get().address());
        session.sendResponse("250 2.1.5 Ok");
      } catch (RejectException e) {
        session.sendResponse(e.getErrorResponse());
      }
    }
  }

  private static void data(String line, Session session) throws IOException {
    if (!session.isMailTransactionInProgress()) {
      session.sendResponse("503 5.5.1 MAIL comes first");
      return;
    }
    if (session.getRecipientCount() == 0) {
      session.sendResponse("554 5.5.1 No valid recipients");
      return;
    }
    MailTransaction transaction = transaction(session);
    String reply;
    try {
      transaction.prepare();
      session.sendResponse("354 End the data with <CR><LF>.<CR><LF>");
      reply = "250 " + transaction.data(new DottedData(session.getRawInput()));
    } catch (RejectException e) {
      reply = e.getErrorResponse();
    }
    // The library forgets this after a refusal: the next MAIL would be out of order.
    session.resetMailTransaction();
    session.sendResponse(reply);
  }

  private static void rset(String line, Session session) throws IOException {
    session.resetMailTransaction();
    session.sendResponse("250 2.0.0 Ok");
  }

  private static void quit(String line, Session session) throws IOException {
    session.sendResponse("221 2.0.0 Bye");
    session.quit();
  }

  private static void startTls(String line, Session session) throws IOException {
    if (session.isTLSStarted()) {
      session.sendResponse("454 4.7.0 TLS is active already");
      return;
    }
    session.sendResponse("220 2.0.0 Ready to start TLS");
    try {
      SSLSocket socket = session.getServer().createSSLSocket(session.getSocket());
      socket.startHandshake();
      // A new socket has new buffers: commands that came in clear behind STARTTLS are gone.
      session.setSocket(socket);
      session.resetSmtpProtocol();
      session.setTlsStarted(true);
    } catch (IOException e) {
      LOG.info("TLS handshake failed: {}", e.toString());
      session.quit();
    }
  }

  private static MailTransaction transaction(Session session) {
    return (MailTransaction) session.getMessageHandler();
  }
}
