package email.daimon.local.ses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.local.services.Fault;
import email.daimon.local.services.Fault.Action;
import email.daimon.local.services.Fault.Step;
import email.daimon.local.services.Faults;
import email.daimon.local.services.MovableClock;
import email.daimon.local.services.Services;
import email.daimon.local.services.StackCreation;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.Template;
import email.daimon.model.Verdicts.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.Message;

class ReceiptRuleTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long RECEIVED = Instant.parse("2026-11-21T10:15:30.250Z").toEpochMilli();
  private static final String MAIL =
      """
      From: "Ann, of Sales" <ann@sender.example>
      To: agent@daimon.email, Bob <bob@else.example>
      Subject: Your code
      Date: Sat, 21 Nov 2026 10:15:00 +0000
      Message-ID: <first@sender.example>
      X-Folded: one
       two

      Your code is 482913.
      """
          .replace("\n", "\r\n");

  private static MovableClock clock;
  private static Services services;
  private static ReceiptRule.Target target;

  @TempDir Path folder;
  private final Faults faults = new Faults();

  @BeforeAll
  static void start() {
    clock = new MovableClock(InstantSource.system(), Duration.ZERO);
    services = Services.start(Optional.empty(), clock);
    Stack stack = Stack.of(Template.load(), Map.of(), services.queueEndpoint());
    new StackCreation(services.platform(), services.objects()).create(stack);
    String queue = stack.queue("arn:aws:sqs:us-east-1:000000000000:inbound-queue").url();
    target =
        new ReceiptRule.Target("mail-bucket", "inbound/", stack.topicArn("InboundTopic"), queue);
  }

  @AfterAll
  static void stop() {
    services.close();
  }

  @AfterEach
  void empty() {
    received(false);
  }

  @Test
  void storesTheMailBelowItsOwnFieldsAndTellsOfIt() throws Exception {
    assertThat(apply(List.of(entry("id1", Verdicts.ALL_PASS)))).isEmpty();

    String stored = object("inbound/id1");
    assertThat(stored).endsWith(MAIL);
    String fields = stored.substring(0, stored.length() - MAIL.length());
    assertThat(fields)
        .isEqualTo(
            """
            Return-Path: <ann@sender.example>
            Received: from mail.sender.example ([192.0.2.1])
             by inbound-smtp.us-east-1.amazonaws.com with SMTP id id1
             for agent@daimon.email;
             Sat, 21 Nov 2026 10:15:30 +0000 (UTC)
            X-SES-Spam-Verdict: PASS
            X-SES-Virus-Verdict: PASS
            Received-SPF: pass (spfCheck: domain of sender.example) client-ip=192.0.2.1; envelope-from=ann@sender.example; helo=mail.sender.example;
            Authentication-Results: amazonses.com;
             spf=pass (spfCheck: domain of sender.example) client-ip=192.0.2.1; envelope-from=ann@sender.example; helo=mail.sender.example;
             dkim=pass header.i=@sender.example;
             dmarc=pass header.from=sender.example;
            X-SES-RECEIPT: id1
            """
                .replace("\n", "\r\n"));

    JsonNode notification = notification(received(false).getFirst());
    assertThat(notification.path("notificationType").asText()).isEqualTo("Received");
    JsonNode mail = notification.path("mail");
    assertThat(mail.path("messageId").asText()).isEqualTo("id1");
    assertThat(mail.path("timestamp").asText()).isEqualTo("2026-11-21T10:15:30.250Z");
    assertThat(mail.path("headersTruncated").asBoolean()).isFalse();
    assertThat(mail.path("headers").path(0).path("name").asText()).isEqualTo("Return-Path");
    assertThat(mail.path("headers").findValuesAsText("value")).contains("one two");
    assertThat(mail.path("commonHeaders").path("from")).hasSize(1);
    assertThat(mail.path("commonHeaders").path("to")).hasSize(2);
    JsonNode receipt = notification.path("receipt");
    assertThat(receipt.path("recipients").path(0).asText()).isEqualTo("agent@daimon.email");
    assertThat(receipt.path("action").path("objectKey").asText()).isEqualTo("inbound/id1");
    assertThat(receipt.has("dmarcPolicy")).isFalse();
  }

  @Test
  void tellsVerdictsInTheNotificationAndInTheFields() throws Exception {
    Verdicts failed =
        new Verdicts(
            Verdict.FAIL,
            Verdict.PASS,
            Verdict.GRAY,
            Verdict.PROCESSING_FAILED,
            Verdict.FAIL,
            "quarantine",
            "other.example");
    apply(List.of(entry("id2", failed)));
    JsonNode receipt = notification(received(false).getFirst()).path("receipt");
    assertThat(receipt.path("spamVerdict").path("status").asText()).isEqualTo("FAIL");
    assertThat(receipt.path("dkimVerdict").path("status").asText()).isEqualTo("PROCESSING_FAILED");
    assertThat(receipt.path("dmarcPolicy").asText()).isEqualTo("quarantine");
    assertThat(object("inbound/id2"))
        .contains("X-SES-Spam-Verdict: FAIL", " spf=softfail ")
        .contains(" dkim=temperror header.i=@other.example;", " dmarc=fail header.from=");
  }

  @Test
  void neverWritesAnObjectAgainThatIsThereWhole() throws Exception {
    Spool.Entry entry = entry("id3", Verdicts.ALL_PASS);
    apply(List.of(entry));
    Instant written = modified("inbound/id3");
    apply(List.of(entry));
    assertThat(modified("inbound/id3")).isEqualTo(written);
    assertThat(received(false)).hasSize(2);
  }

  @Test
  void meetsTheFaultsOfItsStep() throws Exception {
    Spool.Entry failing = entry("id4", Verdicts.ALL_PASS);
    Spool.Entry twice = entry("id5", Verdicts.ALL_PASS);
    Spool.Entry lost = entry("id6", Verdicts.ALL_PASS);
    Spool.Entry late = entry("id7", Verdicts.ALL_PASS);
    for (Action action : List.of(Action.FAIL, Action.TWICE, Action.LOSE, Action.DELAY)) {
      faults.arm(new Fault(Step.INBOUND_NOTIFICATION, action, Duration.ofSeconds(58)), 1);
    }
    assertThat(apply(List.of(failing, twice, lost, late))).containsExactlyInAnyOrder(failing, lost);
    assertThat(received(false)).hasSize(3);
    assertThat(services.depth("inbound-queue").delayed()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(58));
    assertThat(notification(received(true).getFirst()).path("mail").path("messageId").asText())
        .isEqualTo("id7");
  }

  @Test
  void headersOfMoreThanTenKilobytesAreCutAndSaidToBe() throws Exception {
    String big = "X-Big: " + "x".repeat(600) + "\r\n";
    Spool.Entry entry = entry("id8", Verdicts.ALL_PASS, big.repeat(30) + MAIL);
    apply(List.of(entry));
    JsonNode mail = notification(received(false).getFirst()).path("mail");
    assertThat(mail.path("headersTruncated").asBoolean()).isTrue();
    assertThat(mail.path("headers").size()).isLessThan(30);
  }

  @Test
  void theSampleEventIsWhatItMakes() throws Exception {
    Path sample = Path.of("../events/inbound.json");
    JsonNode event = JSON.readTree(Files.readString(sample));
    apply(List.of(entry("o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1", Verdicts.ALL_PASS)));
    JsonNode expected = notification(received(false).getFirst());
    JsonNode actual =
        JSON.readTree(
            JSON.readTree(event.path("Records").path(0).path("body").asText())
                .path("Message")
                .asText());
    assertThat(names(actual)).isEqualTo(names(expected));
    assertThat(actual.path("mail")).isEqualTo(expected.path("mail"));
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.properties()
        .forEach(field -> {
          names.add(field.getKey());
          names.addAll(names(field.getValue()));
        });
    return names;
  }

  private Set<Spool.Entry> apply(List<Spool.Entry> entries) throws Exception {
    return new ReceiptRule(target, services.objects(), services.platform().sqs(), faults, clock)
        .apply(entries);
  }

  private Spool.Entry entry(String id, Verdicts verdicts) throws Exception {
    return entry(id, verdicts, MAIL);
  }

  private Spool.Entry entry(String id, Verdicts verdicts, String raw) throws Exception {
    Spool spool = new Spool(folder.resolve(id), 10, false);
    ReceivedMail mail =
        new ReceivedMail(
            id,
            RECEIVED,
            "ann@sender.example",
            List.of("agent@daimon.email"),
            new ReceivedMail.Client("mail.sender.example", "192.0.2.1"),
            verdicts);
    try (Spool.Writing writing = spool.write(mail, Duration.ZERO).orElseThrow()) {
      writing.out().write(raw.getBytes(StandardCharsets.UTF_8));
      writing.commit();
    }
    return spool.take(1, Duration.ofSeconds(1)).getFirst();
  }

  private static String object(String key) {
    return services
        .clients()
        .s3()
        .getObjectAsBytes(r -> r.bucket("mail-bucket").key(key))
        .asUtf8String();
  }

  private static Instant modified(String key) {
    return services.clients().s3().headObject(r -> r.bucket("mail-bucket").key(key)).lastModified();
  }

  private static JsonNode notification(Message message) throws Exception {
    JsonNode envelope = JSON.readTree(message.body());
    assertThat(envelope.path("Type").asText()).isEqualTo("Notification");
    assertThat(envelope.path("TopicArn").asText()).isEqualTo(target.topicArn());
    return JSON.readTree(envelope.path("Message").asText());
  }

  private static List<Message> received(boolean patient) {
    List<Message> messages =
        services
            .platform()
            .sqs()
            .receiveMessage(r ->
                r.queueUrl(target.queueUrl())
                    .maxNumberOfMessages(10)
                    .waitTimeSeconds(patient ? 5 : 0))
            .messages();
    messages.forEach(m ->
        services
            .platform()
            .sqs()
            .deleteMessage(r -> r.queueUrl(target.queueUrl()).receiptHandle(m.receiptHandle())));
    return messages;
  }
}
