package email.daimon.functions.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.aws.AwsClients;
import email.daimon.functions.store.Item;
import email.daimon.functions.store.MessageCodec;
import email.daimon.functions.testing.TestAccounts;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Account;
import email.daimon.model.Inbox;
import email.daimon.model.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The inbound function on tables of its own, with a clock that stands still unless moved. */
final class InboundHouse {
  static final Instant START = Instant.parse("2026-03-16T10:40:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger HOUSES = new AtomicInteger();
  private final Settings settings =
      Settings.of(EmulatedServices.shared().environmentWithNewTables());
  private final String name;
  private Instant now = START;
  final Wiring wiring;
  final InboundHandler handler;

  InboundHouse() {
    this("h" + HOUSES.incrementAndGet());
  }

  /** A house whose ids are the same as those of another of this name. */
  InboundHouse(String name) {
    this.name = name;
    wiring = wiring(clients -> clients);
    handler = new InboundHandler(wiring);
  }

  /** The same house, seen through other clients. */
  Wiring wiring(UnaryOperator<AwsClients> through) {
    AwsClients clients = through.apply(EmulatedServices.shared().clients());
    return new Wiring(settings, clients, () -> now, new Random(1));
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  String inbox(String username) {
    String id = "inbox_" + name + username;
    String account = "acc_" + name + username;
    Inbox inbox = TestAccounts.inbox(id, account, username, START);
    Account owner = TestAccounts.account(account, START);
    wiring.inboxes().create(TestAccounts.opening(inbox, Optional.of(owner)));
    return id;
  }

  String address(String local) {
    return local + "@" + settings.domain();
  }

  /** Puts a raw mail where SES would, and gives the queue message that tells of it. */
  SQSMessage received(String id, String raw, UnaryOperator<Said> said) {
    wiring
        .clients()
        .s3()
        .putObject(
            put -> put.bucket(settings.bucket()).key("inbound/" + sesId(id)),
            RequestBody.fromBytes(raw.replace("\n", "\r\n").getBytes(UTF_8)));
    return notification(id, said);
  }

  /** The queue message alone. */
  SQSMessage notification(String id, UnaryOperator<Said> said) {
    return message(id, said.apply(new Said(sesId(id))).body());
  }

  static SQSMessage message(String id, String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId("sqs-" + id);
    message.setBody(body);
    return message;
  }

  String sesId(String id) {
    return "ses-" + name + "-" + id;
  }

  SQSBatchResponse handle(SQSMessage... messages) {
    return handle(handler, messages);
  }

  static SQSBatchResponse handle(InboundHandler handler, SQSMessage... messages) {
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(messages));
    return handler.handleRequest(event, null);
  }

  List<Message> messages(String inboxId) {
    return rows().stream()
        .filter(item -> item.text("pk").equals("I#" + inboxId))
        .filter(item -> item.text("sk").startsWith("M#"))
        .map(MessageCodec::message)
        .sorted(Comparator.comparing(Message::key))
        .toList();
  }

  /** Everything in both tables. */
  List<Item> rows() {
    List<Item> rows = new ArrayList<>();
    for (String table : List.of(settings.mailTable(), settings.workTable())) {
      wiring
          .clients()
          .dynamoDb()
          .scanPaginator(scan -> scan.tableName(table))
          .items()
          .forEach(item -> rows.add(Item.read(item)));
    }
    return rows;
  }

  /** Both tables as text, in order. */
  List<String> rowsAsText() {
    return rows().stream().map(item -> item.attributes().toString()).sorted().toList();
  }

  /** Keys in the bucket that belong to this house's messages. */
  List<String> objects() {
    List<String> ids =
        Stream.concat(
                rows().stream()
                    .filter(item -> item.text("sk").startsWith("N#"))
                    .map(item -> item.text("sk").substring(2)),
                Stream.of("inbox_" + name))
            .toList();
    return wiring
        .clients()
        .s3()
        .listObjectsV2Paginator(list -> list.bucket(settings.bucket()))
        .contents()
        .stream()
        .map(S3Object::key)
        .filter(key -> !key.startsWith("inbound/") && ids.stream().anyMatch(key::contains))
        .sorted()
        .toList();
  }

  void deleteObjects() {
    objects()
        .forEach(
            key -> wiring.clients().s3().deleteObject(d -> d.bucket(settings.bucket()).key(key)));
  }

  byte[] object(String key) {
    return wiring
        .clients()
        .s3()
        .getObjectAsBytes(get -> get.bucket(settings.bucket()).key(key))
        .asByteArray();
  }

  /** What SES says of a mail. */
  static final class Said {
    private final ObjectNode content = JSON.createObjectNode();
    private final ObjectNode mail = content.putObject("mail");
    private final ObjectNode receipt = content.putObject("receipt");
    private final ArrayNode recipients = receipt.putArray("recipients");

    private Said(String sesId) {
      content.put("notificationType", "Received");
      mail.put("messageId", sesId)
          .put("timestamp", START.toString())
          .put("source", "ann@example.com")
          .put("headersTruncated", true);
      for (String verdict : List.of("spam", "virus", "spf", "dkim", "dmarc")) {
        verdict(verdict, "PASS");
      }
    }

    Said at(Instant received) {
      mail.put("timestamp", received.toString());
      return this;
    }

    Said to(String... addresses) {
      List.of(addresses).forEach(recipients::add);
      return this;
    }

    Said from(String address) {
      mail.put("source", address);
      return this;
    }

    Said verdict(String name, String status) {
      receipt.putObject(name + "Verdict").put("status", status);
      return this;
    }

    Said policy(String policy) {
      receipt.put("dmarcPolicy", policy);
      return this;
    }

    String body() {
      return JSON.createObjectNode()
          .put("Type", "Notification")
          .put("Message", content.toString())
          .toString();
    }
  }
}
