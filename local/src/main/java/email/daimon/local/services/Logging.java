package email.daimon.local.services;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.logging.LogManager;

/** One line a record, and of the emulators only what is wrong. */
public final class Logging {
  private Logging() {}

  public static void setUp() {
    try (InputStream settings = Logging.class.getResourceAsStream("/logging.properties")) {
      LogManager.getLogManager().readConfiguration(Objects.requireNonNull(settings));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
