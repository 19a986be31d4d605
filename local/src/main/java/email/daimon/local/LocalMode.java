package email.daimon.local;

import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.admin.Administration;
import email.daimon.functions.reports.BounceAddresses;
import email.daimon.local.http.AdminDoor;
import email.daimon.local.http.DevDoor;
import email.daimon.local.http.HttpDoor;
import email.daimon.local.http.InboundDoor;
import email.daimon.local.http.OutboxDoor;
import email.daimon.local.lambda.LocalFunction;
import email.daimon.local.queues.QueueDesk;
import email.daimon.local.queues.QueuePoller;
import email.daimon.local.queues.Scheduler;
import email.daimon.local.roles.GuardedFunctions;
import email.daimon.local.roles.Witness;
import email.daimon.local.services.Disk;
import email.daimon.local.services.Endpoints;
import email.daimon.local.services.FaultyPost;
import email.daimon.local.services.MovableClock;
import email.daimon.local.services.Services;
import email.daimon.local.services.StackCreation;
import email.daimon.local.ses.Carrier;
import email.daimon.local.ses.Forwarders;
import email.daimon.local.ses.Outbox;
import email.daimon.local.ses.ReceiptRule;
import email.daimon.local.ses.SendingRules;
import email.daimon.local.ses.SesApi;
import email.daimon.local.ses.Spool;
import email.daimon.local.ses.Tenants;
import email.daimon.local.smtp.AddressBook;
import email.daimon.local.smtp.Recipients;
import email.daimon.local.smtp.RelayDoor;
import email.daimon.local.smtp.SmtpDoor;
import email.daimon.local.stack.Function;
import email.daimon.local.stack.Function.QueueMapping;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.Template;
import email.daimon.local.streams.StreamPoller;
import java.io.IOException;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole platform in this process: services, functions, and the doors to them. */
public final class LocalMode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalMode.class);

  /** Mails that may be accepted and not handed on yet: more than any burst that people try. */
  private static final int SPOOL_CAPACITY = 5_000;

  private static final int FORWARDERS = 2;

  /** How long calls may take to end when everything ends. */
  private static final Duration MOST_TO_END = Duration.ofSeconds(2);

  private final Deque<AutoCloseable> parts;
  private final RandomGenerator random = new SecureRandom();
  private final LocalSettings settings;
  private final String signupToken;
  private final DataFolder folder;
  private final MovableClock clock;
  private final Services services;
  private final Stack stack;
  private final Wiring wiring;
  private final HttpDoor http;
  private final SmtpDoor smtp;

  private LocalMode(
      LocalSettings settings, Witness witness, Endpoints elsewhere, Deque<AutoCloseable> parts) {
    this.parts = parts;
    this.settings = settings;
    this.signupToken = settings.signup().equals("token") ? token(random) : "";
    folder = part(DataFolder.open(settings.data()));
    clock = folder.clock();
    http = part(httpDoor(settings.port()));
    Optional<Disk> disk = folder.services().map(path -> new Disk(path, settings.force()));
    services = part(Services.start(disk, clock, settings.traits(), elsewhere));
    Outbox outbox = new Outbox(folder.path().resolve("outbox"), settings.force());
    Map<String, String> parameters = settings.parameters(url(), signupToken);
    if (settings.needsRelay()) {
      RelayDoor relay = part(new RelayDoor(outbox, this::isOwn, services.faults(), clock, random));
      parameters.put("GreenArrowSmtpServer", "localhost:" + relay.port());
    }
    stack = Stack.of(Template.load(), parameters, services.queueEndpoint());
    new StackCreation(services.platform(), services.objects()).create(stack);
    Map<Function, LocalFunction> functions = functions(new GuardedFunctions(witness));
    wiring = new Wiring(Settings.of(stack.environment()), services.platform(), clock, random);
    // Mail to reserved names has its inbox from the first start on.
    var _ = wiring.operatorInbox().findOrMake();
    // The inbound function's own look-up: what RCPT accepts it delivers.
    BounceAddresses bounces = wiring.bounceAddresses();
    AddressBook recipients =
        new AddressBook(address ->
            bounces.owns(address) || wiring.inboxes().findByAddress(address).isPresent());
    Spool spool = new Spool(folder.spool(), SPOOL_CAPACITY, settings.force());
    part(new Forwarders(spool, receiptRule(), FORWARDERS));
    part(sending(outbox, spool, recipients));
    functions.forEach(this::connect);
    smtp = part(smtpDoor(recipients, spool));
    InboundDoor inbound = new InboundDoor(recipients, spool, clock, random);
    AdminDoor admin = new AdminDoor(new Administration(wiring)::run);
    DevDoor dev =
        new DevDoor(inbound, new OutboxDoor(outbox), clock, services.faults(), queues(), admin);
    http.start(
        routes(functions), dev, () -> spool.hasRoom() && canRead(), recipients::forget, clock);
    // Taken first, closed first, once the calls that are held have got their answers.
    part(http);
    part((AutoCloseable) () -> endCalls(functions));
  }

  /** Starts everything; it is ready when this returns. */
  public static LocalMode start(LocalSettings settings) {
    return start(settings, Witness.NOBODY, Endpoints.NONE);
  }

  /** The same, seen by somebody. */
  public static LocalMode start(LocalSettings settings, Witness witness) {
    return start(settings, witness, Endpoints.NONE);
  }

  /** The same with services that are elsewhere. */
  public static LocalMode start(LocalSettings settings, Endpoints elsewhere) {
    return start(settings, Witness.NOBODY, elsewhere);
  }

  private static LocalMode start(LocalSettings settings, Witness witness, Endpoints elsewhere) {
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      return new LocalMode(settings, witness, elsewhere, parts);
    } catch (RuntimeException | Error e) {
      close(parts);
      throw e;
    }
  }

  public int port() {
    return http.port();
  }

  public int smtpPort() {
    return smtp.port();
  }

  public String url() {
    return "http://localhost:" + http.port();
  }

  public MovableClock clock() {
    return clock;
  }

  public Services services() {
    return services;
  }

  /** As the functions' own, for those who look at what they did. */
  public Wiring wiring() {
    return wiring;
  }

  public QueueDesk queues() {
    return new QueueDesk(services.platform().sqs(), stack.queues(), services::depth);
  }

  LocalSettings settings() {
    return settings;
  }

  public String signupToken() {
    return signupToken;
  }

  @Override
  public void close() {
    close(parts);
  }

  private static void close(Deque<AutoCloseable> parts) {
    // All at once: each takes until its question for messages is answered.
    for (AutoCloseable part : parts) {
      if (part instanceof QueuePoller poller) {
        poller.stop();
      }
    }
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("a part did not stop", e);
      }
    }
  }

  private boolean canRead() {
    try {
      var _ = wiring.inboxes().find("inbox_none");
      return true;
    } catch (RuntimeException e) {
      LOG.warn("the tables do not answer", e);
      return false;
    }
  }

  private Map<Function, LocalFunction> functions(GuardedFunctions guarded) {
    Map<Function, LocalFunction> functions = new HashMap<>();
    for (Function function : stack.functions()) {
      Wiring own =
          new Wiring(
                  Settings.of(guarded.environment(function)),
                  guarded.clients(function, services.clients()),
                  clock,
                  random)
              .withPosts(post -> new FaultyPost(post, services.faults()));
      functions.put(function, LocalFunction.of(function, own, services.usage()));
    }
    return functions;
  }

  private void connect(Function description, LocalFunction function) {
    for (QueueMapping mapping : description.queues()) {
      part(
          new QueuePoller(
              services.platform().sqs(),
              stack.queue(mapping.queueArn()),
              function,
              mapping.batchSize(),
              mapping.maximumConcurrency()));
    }
    description
        .streams()
        .forEach(mapping ->
            part(new StreamPoller(services, mapping, function, folder.streams(), clock)));
    description.schedules().forEach(schedule -> part(new Scheduler(function, schedule, clock)));
  }

  private static void endCalls(Map<Function, LocalFunction> functions) {
    functions.forEach((description, function) -> {
      if (!description.routes().isEmpty()) {
        function.stop(MOST_TO_END);
      }
    });
  }

  private ReceiptRule receiptRule() {
    Stack.Receipt rule = stack.receipt().orElseThrow();
    ReceiptRule.Target target =
        new ReceiptRule.Target(
            rule.bucket(), rule.prefix(), rule.topicArn(), stack.queueOf(rule.topicArn()).url());
    return new ReceiptRule(
        target, services.objects(), services.platform().sqs(), services.faults(), clock);
  }

  private boolean isOwn(String address) {
    return address.toLowerCase(Locale.ROOT).endsWith("@" + settings.domain());
  }

  /** SES's other half: from here on mails can be sent. */
  private Carrier sending(Outbox outbox, Spool spool, Recipients recipients) {
    Carrier.LocalDomains domains =
        new Carrier.LocalDomains() {
          @Override
          public boolean own(String address) {
            return isOwn(address);
          }

          @Override
          public boolean known(String address) {
            return recipients.accepts(address);
          }
        };
    Tenants tenants = new Tenants(folder.path().resolve("ses"));
    services.connectSes(
        new SesApi(
            new SendingRules(
                Set.of(settings.domain()), Set.copyOf(stack.configurationSets()), tenants),
            tenants,
            domains,
            outbox,
            new SesApi.Trouble(services.faults(), services.usage()),
            clock,
            random));
    return new Carrier(
        outbox,
        new Carrier.Destinations(spool, domains),
        new Carrier.Publication(
            services.platform().sqs(),
            stack.queueOf(stack.topicArn("SesEventsTopic")).url(),
            stack.topicArn("SesEventsTopic")),
        clock);
  }

  private static Map<Function.Route, LocalFunction> routes(Map<Function, LocalFunction> functions) {
    Map<Function.Route, LocalFunction> routes = new HashMap<>();
    functions.forEach((description, function) ->
        description.routes().forEach(route -> routes.put(route, function)));
    return routes;
  }

  private static HttpDoor httpDoor(int port) {
    try {
      return new HttpDoor(port);
    } catch (IOException e) {
      throw notOpened("port", "--port", port, e);
    }
  }

  private SmtpDoor smtpDoor(Recipients recipients, Spool spool) {
    try {
      return new SmtpDoor(settings.smtpPort(), settings.domain(), recipients, spool, clock, random);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof IOException cause) {
        throw notOpened("SMTP port", "--smtp-port", settings.smtpPort(), cause);
      }
      throw e;
    }
  }

  private static StartException notOpened(String what, String flag, int port, IOException why) {
    boolean taken = why instanceof BindException || why.getCause() instanceof BindException;
    String text =
        taken
            ? "%s %d is taken: give %s another, or stop what uses it".formatted(what, port, flag)
            : "%s %d does not open: %s".formatted(what, port, why.getMessage());
    return new StartException(text, why);
  }

  private <T extends AutoCloseable> T part(T part) {
    parts.push(part);
    return part;
  }

  private static String token(RandomGenerator random) {
    return Long.toHexString(random.nextLong() | Long.MIN_VALUE);
  }
}
