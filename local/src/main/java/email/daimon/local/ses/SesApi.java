package email.daimon.local.ses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.local.services.Fault;
import email.daimon.local.services.Fault.Action;
import email.daimon.local.services.Fault.Step;
import email.daimon.local.services.Faults;
import email.daimon.local.services.Usage;
import email.daimon.local.stack.LocalNames;
import email.daimon.mime.AttachmentSink;
import email.daimon.mime.Mail;
import email.daimon.mime.MailParser;
import email.daimon.thread.MessageIds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * SES's API v2 as far as the functions use it, below the unmodified SDK: SendEmail with raw
 * content, GetAccount and tenants. A mail that is answered with an id is in the outbox.
 */
public final class SesApi implements SdkHttpClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_HEADER = 1 << 20;
  private static final int MOST_A_DAY = 50_000;
  private static final int MOST_A_SECOND = 200;
  private final SendingRules rules;
  private final Tenants tenants;
  private final Carrier.LocalDomains domains;
  private final Outbox outbox;
  private final Trouble trouble;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final LongAdder sent = new LongAdder();

  /** What goes wrong, and what is counted. */
  public record Trouble(Faults faults, Usage usage) {
    public Trouble {
      Objects.requireNonNull(faults);
      Objects.requireNonNull(usage);
    }
  }

  public SesApi(
      SendingRules rules,
      Tenants tenants,
      Carrier.LocalDomains domains,
      Outbox outbox,
      Trouble trouble,
      InstantSource clock,
      RandomGenerator random) {
    this.rules = Objects.requireNonNull(rules);
    this.tenants = Objects.requireNonNull(tenants);
    this.domains = Objects.requireNonNull(domains);
    this.outbox = Objects.requireNonNull(outbox);
    this.trouble = Objects.requireNonNull(trouble);
    this.clock = Objects.requireNonNull(clock);
    this.random = Objects.requireNonNull(random);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        try {
          return answer(request);
        } catch (SesRefusal refusal) {
          ObjectNode body = JSON.createObjectNode().put("message", refusal.getMessage());
          return response(refusal.status(), Optional.of(refusal.type()), body);
        }
      }

      @Override
      public void abort() {}
    };
  }

  @Override
  public void close() {}

  private HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
    SdkHttpRequest http = request.httpRequest();
    return switch (http.method() + " " + http.encodedPath()) {
      case "POST /v2/email/outbound-emails" -> {
        trouble.usage().add("ses.SendEmail", 1);
        yield send(request.contentStreamProvider());
      }
      case "POST /v2/email/tenants" -> {
        JsonNode asked = JSON.readTree(content(request.contentStreamProvider()).newStream());
        String name = asked.path("TenantName").asText();
        tenants.create(name);
        yield response(200, Optional.empty(), JSON.createObjectNode().put("TenantName", name));
      }
      case "POST /v2/email/tenants/resources" -> {
        JsonNode asked = JSON.readTree(content(request.contentStreamProvider()).newStream());
        tenants.associate(asked.path("TenantName").asText(), asked.path("ResourceArn").asText());
        yield response(200, Optional.empty(), JSON.createObjectNode());
      }
      case "GET /v2/email/account" -> response(200, Optional.empty(), account());
      default -> throw SesRefusal.notFound("This SES does not know " + http.encodedPath());
    };
  }

  private HttpExecuteResponse send(Optional<ContentStreamProvider> body) throws IOException {
    Optional<Fault> fault = trouble.faults().next(Step.SES_SEND);
    Optional<Action> action = fault.map(Fault::action);
    if (fault.isPresent() && action.equals(Optional.of(Action.FAIL))) {
      throw failure(fault.get());
    }
    fault.filter(f -> f.action() == Action.DELAY).ifPresent(Fault::pause);
    String id = accept(read(body), action.equals(Optional.of(Action.TWICE)));
    if (action.equals(Optional.of(Action.LOSE))) {
      throw new SocketException("the answer was lost (a fault that was asked for)");
    }
    return response(200, Optional.empty(), JSON.createObjectNode().put("MessageId", id));
  }

  private static IOException failure(Fault fault) {
    if (fault.error().isEmpty()) {
      return new ConnectException("no connection (a fault that was asked for)");
    }
    return switch (fault.error().get()) {
      case THROTTLED -> throw SesRefusal.throttled();
      case REJECTED -> throw SesRefusal.rejected("Rejected (a fault that was asked for)");
      case BROKEN -> new SocketException("Connection reset (a fault that was asked for)");
    };
  }

  private static SendRequest read(Optional<ContentStreamProvider> body) throws IOException {
    try (InputStream in = content(body).newStream()) {
      return SendRequest.read(in);
    }
  }

  private static ContentStreamProvider content(Optional<ContentStreamProvider> body) {
    return body.orElseThrow(() -> SesRefusal.badRequest("The request is empty."));
  }

  private String accept(SendRequest request, boolean toldTwice) throws IOException {
    HeaderBlock headers = HeaderBlock.read(request.raw().asInputStream(), LARGEST_HEADER);
    Mail parsed = MailParser.parse(request.raw().asInputStream(), AttachmentSink.NONE);
    rules.check(request, headers, parsed);
    Instant now = clock.instant();
    String id = OutgoingMail.newId(now, random);
    String messageId = "<" + MessageIds.ofSes(id, LocalNames.REGION) + ">";
    byte[] mail = OutgoingHeader.rewritten(request.raw().asByteArrayUnsafe(), messageId, now);
    String from = request.from().isEmpty() ? headers.first("From").orElseThrow() : request.from();
    outbox.accept(
        new OutgoingMail(
            id,
            now.toEpochMilli(),
            SendingRules.bare(from),
            request.recipients().stream().map(SendingRules::bare).toList(),
            request.recipients().stream()
                .map(SendingRules::bare)
                .filter(address -> !domains.own(address))
                .toList(),
            parsed.subject(),
            messageId,
            mail.length,
            request.tags(),
            request.configurationSet().orElse(null),
            null,
            toldTwice),
        mail);
    sent.add(request.recipients().size());
    return id;
  }

  private ObjectNode account() {
    ObjectNode account = JSON.createObjectNode();
    account.put("ProductionAccessEnabled", true);
    account.put("SendingEnabled", true);
    account.put("EnforcementStatus", "HEALTHY");
    ObjectNode quota = account.putObject("SendQuota");
    quota.put("Max24HourSend", (double) MOST_A_DAY);
    quota.put("MaxSendRate", (double) MOST_A_SECOND);
    quota.put("SentLast24Hours", (double) sent.sum());
    return account;
  }

  private static HttpExecuteResponse response(int status, Optional<String> error, ObjectNode body) {
    SdkHttpResponse.Builder response =
        SdkHttpResponse.builder().statusCode(status).putHeader("Content-Type", "application/json");
    error.ifPresent(type -> response.putHeader("x-amzn-ErrorType", type));
    return HttpExecuteResponse.builder()
        .response(response.build())
        .responseBody(
            AbortableInputStream.create(new ByteArrayInputStream(body.toString().getBytes(UTF_8))))
        .build();
  }
}
