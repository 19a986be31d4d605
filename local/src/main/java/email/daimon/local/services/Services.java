package email.daimon.local.services;

import email.daimon.functions.aws.AwsClients;
import email.daimon.local.stack.LocalNames;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sqs.SqsClient;

/** DynamoDB, SQS and S3 in this process, and clients for them. */
public final class Services implements AutoCloseable {
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create(ObjectServer.KEY_ID, ObjectServer.SECRET));
  private static final Region REGION = Region.of(LocalNames.REGION);
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);

  private final DynamoDbLocal database;
  private final QueueServer queues;
  private final ObjectServer objects;
  private final Faults faults = new Faults();
  private final Usage usage = new Usage();
  private final AwsClients clients;
  private final SqsClient platformQueues;

  private Services(
      DynamoDbLocal database, QueueServer queues, ObjectServer objects, boolean durable) {
    this.database = database;
    this.queues = queues;
    this.objects = objects;
    SdkHttpClient http = http();
    SdkHttpClient faulty = new FaultyHttpClient(http, faults, usage);
    S3Configuration pathStyle = S3Configuration.builder().pathStyleAccessEnabled(true).build();
    this.clients =
        new AwsClients(
            new FaultyDynamoDb(database.client(), faults, usage, durable),
            S3Client.builder()
                .endpointOverride(objects.endpoint())
                .serviceConfiguration(pathStyle)
                .region(REGION)
                .credentialsProvider(CREDENTIALS)
                .httpClient(faulty)
                .build(),
            S3Presigner.builder()
                .endpointOverride(objects.endpoint())
                .serviceConfiguration(pathStyle)
                .region(REGION)
                .credentialsProvider(CREDENTIALS)
                .build(),
            queues(queues.endpoint(), faulty));
    this.platformQueues = queues(queues.endpoint(), http);
  }

  /**
   * Starts all three at the same time.
   *
   * @param data folder that keeps everything; without it everything is kept in memory
   */
  public static Services start(Optional<Path> data, InstantSource clock) {
    Objects.requireNonNull(clock);
    try (ExecutorService starters = Executors.newFixedThreadPool(3)) {
      CompletableFuture<DynamoDbLocal> database =
          async(() -> new DynamoDbLocal(data.map(d -> d.resolve("tables.db"))), starters);
      CompletableFuture<QueueServer> queues =
          async(() -> new QueueServer(data.map(d -> d.resolve("queues")), clock), starters);
      CompletableFuture<ObjectServer> objects =
          async(() -> new ObjectServer(data.map(d -> d.resolve("objects"))), starters);
      return new Services(database.join(), queues.join(), objects.join(), data.isPresent());
    } catch (CompletionException e) {
      throw new ServiceException("a service did not start: " + e.getCause(), e);
    }
  }

  /** What the functions get: faults and counters are in these. */
  public AwsClients clients() {
    return clients;
  }

  /** What the platform itself does, SNS to SQS and SQS to Lambda: never faulty, never counted. */
  public SqsClient platformQueues() {
    return platformQueues;
  }

  public URI queueEndpoint() {
    return queues.endpoint();
  }

  /** The objects without HTTP: for SES, which writes received mail itself. */
  public BlobStore objects() {
    return objects.store();
  }

  public Faults faults() {
    return faults;
  }

  public Usage usage() {
    return usage;
  }

  @Override
  public void close() {
    platformQueues.close();
    clients.sqs().close();
    clients.s3().close();
    clients.presigner().close();
    objects.close();
    queues.close();
    database.close();
  }

  private static <T> CompletableFuture<T> async(Supplier<T> start, ExecutorService starters) {
    return CompletableFuture.supplyAsync(start, starters);
  }

  private static SqsClient queues(URI endpoint, SdkHttpClient http) {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(REGION)
        .credentialsProvider(CREDENTIALS)
        .httpClient(http)
        .build();
  }

  private static SdkHttpClient http() {
    // The JDK keeps five idle connections a host; pollers, forwarders and functions need more.
    System.setProperty("http.maxConnections", "64");
    return UrlConnectionHttpClient.builder().socketTimeout(LONGEST_ANSWER).build();
  }
}
