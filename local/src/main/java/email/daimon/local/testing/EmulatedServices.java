package email.daimon.local.testing;

import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.aws.AwsClients;
import email.daimon.local.services.Faults;
import email.daimon.local.services.Logging;
import email.daimon.local.services.MovableClock;
import email.daimon.local.services.Services;
import email.daimon.local.services.StackCreation;
import email.daimon.local.services.Usage;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.Table;
import email.daimon.local.stack.Template;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Tables, queues and bucket of template.yaml in memory, without functions: for the tests of what
 * functions are made of. Started once for the process; each test takes tables of its own.
 */
public final class EmulatedServices {
  private static final AtomicInteger TABLES = new AtomicInteger();

  private final MovableClock clock;
  private final Services services;
  private final Stack stack;

  private EmulatedServices() {
    Logging.setUp();
    clock = new MovableClock(InstantSource.system(), Duration.ZERO);
    services = Services.start(Optional.empty(), clock);
    stack = Stack.of(Template.load(), Map.of(), services.queueEndpoint());
    new StackCreation(services.clients(), services.objects()).create(stack);
  }

  private static final class Holder {
    static final EmulatedServices SHARED = new EmulatedServices();
  }

  /** The one of this process; it ends with it. */
  public static EmulatedServices shared() {
    return Holder.SHARED;
  }

  public AwsClients clients() {
    return services.clients();
  }

  /** The clock of the queues. */
  public MovableClock clock() {
    return clock;
  }

  public Faults faults() {
    return services.faults();
  }

  public Usage usage() {
    return services.usage();
  }

  /** The environment of the inbound function, with the tables that everybody shares. */
  public Map<String, String> environment() {
    return stack.functions().stream()
        .filter(function -> function.id().equals("InboundFunction"))
        .findFirst()
        .orElseThrow()
        .environment();
  }

  /** The same environment with new, empty tables that nobody else knows. */
  public Map<String, String> environmentWithNewTables() {
    int number = TABLES.incrementAndGet();
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("MAIL_TABLE", create("MailTable", number));
    environment.put("WORK_TABLE", create("WorkTable", number));
    return environment;
  }

  /** A wiring with new, empty tables. */
  public Wiring wiring(InstantSource clock, RandomGenerator random) {
    return new Wiring(Settings.of(environmentWithNewTables()), clients(), clock, random);
  }

  private String create(String id, int number) {
    Table table = stack.table(id);
    table = table.named(table.name() + "-" + number);
    StackCreation.create(clients().dynamoDb(), table);
    return table.name();
  }
}
