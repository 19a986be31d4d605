package email.daimon.mime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.CalendarEvent;
import email.daimon.model.DeliveryReport;
import email.daimon.model.Protection;
import email.daimon.understand.AutoKinds;
import email.daimon.understand.ReportedDelivery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mails of our own, {@code x.eml}, with what is read of them, {@code x.json}. One that has no json
 * yet gets it, and fails once, to be looked at.
 */
class GoldenMailTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Stream<String> mails() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
      List<String> names = new ArrayList<>();
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".eml"))
          .sorted()
          .forEach(name -> names.add(name.substring(0, name.length() - 4)));
      return names.stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mails")
  void isReadAsWrittenDown(String name) throws IOException {
    Path folder = Path.of("src/test/resources/golden");
    byte[] raw = Files.readAllBytes(folder.resolve(name + ".eml"));
    ReportParts parts = new ReportParts(AttachmentSink.NONE);
    Mail mail = MailParser.parse(new ByteArrayInputStream(raw), parts);
    ObjectNode view = view(mail);
    Optional<DeliveryReport> report = ReportedDelivery.of(mail, parts);
    report.ifPresent(it -> view.set("report", report(it)));
    view.put("auto_kind", AutoKinds.of(mail, report).wireName());
    String found = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(view) + "\n";
    Path expected = folder.resolve(name + ".json");
    if (Files.notExists(expected)) {
      Files.writeString(expected, found);
      throw new AssertionError("written for the first time, look at it: " + expected);
    }
    assertThat(found).isEqualTo(Files.readString(expected));
  }

  private static ObjectNode view(Mail mail) {
    ObjectNode view = MAPPER.createObjectNode();
    view.put("subject", mail.subject());
    addresses(view, "from", mail.from());
    addresses(view, "sender", mail.sender());
    addresses(view, "reply_to", mail.replyTo());
    addresses(view, "to", mail.to());
    addresses(view, "cc", mail.cc());
    mail.date().ifPresent(date -> view.put("date", date.toString()));
    mail.messageId().ifPresent(id -> view.put("message_id", id));
    strings(view, "in_reply_to", mail.inReplyTo());
    strings(view, "references", mail.references());
    mail.text().ifPresent(text -> view.put("text", text));
    mail.html().ifPresent(html -> view.put("html", html));
    attachments(view, mail.attachments());
    calendar(view, mail.calendar());
    if (mail.protection() != Protection.NONE) {
      view.put("protection", mail.protection().wireName());
    }
    mail.transit().returnPath().ifPresent(path -> view.put("return_path", path));
    mail.transit().authenticationResults().ifPresent(it -> view.put("authentication", it));
    strings(view, "automatic", mail.automation().signs().stream().map(Enum::name).toList());
    strings(view, "warnings", mail.warnings().stream().map(Warning::code).toList());
    return view;
  }

  private static ObjectNode report(DeliveryReport report) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("kind", report.kind().wireName());
    report.type().ifPresent(it -> node.put("type", it));
    report.reportingMta().ifPresent(it -> node.put("reporting_mta", it));
    report.originalMessageId().ifPresent(it -> node.put("original_message_id", it));
    for (DeliveryReport.Recipient one : report.recipients()) {
      ObjectNode recipient = node.withArray("/recipients").addObject();
      one.action().ifPresent(it -> recipient.put("action", it));
      one.status().ifPresent(it -> recipient.put("status", it));
      one.finalRecipient().ifPresent(it -> recipient.put("final_recipient", it));
      one.diagnosticCode().ifPresent(it -> recipient.put("diagnostic_code", it));
    }
    return node;
  }

  private static void addresses(ObjectNode view, String field, List<MailAddress> addresses) {
    strings(
        view,
        field,
        addresses.stream()
            .map(it -> it.name().isEmpty() ? it.address() : it.name() + " <" + it.address() + ">")
            .toList());
  }

  private static void strings(ObjectNode view, String field, List<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = view.putArray(field);
      values.forEach(array::add);
    }
  }

  private static void attachments(ObjectNode view, List<Attachment> attachments) {
    for (Attachment attachment : attachments) {
      ObjectNode node = view.withArray("/attachments").addObject();
      node.put("filename", attachment.filename());
      attachment.declaredName().ifPresent(name -> node.put("declared_name", name));
      node.put("content_type", attachment.contentType());
      attachment.contentId().ifPresent(id -> node.put("content_id", id));
      node.put("inline", attachment.inline());
      attachment.container().ifPresent(name -> node.put("container", name));
      node.put("size", attachment.size());
      node.put("sha256", attachment.sha256());
      attachment
          .forwarded()
          .ifPresent(mail -> {
            ObjectNode forwarded = node.putObject("forwarded");
            forwarded.put("subject", mail.subject());
            addresses(forwarded, "from", mail.from());
            addresses(forwarded, "to", mail.to());
            mail.date().ifPresent(date -> forwarded.put("date", date.toString()));
            mail.messageId().ifPresent(id -> forwarded.put("message_id", id));
            mail.text().ifPresent(text -> forwarded.put("text", text));
            mail.html().ifPresent(html -> forwarded.put("html", html));
          });
    }
  }

  private static void calendar(ObjectNode view, List<CalendarEvent> events) {
    for (CalendarEvent event : events) {
      ObjectNode node = view.withArray("/calendar").addObject();
      event.method().ifPresent(it -> node.put("method", it));
      event.uid().ifPresent(it -> node.put("uid", it));
      node.put("sequence", event.sequence());
      event.recurrenceId().ifPresent(it -> node.put("recurrence_id", it));
      node.put("summary", event.summary());
      event.start().ifPresent(it -> node.put("start", moment(it)));
      event.end().ifPresent(it -> node.put("end", moment(it)));
      event.organizer().ifPresent(it -> node.put("organizer", person(it)));
      strings(node, "attendees", event.attendees().stream().map(GoldenMailTest::person).toList());
      event.location().ifPresent(it -> node.put("location", it));
      event.status().ifPresent(it -> node.put("status", it));
      event.recurrence().ifPresent(it -> node.put("recurrence", it));
    }
  }

  private static String moment(CalendarEvent.Time time) {
    return time.value() + time.zone().map(zone -> " " + zone).orElse("");
  }

  private static String person(CalendarEvent.Person one) {
    return one.name()
        + " <"
        + one.address()
        + ">"
        + one.participation().map(it -> " " + it).orElse("");
  }
}
