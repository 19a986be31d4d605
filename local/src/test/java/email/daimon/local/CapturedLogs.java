package email.daimon.local;

import email.daimon.local.services.Logging;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Hears loggers of this process at every level, causes and their traces too. */
final class CapturedLogs implements AutoCloseable {
  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OURS = Logger.getLogger("email.daimon");
  // Held: loggers that nobody holds are forgotten with their level.
  private final List<Logger> kept = new ArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Handler ear =
      new Handler() {
        private final Formatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord line) {
          lines.add(line.getLoggerName() + " " + formatter.formatMessage(line) + trace(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /**
   * @param atTheirLevel loggers that stay at the level that settings give them
   */
  CapturedLogs(List<String> atTheirLevel) {
    for (String name : atTheirLevel) {
      Logger logger = Logger.getLogger(name);
      logger.setLevel(effective(logger));
      kept.add(logger);
    }
    for (Handler console : ROOT.getHandlers()) {
      ROOT.removeHandler(console);
    }
    ROOT.setLevel(Level.ALL);
    OURS.setLevel(Level.ALL);
    ROOT.addHandler(ear);
  }

  private static Level effective(Logger logger) {
    Logger settled = logger;
    while (settled.getLevel() == null) {
      settled = settled.getParent();
    }
    return settled.getLevel();
  }

  List<String> lines() {
    return lines;
  }

  private static String trace(LogRecord line) {
    StringWriter text = new StringWriter();
    if (line.getThrown() != null) {
      line.getThrown().printStackTrace(new PrintWriter(text));
    }
    return text.toString();
  }

  @Override
  public void close() {
    ROOT.removeHandler(ear);
    kept.forEach(logger -> logger.setLevel(null));
    Logging.setUp();
  }
}
