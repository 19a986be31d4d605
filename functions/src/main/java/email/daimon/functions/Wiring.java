package email.daimon.functions;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.Settings.MailTransport;
import email.daimon.functions.api.DraftDesk;
import email.daimon.functions.aws.AwsClientFactory;
import email.daimon.functions.aws.AwsClients;
import email.daimon.functions.billing.Billing;
import email.daimon.functions.billing.NoBilling;
import email.daimon.functions.billing.SimulatedBilling;
import email.daimon.functions.billing.Upgrades;
import email.daimon.functions.jobs.TenantMaking;
import email.daimon.functions.queue.Deferral;
import email.daimon.functions.queue.JobQueue;
import email.daimon.functions.queue.Queues;
import email.daimon.functions.queue.SendQueue;
import email.daimon.functions.reports.BounceAddresses;
import email.daimon.functions.reports.NewsDesk;
import email.daimon.functions.reports.SendsDesk;
import email.daimon.functions.send.Pacing;
import email.daimon.functions.send.RelaySettings;
import email.daimon.functions.send.RelaySettings.Login;
import email.daimon.functions.send.RelayTransport;
import email.daimon.functions.send.SesTransport;
import email.daimon.functions.send.TenantNames;
import email.daimon.functions.send.Transport;
import email.daimon.functions.store.AccountTotals;
import email.daimon.functions.store.Accounts;
import email.daimon.functions.store.ApiKeys;
import email.daimon.functions.store.Blobs;
import email.daimon.functions.store.BulkChanges;
import email.daimon.functions.store.Claims;
import email.daimon.functions.store.ClientIds;
import email.daimon.functions.store.Documents;
import email.daimon.functions.store.DraftRelease;
import email.daimon.functions.store.Drafts;
import email.daimon.functions.store.DueIndex;
import email.daimon.functions.store.DynamoAccounts;
import email.daimon.functions.store.DynamoApiKeys;
import email.daimon.functions.store.DynamoClaims;
import email.daimon.functions.store.DynamoInboxes;
import email.daimon.functions.store.DynamoMailbox;
import email.daimon.functions.store.DynamoSends;
import email.daimon.functions.store.DynamoSigningSecrets;
import email.daimon.functions.store.Events;
import email.daimon.functions.store.FeedGrowth;
import email.daimon.functions.store.HeldPlaces;
import email.daimon.functions.store.Inboxes;
import email.daimon.functions.store.Job;
import email.daimon.functions.store.Jobs;
import email.daimon.functions.store.MailCodes;
import email.daimon.functions.store.Mailbox;
import email.daimon.functions.store.MessageIdIndex;
import email.daimon.functions.store.MessageLists;
import email.daimon.functions.store.OperatorInbox;
import email.daimon.functions.store.ProcessedMarks;
import email.daimon.functions.store.Recount;
import email.daimon.functions.store.Reputation;
import email.daimon.functions.store.S3Blobs;
import email.daimon.functions.store.SendBurst;
import email.daimon.functions.store.SendQuota;
import email.daimon.functions.store.Sends;
import email.daimon.functions.store.SigningSecrets;
import email.daimon.functions.store.Suppressions;
import email.daimon.functions.store.Table;
import email.daimon.functions.store.ThreadLists;
import email.daimon.functions.store.Transactions;
import email.daimon.functions.store.UnprocessedMail;
import email.daimon.functions.store.UnsentOfInbox;
import email.daimon.functions.store.Uploads;
import email.daimon.functions.webhook.Post;
import email.daimon.model.Ids;
import email.daimon.policy.InboundRate;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The composition root: makes every collaborator of every handler from settings, clients, clock and
 * randomness. Every handler has a constructor that takes it; local mode and tests make their own.
 */
public final class Wiring {
  private final Settings settings;
  private final AwsClients clients;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final UnaryOperator<Post> posts;

  public Wiring(
      Settings settings, AwsClients clients, InstantSource clock, RandomGenerator random) {
    this(settings, clients, clock, random, UnaryOperator.identity());
  }

  private Wiring(
      Settings settings,
      AwsClients clients,
      InstantSource clock,
      RandomGenerator random,
      UnaryOperator<Post> posts) {
    this.settings = requireNonNull(settings, "settings is null");
    this.clients = requireNonNull(clients, "clients is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.random = requireNonNull(random, "random is null");
    this.posts = requireNonNull(posts, "posts is null");
  }

  /** As Lambda starts it. */
  public static Wiring fromEnvironment() {
    return new Wiring(
        Settings.of(System.getenv()),
        AwsClientFactory.fromEnvironment(System.getenv()),
        InstantSource.system(),
        new SecureRandom());
  }

  public Settings settings() {
    return settings;
  }

  public AwsClients clients() {
    return clients;
  }

  public InstantSource clock() {
    return clock;
  }

  public Ids ids() {
    return new Ids(random);
  }

  public Table mail() {
    return new Table(clients.dynamoDb(), settings.mailTable());
  }

  public Table work() {
    return new Table(clients.dynamoDb(), settings.workTable());
  }

  public RandomGenerator random() {
    return random;
  }

  public Accounts accounts() {
    return new DynamoAccounts(mail(), work(), transactions());
  }

  /** Who takes payments in this deployment. */
  public Billing billing() {
    return switch (settings.billing()) {
      case NONE -> new NoBilling(settings.operatorContact());
      case SIMULATED -> new SimulatedBilling();
      case STRIPE ->
          throw new IllegalStateException(
              "BILLING=stripe: this version cannot take payments by Stripe yet; set none or"
                  + " simulated");
    };
  }

  public Upgrades upgrades() {
    Jobs jobs = jobs();
    boolean withTenants = settings.mailTransport() == MailTransport.SES;
    return new Upgrades(
        accounts(),
        billing(),
        (unit, account) -> {
          if (withTenants && account.tenant().isEmpty()) {
            jobs.leave(unit, Job.makeTenant(account.id()), clock.instant());
          }
        });
  }

  public TenantMaking tenantMaking() {
    return new TenantMaking(clients.ses(), settings.tenantResources(), accounts());
  }

  public ApiKeys apiKeys() {
    return new DynamoApiKeys(mail(), transactions());
  }

  public OperatorInbox operatorInbox() {
    return new OperatorInbox(
        mail(), work(), transactions(), apiKeys(), settings.domain(), ids(), clock);
  }

  public Inboxes inboxes() {
    OperatorInbox operator = operatorInbox();
    return new DynamoInboxes(
        mail(), work(), transactions(), apiKeys(), settings.domain(), operator::findOrMake);
  }

  public Claims claims() {
    return new DynamoClaims(work(), transactions());
  }

  /** One for each handler: it remembers for five minutes. */
  public SigningSecrets signingSecrets() {
    return new DynamoSigningSecrets(mail(), transactions(), random);
  }

  public DueIndex dueIndex() {
    return new DueIndex(work(), transactions());
  }

  public Jobs jobs() {
    return new Jobs(work(), dueIndex(), transactions());
  }

  public BulkChanges bulkChanges() {
    return new BulkChanges(
        mail(), apiKeys(), new UnsentOfInbox(mail(), sends(), drafts()), transactions(), clock);
  }

  public ProcessedMarks processedMarks() {
    return new ProcessedMarks(work(), transactions());
  }

  public UnprocessedMail unprocessedMail() {
    return new UnprocessedMail(blobs(), processedMarks(), clock);
  }

  public AccountTotals accountTotals() {
    return new AccountTotals(mail(), transactions());
  }

  public Recount recount() {
    return new Recount(
        mail(), accounts(), inboxes(), accountTotals(), feedGrowth(), transactions(), clock);
  }

  public FeedGrowth feedGrowth() {
    return new FeedGrowth(mail(), jobs(), transactions(), clock);
  }

  public Mailbox mailbox() {
    return DynamoMailbox.of(
        mail(),
        transactions(),
        jobs(),
        dynamoSends(),
        new InboundRate(settings.inboundRate()),
        clock);
  }

  public SendQuota sendQuota() {
    return new SendQuota(work());
  }

  public Suppressions suppressions() {
    return new Suppressions(mail(), transactions());
  }

  public Sends sends() {
    return dynamoSends();
  }

  /** Where reports of what became of a mail go. */
  public NewsDesk newsDesk() {
    return new SendsDesk(accounts(), sends());
  }

  public BounceAddresses bounceAddresses() {
    return new BounceAddresses(work(), signingSecrets(), settings.domain(), clock);
  }

  /** What carries mail, as the settings have it; none where mail is only kept. */
  public Optional<Transport> transport() {
    return switch (settings.mailTransport()) {
      case SES ->
          Optional.of(
              new SesTransport(
                  clients.ses(),
                  settings.configurationSet(),
                  new TenantNames(accounts(), clock)::of));
      case RELAY -> Optional.of(relay());
      case NONE -> Optional.empty();
    };
  }

  private RelayTransport relay() {
    BounceAddresses bounces = bounceAddresses();
    Optional<Login> login =
        settings.relayUsername().map(name -> new Login(name, settings.relayPassword()));
    return new RelayTransport(
        RelaySettings.of(settings.relayServer(), login, settings.domain()),
        (tags, recipients) -> bounces.issue(new BounceAddresses.Sent(tags, recipients)),
        clock);
  }

  /** Holds sending below SES's rate; a relay is not held up. */
  public Pacing pacing() {
    OptionalInt rate =
        settings.mailTransport() == MailTransport.SES
            ? settings.sesMaxSendRate()
            : OptionalInt.empty();
    return new Pacing(work(), transactions(), rate, clock);
  }

  private DynamoSends dynamoSends() {
    return new DynamoSends(
        mail(),
        transactions(),
        dueIndex(),
        sendQuota(),
        suppressions(),
        new Reputation(mail(), work(), transactions()),
        clock);
  }

  public Blobs blobs() {
    return new S3Blobs(clients::s3, clients::presigner, settings.bucket(), clock);
  }

  public MailCodes mailCodes() {
    return new MailCodes(mail(), transactions());
  }

  public MessageLists messageLists() {
    return new MessageLists(mail(), clock);
  }

  public Events events() {
    return new Events(mail(), clock);
  }

  /** Of the calls that {@code api-wait} holds. */
  public HeldPlaces heldPlaces() {
    return new HeldPlaces(work(), transactions(), new HeldPlaces.Caps(settings.heldCalls(), 20, 3));
  }

  public ThreadLists threadLists() {
    return new ThreadLists(mail(), clock);
  }

  public Documents documents() {
    return new Documents(mail(), blobs());
  }

  public SendBurst sendBurst() {
    return new SendBurst(work());
  }

  public ClientIds clientIds() {
    return new ClientIds(mail());
  }

  public MessageIdIndex messageIdIndex() {
    return new MessageIdIndex(mail());
  }

  public Uploads uploads() {
    return new Uploads(mail(), transactions(), clients::s3, clients::presigner, settings.bucket());
  }

  public Drafts drafts() {
    return new Drafts(mail(), transactions(), dueIndex(), blobs());
  }

  public DraftRelease draftRelease() {
    return DraftDesk.of(this);
  }

  /** What webhooks are made of, and told by. */
  public WebhookWiring hooks() {
    return new WebhookWiring(this, posts);
  }

  /** The same, whose calls of webhooks go through something else first. */
  public Wiring withPosts(UnaryOperator<Post> between) {
    return new Wiring(settings, clients, clock, random, between);
  }

  public SendQueue sendQueue() {
    return new SendQueue(queues(), settings.sweepLookAhead());
  }

  public Queues queues() {
    return new Queues(clients::sqs, settings::queueUrl);
  }

  public JobQueue jobQueue() {
    return new JobQueue(queues());
  }

  /** Of the queue with this role. */
  public Deferral deferral(String role) {
    return new Deferral(queues(), role);
  }

  public Transactions transactions() {
    return new Transactions(clients.dynamoDb(), random);
  }
}
