package email.daimon.local.services;

import email.daimon.functions.aws.AwsClientFactory;
import email.daimon.functions.aws.AwsClients;
import email.daimon.local.services.Fault.Action;
import email.daimon.local.services.Fault.Step;
import email.daimon.local.stack.LocalNames;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** DynamoDB, SQS, S3 and KMS in this process, or some of them elsewhere, and clients for them. */
public final class Services implements AutoCloseable {
  private static final Region REGION = Region.of(LocalNames.REGION);
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);

  private final Database database;
  private final Queues queues;
  private final ObjectServer objects;
  private final Faults faults = new Faults();
  private final Usage usage = new Usage();
  private final Puts puts = new Puts();
  private final SesLine sesLine = new SesLine();
  private final AwsClients clients;
  private final AwsClients platform;

  private Services(
      Database database,
      Queues queues,
      ObjectServer objects,
      KmsApi masterKey,
      CloudTraits traits,
      InstantSource clock) {
    RandomGenerator random = new Random();
    this.database = database;
    this.queues = queues;
    this.objects = objects;
    SdkHttpClient http = http();
    SdkHttpClient faulty = new FaultyHttpClient(http, faults, usage);
    S3Presigner presigner =
        S3Presigner.builder()
            .endpointOverride(objects.endpoint())
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .region(REGION)
            .credentialsProvider(ObjectServer.CREDENTIALS)
            .build();
    SesV2Client ses =
        AwsClientFactory.ses(
            SesV2Client.builder()
                .region(REGION)
                .credentialsProvider(ObjectServer.CREDENTIALS)
                .httpClient(sesLine));
    KmsClient kms =
        KmsClient.builder()
            .region(REGION)
            .credentialsProvider(ObjectServer.CREDENTIALS)
            .httpClient(masterKey)
            .build();
    this.clients =
        new AwsClients(
            new FaultyDynamoDb(
                lagging(database.client(), traits.indexLag(), clock),
                faults,
                usage,
                new Throttle(traits.throttled(), random),
                puts),
            new InProcessObjects(objects.store(), faults, usage),
            presigner,
            queues(faulty, traits, random),
            ses,
            kms);
    this.platform =
        new AwsClients(
            new FaultyDynamoDb(
                database.client(), new Faults(), new Usage(), new Throttle(0, random), puts),
            new InProcessObjects(objects.store(), new Faults(), new Usage()),
            presigner,
            ownWay(queues(http, traits, random), traits),
            ses,
            kms);
    for (Step step : List.of(Step.SQS_SEND, Step.INBOUND_NOTIFICATION)) {
      faults.lasting(new Fault(step, Action.TWICE, Duration.ZERO), traits.doubled(), random);
    }
  }

  /**
   * Starts all three at the same time.
   *
   * @param disk that keeps everything; without it everything is kept in memory
   */
  public static Services start(Optional<Disk> disk, InstantSource clock) {
    return start(disk, clock, CloudTraits.NONE);
  }

  /** The same, with what AWS does and emulators hide. */
  public static Services start(Optional<Disk> disk, InstantSource clock, CloudTraits traits) {
    return start(disk, clock, traits, Endpoints.NONE);
  }

  /** The same, but for the services that are elsewhere. */
  public static Services start(
      Optional<Disk> disk, InstantSource clock, CloudTraits traits, Endpoints elsewhere) {
    Objects.requireNonNull(clock);
    try (ExecutorService starters = Executors.newFixedThreadPool(3)) {
      CompletableFuture<Database> database =
          async(
              () ->
                  elsewhere
                      .dynamoDb()
                      .<Database>map(endpoint -> new DynamoDbElsewhere(endpoint, elsewhere))
                      .orElseGet(() -> new DynamoDbLocal(disk)),
              starters);
      CompletableFuture<Queues> queues =
          async(
              () ->
                  elsewhere
                      .sqs()
                      .<Queues>map(endpoint -> new QueuesElsewhere(endpoint, elsewhere))
                      .orElseGet(() -> new QueueServer(disk, clock)),
              starters);
      CompletableFuture<ObjectServer> objects =
          async(() -> new ObjectServer(disk.map(d -> d.folder().resolve("objects"))), starters);
      return new Services(
          database.join(),
          queues.join(),
          objects.join(),
          KmsApi.open(disk.map(d -> d.folder().resolve("master.key")), new SecureRandom()),
          traits,
          clock);
    } catch (CompletionException e) {
      throw new ServiceException("a service did not start: " + e.getCause(), e);
    }
  }

  /** What the functions get: faults and counters are in these. */
  public AwsClients clients() {
    return clients;
  }

  /**
   * For what in AWS is no function: receiving, SNS to SQS, SQS to Lambda. Never faulty, never
   * counted.
   */
  public AwsClients platform() {
    return platform;
  }

  /** The streams of the tables. */
  public DynamoDbStreamsClient streams() {
    return database.streams();
  }

  /** Calls a listener, on the writer's thread, with each item that was put into a table. */
  public void onPut(String table, Consumer<Map<String, AttributeValue>> listener) {
    puts.listen(table, listener);
  }

  /** Messages of a queue, by its name. */
  public QueueDepth depth(String queue) {
    return queues.depth(queue);
  }

  public URI queueEndpoint() {
    return queues.endpoint();
  }

  public URI objectEndpoint() {
    return objects.endpoint();
  }

  /** The objects without HTTP: for SES, which writes received mail itself. */
  public BlobStore objects() {
    return objects.store();
  }

  /** From here on SES is what answers here. Until then its client is not connected. */
  public void connectSes(SdkHttpClient ses) {
    sesLine.connect(ses);
  }

  public Faults faults() {
    return faults;
  }

  public Usage usage() {
    return usage;
  }

  @Override
  public void close() {
    for (AwsClients each : List.of(platform, clients)) {
      each.sqs().close();
      each.s3().close();
      each.ses().close();
      each.kms().close();
    }
    clients.presigner().close();
    objects.close();
    queues.close();
    database.close();
  }

  private static <T> CompletableFuture<T> async(Supplier<T> start, ExecutorService starters) {
    return CompletableFuture.supplyAsync(start, starters);
  }

  private static DynamoDbClient lagging(DynamoDbClient client, Duration lag, InstantSource clock) {
    return lag.isZero() ? client : IndexLag.of(client, lag, clock);
  }

  // What makes messages late sits in the client that speaks HTTP.
  private SqsClient ownWay(SqsClient http, CloudTraits traits) {
    return traits.late().isZero() ? queues.shortest(http) : http;
  }

  private SqsClient queues(SdkHttpClient http, CloudTraits traits, RandomGenerator random) {
    SqsClientBuilder builder = SqsClient.builder();
    if (!traits.late().isZero()) {
      LateMessages late = new LateMessages(traits.late(), random);
      builder.overrideConfiguration(c -> c.addExecutionInterceptor(late));
    }
    return queues.reached(builder).httpClient(http).build();
  }

  private static SdkHttpClient http() {
    AwsClientFactory.sendOnce();
    // The JDK keeps five idle connections a host; pollers, forwarders and functions need more.
    System.setProperty("http.maxConnections", "64");
    return UrlConnectionHttpClient.builder().socketTimeout(LONGEST_ANSWER).build();
  }
}
