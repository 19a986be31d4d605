package email.daimon.local.smtp;

import java.io.IOException;
import java.util.Objects;
import org.subethamail.smtp.internal.server.Command;
import org.subethamail.smtp.internal.server.HelpMessage;
import org.subethamail.smtp.server.Session;

/**
 * One command of ours in place of the library's, whose replies carry no enhanced status codes (RFC
 * 2034).
 */
record SmtpCommand(String name, SmtpCommand.Action action) implements Command {
  /** What the command does. */
  @FunctionalInterface
  interface Action {
    void run(String line, Session session) throws IOException;
  }

  SmtpCommand {
    Objects.requireNonNull(name);
    Objects.requireNonNull(action);
  }

  static SmtpCommand saying(String name, String reply) {
    return new SmtpCommand(name, (_, session) -> session.sendResponse(reply));
  }

  @Override
  public void execute(String line, Session session) throws IOException {
    action.run(line, session);
  }

  @Override
  public HelpMessage getHelp() {
    return new HelpMessage(name, "See RFC 5321.");
  }

  @Override
  public String getName() {
    return name;
  }
}
