package email.daimon.local.testing;

import email.daimon.functions.Wiring;
import email.daimon.functions.aws.AwsClients;
import email.daimon.local.LocalMode;
import email.daimon.local.LocalSettings;
import email.daimon.local.queues.QueueDesk;
import email.daimon.local.roles.Witness;
import email.daimon.local.services.Endpoints;
import email.daimon.local.services.Faults;
import email.daimon.local.services.Logging;
import email.daimon.local.services.MovableClock;
import email.daimon.local.services.Usage;
import java.net.URI;
import java.util.Map;

/** Local mode in the process of a test, on free ports. Start one for a class, not for a test. */
public final class LocalDaimon implements AutoCloseable {
  private final LocalMode mode;

  private LocalDaimon(LocalMode mode) {
    this.mode = mode;
  }

  /** Keeps nothing. */
  public static LocalDaimon start() {
    return start(LocalSettings.ephemeral());
  }

  public static LocalDaimon start(LocalSettings settings) {
    return start(settings, Witness.NOBODY);
  }

  /** The same, seen by somebody. */
  public static LocalDaimon start(LocalSettings settings, Witness witness) {
    Logging.setUp();
    return new LocalDaimon(LocalMode.start(settings, witness));
  }

  /** With services that are elsewhere. */
  public static LocalDaimon start(LocalSettings settings, Endpoints elsewhere) {
    Logging.setUp();
    return new LocalDaimon(LocalMode.start(settings, elsewhere));
  }

  public URI apiUrl() {
    return URI.create(mode.url());
  }

  public int smtpPort() {
    return mode.smtpPort();
  }

  public MovableClock clock() {
    return mode.clock();
  }

  /** What callers without a key must know, where sign-up is by token. */
  public String signupToken() {
    return mode.signupToken();
  }

  /** What goes wrong next. */
  public Faults faults() {
    return mode.services().faults();
  }

  /** What the functions asked of the services. */
  public Usage usage() {
    return mode.services().usage();
  }

  /** Collaborators like the functions' own, on the same tables, without faults. */
  public Wiring wiring() {
    return mode.wiring();
  }

  /** The services it runs on, as the platform calls them. */
  public AwsClients platform() {
    return mode.services().platform();
  }

  /** Messages in each queue, by its short name: {@code inbound}, {@code jobs}. */
  public Map<String, QueueDesk.Depth> queues() {
    return mode.queues().depths();
  }

  @Override
  public void close() {
    mode.close();
  }
}
