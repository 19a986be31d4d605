package email.daimon.functions.priming;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Http;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import email.daimon.functions.Wiring;
import email.daimon.functions.store.DynamoInboxes;
import email.daimon.functions.store.Inboxes;
import email.daimon.functions.store.Inboxes.NewInbox;
import email.daimon.functions.store.IssuedKey;
import email.daimon.model.Account;
import email.daimon.model.ApiKey;
import email.daimon.model.Ids;
import email.daimon.model.Inbox;
import email.daimon.model.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** An account with an inbox and its key, to be rehearsed with, and events that name them. */
public record Scene(Inbox inbox, IssuedKey key) {
  private static final String MAIL = "rehearsal";

  public Scene {
    requireNonNull(inbox, "inbox is null");
    requireNonNull(key, "key is null");
  }

  /** Writes them, in the domain that the function has. */
  public static Scene of(Wiring wiring) {
    return of(wiring, wiring.settings().domain());
  }

  /** Writes them, for a function that has no domain. */
  public static Scene of(Wiring wiring, String domain) {
    Ids ids = wiring.ids();
    Instant now = wiring.clock().instant();
    Inbox inbox =
        Inbox.plain(
            ids.next("inbox", now),
            ids.next("acc", now),
            "rehearsal",
            domain,
            Optional.empty(),
            now);
    Account account = Account.opened(inbox.accountId(), Tier.GROWTH, now);
    IssuedKey key =
        IssuedKey.make(
            ids,
            account.id(),
            account.tier(),
            ApiKey.Scope.ACCOUNT,
            Optional.empty(),
            "rehearsal",
            now);
    Inboxes inboxes =
        new DynamoInboxes(
            wiring.mail(),
            wiring.work(),
            wiring.transactions(),
            wiring.apiKeys(),
            domain,
            () -> inbox);
    var _ = inboxes.create(NewInbox.unlimited(inbox, Optional.of(account), List.of(key)));
    return new Scene(inbox, key);
  }

  /**
   * A request with the key, as API Gateway makes it.
   *
   * @param path may have {@code {inbox}} in it
   */
  public APIGatewayV2HTTPEvent request(String method, String path, String body) {
    return request(method, path, body, Map.of("authorization", "Bearer " + key.secret()));
  }

  /** The same by somebody without a key. */
  public APIGatewayV2HTTPEvent strangersRequest(String method, String path) {
    return request(method, path, "", Map.of());
  }

  private APIGatewayV2HTTPEvent request(
      String method, String path, String body, Map<String, String> headers) {
    String raw = path.replace("{inbox}", inbox.id());
    Http http =
        Http.builder()
            .withMethod(method)
            .withPath(raw)
            .withProtocol("HTTP/1.1")
            .withSourceIp("192.0.2.1")
            .build();
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath(raw)
        .withRawQueryString("")
        .withHeaders(headers)
        .withBody(body)
        .withRequestContext(
            RequestContext.builder().withRequestId("rehearsal").withHttp(http).build())
        .build();
  }

  /** Puts a mail to the inbox where SES would. */
  public void receive(Wiring wiring, String mail) {
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(wiring.settings().bucket())
            .key("inbound/" + MAIL)
            .build();
    var _ = wiring.clients().s3().putObject(request, RequestBody.fromString(mail));
  }

  /** What SES tells of that mail. */
  public SQSEvent notification() {
    return message(
        """
        {"notificationType":"Received",
         "mail":{"timestamp":"2026-01-01T00:00:00.000Z","source":"ann@example.com","messageId":"%s"},
         "receipt":{"recipients":["%s"],
           "spamVerdict":{"status":"PASS"},"virusVerdict":{"status":"PASS"},
           "spfVerdict":{"status":"PASS"},"dkimVerdict":{"status":"PASS"},
           "dmarcVerdict":{"status":"PASS"}}}
        """
            .formatted(MAIL, inbox.address()));
  }

  /** Looks that nothing of a batch has failed. */
  public static void done(SQSBatchResponse response) {
    if (!response.getBatchItemFailures().isEmpty()) {
      throw new IllegalStateException("a message failed: see the log");
    }
  }

  /** A queue's message, as Lambda hands it over. */
  public static SQSEvent message(String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId("rehearsal");
    message.setBody(body);
    message.setAttributes(Map.of());
    message.setMessageAttributes(Map.of());
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(message));
    return event;
  }
}
