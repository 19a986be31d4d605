package email.daimon.local.ses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.functions.aws.AwsClientFactory;
import email.daimon.local.services.Faults;
import email.daimon.local.services.Usage;
import email.daimon.local.testing.EmulatedServices;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** SES of a test: its API by the real SDK, its outbox in a folder, a queue of its own. */
public final class LocalSes implements AutoCloseable {
  public static final String CONFIGURATION_SET = "sending-events";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SqsClient SQS = EmulatedServices.shared().clients().sqs();
  private final Path folder;
  private final String queueUrl;
  private final InstantSource clock;
  private final Carrier.LocalDomains domains =
      new Carrier.LocalDomains() {
        @Override
        public boolean own(String address) {
          return address.endsWith("@daimon.email");
        }

        @Override
        public boolean known(String address) {
          return !address.startsWith("nobody@");
        }
      };
  public final Faults faults = new Faults();
  public final Usage usage = new Usage();
  public final Outbox outbox;
  public final Spool spool;
  public final SesV2Client client;

  public LocalSes(Path folder, String queue, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
    queueUrl = SQS.createQueue(r -> r.queueName(queue)).queueUrl();
    outbox = new Outbox(folder.resolve("outbox"), false);
    spool = new Spool(folder.resolve("spool"), 100, false);
    Tenants tenants = new Tenants(folder.resolve("ses"));
    SesApi api =
        new SesApi(
            new SendingRules(Set.of("daimon.email"), Set.of(CONFIGURATION_SET), tenants),
            tenants,
            domains,
            outbox,
            new SesApi.Trouble(faults, usage),
            clock,
            new Random(1));
    client =
        AwsClientFactory.ses(
            SesV2Client.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClient(api));
  }

  /** Hands on what waits in the outbox, until it is closed. */
  public Carrier carrier() {
    return new Carrier(
        outbox,
        new Carrier.Destinations(spool, domains),
        new Carrier.Publication(SQS, queueUrl, "arn:aws:sns:us-east-1:000000000000:events"),
        clock);
  }

  /** The events that were published and not asked for yet, as SES writes them, in order. */
  public List<JsonNode> events(int count) throws Exception {
    List<JsonNode> events = new ArrayList<>();
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (events.size() < count && System.nanoTime() < end) {
      for (Message message :
          SQS.receiveMessage(r -> r.queueUrl(queueUrl).maxNumberOfMessages(10).waitTimeSeconds(1))
              .messages()) {
        events.add(JSON.readTree(JSON.readTree(message.body()).path("Message").asText()));
        var _ = SQS.deleteMessage(r -> r.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
      }
    }
    events.sort(Comparator.comparing((JsonNode event) -> order(event)));
    return events;
  }

  private static int order(JsonNode event) {
    return List.of("Send", "Delivery", "Bounce", "Complaint")
        .indexOf(event.path("eventType").asText());
  }

  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    client.close();
  }
}
