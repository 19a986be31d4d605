package email.daimon.functions.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.aws.AwsClientFactory;
import email.daimon.functions.send.Transport.Answer;
import email.daimon.functions.send.Transport.Envelope;
import email.daimon.local.services.Fault;
import email.daimon.local.services.Fault.Action;
import email.daimon.local.services.Fault.Failure;
import email.daimon.local.services.Fault.Step;
import email.daimon.local.ses.Carrier;
import email.daimon.local.ses.LocalSes;
import email.daimon.model.MessageKey;
import email.daimon.model.SendTags;
import java.io.ByteArrayInputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.SesV2ClientBuilder;

class SesTransportTest {
  private static final AtomicInteger QUEUES = new AtomicInteger();
  private static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b"));
  private static final SendTags TAGS =
      new SendTags("acc_1", "inbox_1", new MessageKey(1_795_256_130_000L, "msg_1"), "attempt-1");
  private static final byte[] MAIL =
      "From: agent@daimon.email\r\nTo: ann@example.com\r\nMessage-ID: <m@daimon.email>\r\n\r\nx"
          .getBytes(UTF_8);
  @TempDir Path folder;
  private LocalSes ses;
  private SesTransport transport;

  @BeforeEach
  void start() {
    ses = new LocalSes(folder, "transport-" + QUEUES.incrementAndGet(), InstantSource.system());
    ses.client.createTenant(r -> r.tenantName("tenant"));
    for (String resource :
        List.of("identity/daimon.email", "configuration-set/" + LocalSes.CONFIGURATION_SET)) {
      ses.client.createTenantResourceAssociation(
          r -> r.tenantName("tenant").resourceArn("arn:aws:ses:us-east-1:0:" + resource));
    }
    transport =
        new SesTransport(
            ses.client, Optional.of(LocalSes.CONFIGURATION_SET), _ -> Optional.of("tenant"));
  }

  @AfterEach
  void stop() {
    ses.close();
  }

  @Test
  void mailOfATenantThatIsNotThereWaitsForAnOperator() {
    SesTransport other =
        new SesTransport(
            ses.client, Optional.of(LocalSes.CONFIGURATION_SET), _ -> Optional.of("other"));
    assertThat(other.send(envelope("ann@example.com"), MAIL)).isInstanceOf(Answer.Busy.class);
  }

  @Test
  void theAnswerNamesTheIdThatRecipientsSee() throws Exception {
    Answer answer = transport.send(envelope("ann@example.com", "bcc@example.com"), MAIL);

    assertThat(answer).isInstanceOf(Answer.Accepted.class);
    Answer.Accepted accepted = (Answer.Accepted) answer;
    assertThat(accepted.messageIdHeader())
        .hasValue("<" + accepted.transportId() + "@email.amazonses.com>");
    assertThat(accepted.delivered()).isFalse();
    assertThat(accepted.refused()).isEmpty();
    assertThat(new String(ses.outbox.raw(accepted.transportId()).orElseThrow(), UTF_8))
        .doesNotContain("bcc@example.com");
    try (Carrier _ = ses.carrier()) {
      JsonNode tags = ses.events(3).getFirst().at("/mail/tags");
      assertThat(
              SendTags.read(
                  java.util.Map.of(
                      "account", tags.at("/account/0").asText(),
                      "inbox", tags.at("/inbox/0").asText(),
                      "message", tags.at("/message/0").asText(),
                      "attempt", tags.at("/attempt/0").asText())))
          .hasValue(TAGS);
    }
  }

  @Test
  void inAnotherRegionTheIdNamesTheRegion() {
    SesTransport elsewhere =
        transport(
            SesV2Client.builder()
                .region(Region.EU_WEST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(answering(200, "", "{\"MessageId\":\"0102-x\"}")));

    assertThat(elsewhere.send(envelope("a@example.com"), MAIL))
        .isEqualTo(
            new Answer.Accepted(
                "0102-x", Optional.of("<0102-x@eu-west-1.amazonses.com>"), List.of(), false));
  }

  @Test
  void aRefusedMailIsRefusedForGood() {
    assertThat(
            transport.send(
                new Envelope("a@other.example", List.of("a@example.com"), TAGS, "<m>"), MAIL))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.reason()).contains("Email address is not verified"));
    assertThat(transport.send(envelope("no address"), MAIL)).isInstanceOf(Answer.Refused.class);
    for (String type :
        List.of("MessageRejected", "MailFromDomainNotVerifiedException", "BadRequestException")) {
      assertThat(answerTo(400, type)).as(type).isInstanceOf(Answer.Refused.class);
    }
  }

  @Test
  void whatTheOperatorMustMendLetsTheMailWait() {
    for (String type :
        List.of("AccountSuspendedException", "SendingPausedException", "LimitExceededException")) {
      assertThat(answerTo(400, type)).as(type).isInstanceOf(Answer.Busy.class);
    }
    assertThat(answerTo(404, "NotFoundException")).isInstanceOf(Answer.Busy.class);
    assertThat(answerTo(403, "AccessDeniedException")).isInstanceOf(Answer.Busy.class);
    assertThat(answerTo(429, "TooManyRequestsException")).isInstanceOf(Answer.Busy.class);
    assertThat(answerTo(400, "ThrottlingException")).isInstanceOf(Answer.Busy.class);
  }

  @Test
  void anErrorOfSesItselfMayHaveSent() {
    assertThat(answerTo(500, "InternalServiceErrorException")).isInstanceOf(Answer.Lost.class);
    assertThat(answerTo(503, "ServiceUnavailable")).isInstanceOf(Answer.Lost.class);
  }

  @Test
  void faultsOfTheLineAreToldApart() {
    assertThat(with(Action.FAIL, Optional.empty())).isInstanceOf(Answer.Busy.class);
    assertThat(with(Action.FAIL, Optional.of(Failure.THROTTLED))).isInstanceOf(Answer.Busy.class);
    assertThat(with(Action.FAIL, Optional.of(Failure.REJECTED))).isInstanceOf(Answer.Refused.class);
    assertThat(with(Action.FAIL, Optional.of(Failure.BROKEN))).isInstanceOf(Answer.Lost.class);
    assertThat(ses.outbox.list(Optional.empty(), 10)).isEmpty();
    assertThat(with(Action.LOSE, Optional.empty())).isInstanceOf(Answer.Lost.class);
    assertThat(ses.outbox.list(Optional.empty(), 10)).hasSize(1);
  }

  @Test
  void withoutCredentialsNothingWasSent() {
    AwsCredentialsProvider none =
        () -> {
          throw SdkClientException.create("no credentials");
        };
    SesTransport poor =
        transport(
            SesV2Client.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(none)
                .httpClient(answering(200, "", "{}")));

    assertThat(poor.send(envelope("a@example.com"), MAIL)).isInstanceOf(Answer.Busy.class);
  }

  @Test
  void noConnectionMeansNothingWasSent() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0)) {
      port = taken.getLocalPort();
    }

    assertThat(overTheWire(port, Duration.ofSeconds(5)).send(envelope("a@example.com"), MAIL))
        .isInstanceOf(Answer.Busy.class);
  }

  @Test
  void aServerThatHangsUpHasSeenTheMailOnce() throws Exception {
    try (UnreliableServer server = new UnreliableServer(0)) {
      SesTransport wire = overTheWire(server.port(), Duration.ofSeconds(5));

      assertThat(wire.send(envelope("a@example.com"), MAIL)).isInstanceOf(Answer.Lost.class);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void soHasOneThatHangsUpOnAConnectionItHadKept() throws Exception {
    try (UnreliableServer server = new UnreliableServer(1)) {
      SesTransport wire = overTheWire(server.port(), Duration.ofSeconds(5));

      assertThat(wire.send(envelope("a@example.com"), MAIL)).isInstanceOf(Answer.Accepted.class);
      assertThat(wire.send(envelope("a@example.com"), MAIL)).isInstanceOf(Answer.Lost.class);
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void aServerThatSaysNothingMayHaveSent() throws Exception {
    try (UnreliableServer server = new UnreliableServer(-1)) {
      SesTransport wire = overTheWire(server.port(), Duration.ofMillis(300));

      assertThat(wire.send(envelope("a@example.com"), MAIL)).isInstanceOf(Answer.Lost.class);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  private Answer with(Action action, Optional<Failure> failure) {
    ses.faults.arm(new Fault(Step.SES_SEND, action, Duration.ofMillis(10), failure), 1);
    return transport.send(envelope("a@example.com"), MAIL);
  }

  private static Answer answerTo(int status, String type) {
    return transport(
            SesV2Client.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(answering(status, type, "{\"message\":\"words\"}")))
        .send(envelope("a@example.com"), MAIL);
  }

  private static SesTransport overTheWire(int port, Duration patience) {
    AwsClientFactory.sendOnce();
    return transport(
        SesV2Client.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(URI.create("http://127.0.0.1:" + port))
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(UrlConnectionHttpClient.builder().socketTimeout(patience).build()));
  }

  private static SesTransport transport(SesV2ClientBuilder client) {
    return new SesTransport(AwsClientFactory.ses(client), Optional.empty(), _ -> Optional.empty());
  }

  private static Envelope envelope(String... recipients) {
    return new Envelope("agent@daimon.email", List.of(recipients), TAGS, "<m@daimon.email>");
  }

  private static SdkHttpClient answering(int status, String type, String body) {
    return new SdkHttpClient() {
      @Override
      public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
          @Override
          public HttpExecuteResponse call() {
            return HttpExecuteResponse.builder()
                .response(
                    SdkHttpResponse.builder()
                        .statusCode(status)
                        .putHeader("x-amzn-ErrorType", type)
                        .build())
                .responseBody(
                    AbortableInputStream.create(new ByteArrayInputStream(body.getBytes(UTF_8))))
                .build();
          }

          @Override
          public void abort() {}
        };
      }

      @Override
      public void close() {}
    };
  }
}
