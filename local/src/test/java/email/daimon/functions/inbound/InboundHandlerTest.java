package email.daimon.functions.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import email.daimon.functions.store.DocumentCodec;
import email.daimon.functions.store.StoredDocument;
import email.daimon.model.Attachment;
import email.daimon.model.Message;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From SES's notification to rows and objects. */
final class InboundHandlerTest {
  private static final String HELLO =
      """
      From: Ann <ann@example.com>
      To: Bot <bot@daimon.email>
      Subject: Hello
      Message-ID: <hello@example.com>

      Please look at https://example.com/offer
      """;
  private final InboundHouse house = new InboundHouse();
  private final String bot = house.inbox("bot");
  private final String eve = house.inbox("eve");

  @Test
  void mailBecomesAMessage() {
    assertThat(failed(receive("1", HELLO, "bot"))).isEmpty();

    Message message = only(bot);
    assertThat(message.from()).isEqualTo("ann@example.com");
    assertThat(message.fromName()).isEqualTo("Ann");
    assertThat(message.to()).containsExactly("bot@daimon.email");
    assertThat(message.subject()).isEqualTo("Hello");
    assertThat(message.messageId()).isEqualTo("<hello@example.com>");
    assertThat(message.preview()).isEqualTo("Please look at https://example.com/offer");
    assertThat(message.receivedAt()).isEqualTo(InboundHouse.START);
    assertThat(message.verifiedSender()).isTrue();
    assertThat(message.envelopeFrom()).hasValue("ann@example.com");
    assertThat(message.deliveredTo()).hasValue(house.address("bot"));
    assertThat(message.size()).isEqualTo(HELLO.replace("\n", "\r\n").length());
    assertThat(house.objects()).containsExactly("emails/" + bot + "/" + message.id() + ".eml");
    StoredDocument document =
        DocumentCodec.document(house.wiring.mailbox().beside(message).orElseThrow()).orElseThrow();
    assertThat(document.document().links()).containsExactly("https://example.com/offer");
  }

  @Test
  void envelopeDecidesNotToAndCc() {
    receive("1", HELLO, "eve");

    assertThat(house.messages(bot)).isEmpty();
    assertThat(only(eve).to()).containsExactly("bot@daimon.email");
  }

  @Test
  void eachInboxOfTheEnvelopeGetsItOnceAndUnknownOnesAreDropped() {
    receive("1", HELLO, "BOT+news", "eve", "nobody", "bot");

    assertThat(only(bot).tag()).hasValue("news");
    assertThat(only(bot).deliveredTo()).hasValue(house.address("BOT+news"));
    assertThat(only(eve).id()).isNotEqualTo(only(bot).id());
    assertThat(failed(receive("2", HELLO, "nobody"))).isEmpty();
  }

  @Test
  void reservedNamesBelongToTheOperator() {
    receive("1", HELLO, "Abuse+x");

    String operator = house.wiring.operatorInbox().findOrMake().id();
    assertThat(only(operator).deliveredTo()).hasValue(house.address("Abuse+x"));
  }

  @Test
  void attachmentsAreKeptByteByByteForEveryInbox() {
    receive("1", WITH_FILE, "bot", "eve");

    for (String inbox : List.of(bot, eve)) {
      Attachment file = only(inbox).attachments().getFirst();
      byte[] kept = house.object("attachments/" + only(inbox).id() + "/" + file.filename());
      assertThat(new String(kept, UTF_8)).isEqualTo("a,b\n1,2\n");
      assertThat(file.size()).isEqualTo(8);
      assertThat(file.id()).startsWith("att_");
    }
  }

  @Test
  void largeDocumentLiesInS3AndItsCutTextBesideIt() {
    receive("1", HELLO + "long line of text\n".repeat(40_000), "bot");

    Message message = only(bot);
    String place = "parsed/" + bot + "/" + message.id();
    assertThat(house.objects()).contains(place + ".json.gz", place + ".txt");
    StoredDocument document =
        DocumentCodec.unpack(house.wiring.blobs().document(bot, message.id()));
    assertThat(document.truncated()).contains("text_body");
    assertThat(document.document().textBody()).hasSize(512 * 1024);
    assertThat(new String(house.object(place + ".txt"), UTF_8)).endsWith("long line of text\n");
  }

  @Test
  void verdictsFlag() {
    house.handle(
        house.received("s", HELLO, s -> s.to(house.address("bot")).verdict("spam", "FAIL")),
        house.received(
            "d",
            HELLO.replace("hello@", "other@"),
            s -> s.to(house.address("bot")).verdict("dmarc", "FAIL").policy("reject")));

    assertThat(house.messages(bot))
        .extracting(Message::labels)
        .containsExactly(java.util.Set.of("spam"), java.util.Set.of("unauthenticated"));
    assertThat(house.wiring.mailbox().counters(bot).messages()).isZero();
  }

  @Test
  void ofAVirusOnlySubjectAndSenderAreKept() {
    house.handle(
        house.received("v", WITH_FILE, s -> s.to(house.address("bot")).verdict("virus", "FAIL")));

    assertThat(only(bot).labels()).containsExactly("virus");
    assertThat(only(bot).subject()).isEqualTo("Table");
    assertThat(only(bot).preview()).isEmpty();
    assertThat(only(bot).attachments()).isEmpty();
    assertThat(house.objects()).isEmpty();
  }

  @Test
  void whatTellsOfNoMailIsAcknowledged() {
    assertThat(
            failed(
                house
                    .handle(
                        InboundHouse.message("1", "no json"),
                        InboundHouse.message("2", "{\"Message\":\"Successfully validated SNS\"}"),
                        InboundHouse.message("3", "[]"))
                    .getBatchItemFailures()))
        .isEmpty();
  }

  @Test
  void missingRawMailFailsAloneInItsBatch() {
    List<String> failed =
        failed(
            house
                .handle(
                    house.notification("gone", s -> s.to(house.address("bot"))),
                    house.received("1", HELLO, s -> s.to(house.address("bot"))))
                .getBatchItemFailures());

    assertThat(failed).containsExactly("sqs-gone");
    assertThat(house.messages(bot)).hasSize(1);
  }

  @Test
  void mailToAHundredInboxesReachesThemAll() {
    List<String> inboxes = IntStream.range(0, 100).mapToObj(i -> house.inbox("r" + i)).toList();

    receive("1", WITH_FILE, IntStream.range(0, 100).mapToObj(i -> "r" + i).toArray(String[]::new));

    inboxes.forEach(inbox -> assertThat(house.messages(inbox)).hasSize(1));
    assertThat(house.objects()).hasSize(200);
  }

  @Test
  void sameEventTwiceLeavesTheSameRows() {
    var mail = house.received("1", WITH_FILE, s -> s.to(house.address("bot")));
    var again = house.notification("1", s -> s.to(house.address("bot")));
    house.handle(mail);
    List<String> rows = house.rowsAsText();
    List<String> objects = house.objects();

    house.handle(mail);
    house.handle(mail, again);

    assertThat(house.rowsAsText()).isEqualTo(rows);
    assertThat(house.objects()).isEqualTo(objects);
  }

  @Test
  void mailsOfABatchKeepTheirOrderInAnInbox() {
    var batch =
        IntStream.range(0, 10)
            .mapToObj(i ->
                house.received(
                    "o" + i,
                    HELLO.replace("hello@", i + "@").replace("Subject: Hello", "Subject: " + i),
                    s -> s.to(house.address("bot"), house.address("eve"))))
            .toArray(com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage[]::new);

    assertThat(house.handle(batch).getBatchItemFailures()).isEmpty();

    assertThat(house.messages(bot))
        .extracting(Message::subject)
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(house.messages(eve)).hasSize(10);
  }

  private static final String WITH_FILE =
      """
      From: ann@example.com
      To: bot@daimon.email
      Subject: Table
      Message-ID: <table@example.com>
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=b

      --b
      Content-Type: text/plain

      See the table.
      --b
      Content-Type: text/csv; name="table.csv"
      Content-Disposition: attachment; filename="table.csv"
      Content-Transfer-Encoding: base64

      YSxiCjEsMgo=
      --b--
      """;

  private List<BatchItemFailure> receive(String id, String raw, String... locals) {
    String[] addresses = Stream.of(locals).map(house::address).toArray(String[]::new);
    return house.handle(house.received(id, raw, s -> s.to(addresses))).getBatchItemFailures();
  }

  private static List<String> failed(List<BatchItemFailure> failures) {
    return failures.stream().map(BatchItemFailure::getItemIdentifier).toList();
  }

  private Message only(String inboxId) {
    List<Message> messages = house.messages(inboxId);
    assertThat(messages).hasSize(1);
    return Optional.of(messages.getFirst()).orElseThrow();
  }
}
