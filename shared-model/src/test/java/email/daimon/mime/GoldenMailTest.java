package email.daimon.mime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    Mail mail = MailParser.parse(new ByteArrayInputStream(raw), AttachmentSink.NONE);
    String found = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(view(mail)) + "\n";
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
    mail.transit().returnPath().ifPresent(path -> view.put("return_path", path));
    mail.transit().authenticationResults().ifPresent(it -> view.put("authentication", it));
    strings(view, "automatic", mail.automation().signs().stream().map(Enum::name).toList());
    strings(view, "warnings", mail.warnings().stream().map(Warning::code).toList());
    return view;
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
      node.put("size", attachment.size());
      node.put("sha256", attachment.sha256());
      attachment
          .forwarded()
          .ifPresent(mail -> {
            ObjectNode forwarded = node.putObject("forwarded");
            forwarded.put("subject", mail.subject());
            addresses(forwarded, "from", mail.from());
            mail.date().ifPresent(date -> forwarded.put("date", date.toString()));
          });
    }
  }
}
