package email.daimon.local.ses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.local.services.Fault;
import email.daimon.local.services.Fault.Action;
import email.daimon.local.services.Fault.Step;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.TooManyRequestsException;

class SesApiTest {
  private static final AtomicInteger QUEUES = new AtomicInteger();
  private static final Instant NOW = Instant.parse("2026-11-21T10:15:30.250Z");
  private static final String MAIL =
      """
      From: Agent <agent@daimon.email>
      To: ann@example.com
      Bcc: hidden@example.com
      Message-ID: <ours@daimon.email>
      Date: Mon, 1 Jan 2001 00:00:00 +0000
      Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
      X-Long: one
       two

      Hello.
      """
          .replace("\n", "\r\n");
  @TempDir Path folder;
  private LocalSes ses;

  @BeforeEach
  void start() {
    ses = new LocalSes(folder, "ses-events-" + QUEUES.incrementAndGet(), () -> NOW);
  }

  @AfterEach
  void stop() {
    ses.close();
  }

  @Test
  void putsItsOwnIdAndDateIntoTheMailAndLeavesTheRest() {
    String id = send(MAIL, "ann@example.com");

    assertThat(id).matches("0100[0-9a-f]{12}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-000000");
    assertThat(new String(ses.outbox.raw(id).orElseThrow(), UTF_8))
        .isEqualTo(
            MAIL.replace("<ours@daimon.email>", "<" + id + "@email.amazonses.com>")
                .replace("Mon, 1 Jan 2001 00:00:00", "Sat, 21 Nov 2026 10:15:30")
                .replace("Bcc: hidden@example.com\r\n", ""));
    OutgoingMail listed = ses.outbox.list(Optional.empty(), 10).getFirst();
    assertThat(listed.subject()).isEqualTo("Grüße");
    assertThat(listed.messageId()).isEqualTo("<" + id + "@email.amazonses.com>");
  }

  @Test
  void addsIdAndDateWhereThereAreNone() {
    String id = send("From: agent@daimon.email\r\nTo: a@example.com\r\n\r\nx", "a@example.com");

    assertThat(new String(ses.outbox.raw(id).orElseThrow(), UTF_8))
        .isEqualTo(
            "From: agent@daimon.email\r\nTo: a@example.com\r\nMessage-ID: <"
                + id
                + "@email.amazonses.com>\r\nDate: Sat, 21 Nov 2026 10:15:30 +0000\r\n\r\nx");
  }

  @Test
  void refusesWhatSesRefuses() {
    assertThatThrownBy(
            () -> send(MAIL.replace("agent@daimon.email", "a@other.example"), "b@example.com"))
        .isInstanceOf(MessageRejectedException.class)
        .hasMessageContaining("Email address is not verified");
    assertThatThrownBy(() ->
            ses.client.sendEmail(
                request(MAIL, "b@example.com").toBuilder()
                    .fromEmailAddress("agent@evil.example")
                    .build()))
        .isInstanceOf(MessageRejectedException.class)
        .hasMessageContaining("agent@evil.example");
    assertThatThrownBy(() ->
            ses.client.sendEmail(
                request(MAIL, "b@example.com").toBuilder()
                    .destination(d -> d.toAddresses(Collections.nCopies(51, "b@example.com")))
                    .build()))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("Recipient count exceeds 50");
    assertThatThrownBy(() ->
            ses.client.sendEmail(
                request(MAIL, "b@example.com").toBuilder()
                    .destination(d -> d.toAddresses(List.of()))
                    .build()))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() ->
            ses.client.sendEmail(
                request(MAIL, "b@example.com").toBuilder().configurationSetName("other").build()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("Configuration set <other> does not exist");
    assertThatThrownBy(() ->
            ses.client.sendEmail(
                request(MAIL, "b@example.com").toBuilder()
                    .emailTags(MessageTag.builder().name("a").value("with blank").build())
                    .build()))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> send(MAIL.replace("X-Long", "Subject"), "b@example.com"))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("Duplicate header 'Subject'");
    assertThatThrownBy(() -> send("To: b@example.com\r\n\r\n", "b@example.com"))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("Missing required header 'From'");
    assertThatThrownBy(() ->
            send(
                MAIL.replace("X-Long: one\r\n two\r\n", "Content-Type: text/x; name=run.exe\r\n"),
                "b@example.com"))
        .isInstanceOf(MessageRejectedException.class)
        .hasMessageContaining("Illegal filename 'run.exe'");
    for (String wrong :
        List.of(
            "b",
            "b@",
            "@example.com",
            "b b@example.com",
            "jürgen@example.com",
            "b@exämple.com",
            "b@example..com")) {
      assertThatThrownBy(() -> send(MAIL, wrong)).as(wrong).isInstanceOf(BadRequestException.class);
    }
    assertThat(ses.outbox.list(Optional.empty(), 10)).isEmpty();
  }

  @Test
  void takesFortyMegabytesAndNoMore() {
    ByteArrayOutputStream mail = new ByteArrayOutputStream();
    mail.writeBytes(MAIL.getBytes(UTF_8));
    mail.writeBytes(new byte[(40 << 20) - mail.size()]);

    assertThat(ses.client.sendEmail(request(mail.toByteArray(), "a@example.com")).messageId())
        .isNotEmpty();
    mail.write(0);
    assertThatThrownBy(() -> ses.client.sendEmail(request(mail.toByteArray(), "a@example.com")))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("Message length is more than 41943040 bytes long");
  }

  @Test
  void theSimulatorBehavesAsDocumented() throws Exception {
    try (Carrier _ = ses.carrier()) {
      assertThat(told("success@simulator.amazonses.com", 2)).containsExactly("Send", "Delivery");
      assertThat(told("success+7@simulator.amazonses.com", 2)).containsExactly("Send", "Delivery");
      assertThat(told("complaint@simulator.amazonses.com", 3))
          .containsExactly("Send", "Delivery", "Complaint abuse");
      assertThat(told("bounce+label@simulator.amazonses.com", 2))
          .containsExactly("Send", "Bounce Permanent/General smtp; 550 5.1.1 user unknown");
      assertThat(told("suppressionlist@simulator.amazonses.com", 2))
          .hasSize(2)
          .element(1)
          .asString()
          .startsWith("Bounce Permanent/Suppressed smtp; 550 5.1.1 Amazon SES has suppressed");
      assertThat(told("ooto@simulator.amazonses.com", 2)).containsExactly("Send", "Delivery");
      assertThat(told("ann@example.com", 2)).containsExactly("Send", "Delivery");
      assertThat(told("nobody@daimon.email", 2))
          .containsExactly("Send", "Bounce Permanent/General smtp; 550 5.1.1 mailbox unavailable");
    }
    Spool.Entry answer = ses.spool.take(10, Duration.ZERO).getFirst();
    assertThat(answer.mail().recipients()).containsExactly("agent@daimon.email");
    assertThat(answer.mail().sender()).isEmpty();
    assertThat(new String(answer.open().readAllBytes(), UTF_8))
        .contains("Auto-Submitted: auto-replied\r\n", "From: ooto@simulator.amazonses.com\r\n");
    assertThat(ses.outbox.list(Optional.empty(), 100)).hasSize(7);
  }

  private List<String> told(String recipient, int count) throws Exception {
    String id = send(MAIL, recipient);
    return ses.events(count).stream()
        .peek(event -> assertThat(event.path("mail").path("messageId").asText()).isEqualTo(id))
        .map(SesApiTest::summary)
        .toList();
  }

  private static String summary(JsonNode event) {
    String type = event.path("eventType").asText();
    return switch (type) {
      case "Bounce" ->
          "Bounce %s/%s %s"
              .formatted(
                  event.at("/bounce/bounceType").asText(),
                  event.at("/bounce/bounceSubType").asText(),
                  event.at("/bounce/bouncedRecipients/0/diagnosticCode").asText());
      case "Complaint" -> "Complaint " + event.at("/complaint/complaintFeedbackType").asText();
      default -> type;
    };
  }

  @Test
  void tellsOfEachRecipientWithTheTagsOfTheCall() throws Exception {
    try (Carrier _ = ses.carrier()) {
      String id = send(MAIL, "ann@example.com", "bob@example.com", "other@daimon.email");

      List<JsonNode> events = ses.events(4);

      assertThat(events)
          .extracting(SesApiTest::summary)
          .containsExactly("Send", "Delivery", "Delivery", "Delivery");
      assertThat(events)
          .extracting(e -> e.at("/delivery/recipients/0").asText(""))
          .containsExactlyInAnyOrder(
              "", "ann@example.com", "bob@example.com", "other@daimon.email");
      assertThat(events.getFirst().at("/mail/tags/account/0").asText()).isEqualTo("acc_1");
      assertThat(events.getFirst().at("/mail/sourceArn").asText())
          .isEqualTo("arn:aws:ses:us-east-1:000000000000:identity/daimon.email");
      assertThat(ses.outbox.list(Optional.empty(), 10).getFirst().outside())
          .containsExactly("ann@example.com", "bob@example.com");
      Spool.Entry comesIn = ses.spool.take(10, Duration.ofSeconds(5)).getFirst();
      assertThat(comesIn.mail().recipients()).containsExactly("other@daimon.email");
      assertThat(comesIn.mail().sender()).isEqualTo(id + "@amazonses.com");
      assertThat(new String(comesIn.open().readAllBytes(), UTF_8))
          .contains("Message-ID: <" + id + "@email.amazonses.com>");
    }
  }

  @Test
  void whatAKilledProcessDidNotTellTheNextOneTells() throws Exception {
    String outside = send(MAIL, "ann@example.com");
    String inside = send(MAIL, "other@daimon.email");

    LocalSes next = new LocalSes(folder, "ses-events-" + QUEUES.incrementAndGet(), () -> NOW);
    try (Carrier _ = next.carrier()) {
      assertThat(next.events(4))
          .extracting(event -> event.path("mail").path("messageId").asText())
          .containsExactlyInAnyOrder(outside, outside, inside, inside);
    }
    assertThat(next.spool.take(10, Duration.ZERO)).hasSize(1);
    LocalSes third = new LocalSes(folder, "ses-events-" + QUEUES.incrementAndGet(), () -> NOW);
    assertThat(third.outbox.take(Duration.ZERO)).isEmpty();
    assertThat(third.outbox.list(Optional.empty(), 10)).hasSize(1);
    assertThat(third.outbox.clear()).isEqualTo(1);
    assertThat(third.outbox.list(Optional.empty(), 10)).isEmpty();
  }

  @Test
  void faultsThatWereAskedFor() throws Exception {
    ses.faults.arm(fault(Action.FAIL, Optional.empty()), 1);
    assertThatThrownBy(() -> send(MAIL, "a@example.com")).isInstanceOf(SdkClientException.class);
    ses.faults.arm(fault(Action.FAIL, Optional.of(Fault.Failure.THROTTLED)), 1);
    assertThatThrownBy(() -> send(MAIL, "a@example.com"))
        .isInstanceOf(TooManyRequestsException.class);
    ses.faults.arm(fault(Action.FAIL, Optional.of(Fault.Failure.REJECTED)), 1);
    assertThatThrownBy(() -> send(MAIL, "a@example.com"))
        .isInstanceOf(MessageRejectedException.class);
    ses.faults.arm(fault(Action.FAIL, Optional.of(Fault.Failure.BROKEN)), 1);
    assertThatThrownBy(() -> send(MAIL, "a@example.com")).isInstanceOf(SdkClientException.class);
    assertThat(ses.outbox.list(Optional.empty(), 10)).isEmpty();

    ses.faults.arm(fault(Action.LOSE, Optional.empty()), 1);
    assertThatThrownBy(() -> send(MAIL, "a@example.com")).isInstanceOf(SdkClientException.class);
    assertThat(ses.outbox.list(Optional.empty(), 10)).hasSize(1);
    ses.faults.arm(fault(Action.TWICE, Optional.empty()), 1);
    send(MAIL, "b@example.com");
    assertThat(ses.outbox.list(Optional.empty(), 10)).hasSize(2);
    try (Carrier _ = ses.carrier()) {
      assertThat(ses.events(6))
          .extracting(SesApiTest::summary)
          .containsExactly("Send", "Send", "Send", "Delivery", "Delivery", "Delivery");
    }
    assertThat(ses.usage.snapshot()).containsEntry("ses.SendEmail", 6.0);
    assertThat(ses.faults.armed()).isEmpty();
  }

  @Test
  void listsPageByPage() {
    List<String> ids = new java.util.ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(send(MAIL, "a@example.com"));
    }
    Collections.sort(ids, Collections.reverseOrder());

    assertThat(ses.outbox.list(Optional.empty(), 2))
        .extracting(OutgoingMail::id)
        .containsExactlyElementsOf(ids.subList(0, 2));
    assertThat(ses.outbox.list(Optional.of(ids.get(1)), 10))
        .extracting(OutgoingMail::id)
        .containsExactlyElementsOf(ids.subList(2, 5));
  }

  @Test
  void tellsTheAccountsLimits() {
    assertThat(ses.client.getAccount(r -> {}).sendQuota().maxSendRate()).isPositive();
  }

  private static Fault fault(Action action, Optional<Fault.Failure> failure) {
    return new Fault(Step.SES_SEND, action, Duration.ofMillis(10), failure);
  }

  private String send(String mail, String... recipients) {
    return ses.client.sendEmail(request(mail, recipients)).messageId();
  }

  private static SendEmailRequest request(String mail, String... recipients) {
    return request(mail.getBytes(UTF_8), recipients);
  }

  private static SendEmailRequest request(byte[] mail, String... recipients) {
    return SendEmailRequest.builder()
        .destination(d -> d.toAddresses(recipients))
        .content(c -> c.raw(r -> r.data(SdkBytes.fromByteArray(mail))))
        .configurationSetName(LocalSes.CONFIGURATION_SET)
        .emailTags(
            Map.of("account", "acc_1").entrySet().stream()
                .map(t -> MessageTag.builder().name(t.getKey()).value(t.getValue()).build())
                .toList())
        .build();
  }
}
