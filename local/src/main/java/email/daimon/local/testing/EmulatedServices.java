package email.daimon.local.testing;

import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.aws.AwsClients;
import email.daimon.local.services.CloudTraits;
import email.daimon.local.services.Endpoints;
import email.daimon.local.services.Faults;
import email.daimon.local.services.Logging;
import email.daimon.local.services.MovableClock;
import email.daimon.local.services.Services;
import email.daimon.local.services.StackCreation;
import email.daimon.local.services.Usage;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.Table;
import email.daimon.local.stack.Template;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Tables, queues and bucket of template.yaml in memory, without functions: for the tests of what
 * functions are made of. Started once for the process; each test takes tables of its own. Where the
 * environment has {@value #ENDPOINT}, the tables are kept by the DynamoDB that answers there, under
 * names that nobody else has, and deleted at the end.
 */
public final class EmulatedServices implements AutoCloseable {
  private static final String ENDPOINT = "DAIMON_TEST_DYNAMODB_ENDPOINT";

  private static final AtomicInteger TABLES = new AtomicInteger();
  private static final AtomicBoolean STARTED = new AtomicBoolean();

  private final MovableClock clock;
  private final Services services;
  private final Stack stack;
  private final RolesInTests roles;
  private final AwsClients clients;
  private final Queue<String> made = new ConcurrentLinkedQueue<>();

  private EmulatedServices(Endpoints tables) {
    Logging.setUp();
    clock = new MovableClock(InstantSource.system(), Duration.ZERO);
    services = Services.start(Optional.empty(), clock, CloudTraits.NONE, tables);
    services.usage().countUnits();
    Stack described =
        Stack.of(Template.load(), Map.of("SweepLookAheadSeconds", "0"), services.queueEndpoint());
    String suffix = tables.dynamoDb().map(_ -> "-test-" + UUID.randomUUID()).orElse("");
    stack =
        described.withTables(
            described.tables().stream().map(t -> t.named(t.name() + suffix)).toList());
    new StackCreation(services.clients(), services.objects()).create(stack);
    roles = new RolesInTests(described);
    clients = roles.guarded(services.clients());
    if (tables.dynamoDb().isPresent()) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::deleteAllTables));
    }
  }

  private void deleteTables() {
    Stream.generate(made::poll).takeWhile(Objects::nonNull).forEach(this::delete);
  }

  private void deleteAllTables() {
    deleteTables();
    stack.tables().forEach(table -> delete(table.name()));
  }

  private void delete(String table) {
    services.platform().dynamoDb().deleteTable(r -> r.tableName(table));
  }

  private static final class Holder {
    static final EmulatedServices SHARED = start();

    private static EmulatedServices start() {
      EmulatedServices services = with(System.getenv());
      STARTED.set(true);
      return services;
    }
  }

  /** The one of this process; it ends with it. */
  public static EmulatedServices shared() {
    return Holder.SHARED;
  }

  /**
   * Deletes the tables that tests have taken, if any has: DynamoDB Local takes the longer for each
   * item the more tables there are.
   */
  public static void deleteTablesOfTests() {
    if (STARTED.get()) {
      Holder.SHARED.deleteTables();
    }
  }

  /**
   * One with the tables of one test alone, to be closed by it: DynamoDB Local takes the longer for
   * each item the more tables there are, which tests of many thousand calls would feel.
   */
  public static EmulatedServices alone() {
    return with(System.getenv());
  }

  /** One whose tables are kept elsewhere; they are deleted when the process ends. */
  public static EmulatedServices withTablesAt(URI dynamoDb, Map<String, String> environment) {
    return new EmulatedServices(
        new Endpoints(Optional.of(dynamoDb), Optional.empty(), environment));
  }

  private static EmulatedServices with(Map<String, String> environment) {
    Optional<URI> dynamoDb = Optional.ofNullable(environment.get(ENDPOINT)).map(URI::create);
    return new EmulatedServices(new Endpoints(dynamoDb, Optional.empty(), environment));
  }

  @Override
  public void close() {
    services.close();
  }

  public AwsClients clients() {
    return clients;
  }

  /** Whose calls are let through. */
  public RolesInTests roles() {
    return roles;
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

  /** The environment of all functions, with the tables that everybody shares. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(stack.environment());
    environment.put("MAIL_TABLE", stack.table("MailTable").name());
    environment.put("WORK_TABLE", stack.table("WorkTable").name());
    return environment;
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
    // DynamoDB Local keeps a stream beyond its table, and looks through them all at each write.
    table = table.named(table.name() + "-" + number).withoutStream();
    StackCreation.create(services.clients().dynamoDb(), table);
    made.add(table.name());
    return table.name();
  }
}
