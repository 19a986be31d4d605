package email.daimon.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.mime.SafeFileNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every open case of the corpus, sent by SMTP and read back over the REST API. */
class CorpusBySmtpTest {
  private static final Path CORPUS = find("shared/corpora/mime.open.jsonl");
  private static final ObjectMapper JSON = new ObjectMapper();

  // Four of the 344 are repeats of another once line ends are CRLF (R3.6, R4.3).
  private static final int REPEATS = 4;
  private static final double WANTED = 0.972;

  @Test
  void everyMailIsReadBackAndItsStatedFieldsAreRight() throws Exception {
    assumeTrue(Files.exists(CORPUS), "skipped: the open corpus is not beside this checkout");
    List<JsonNode> cases = new ArrayList<>();
    for (String line : Files.readAllLines(CORPUS)) {
      cases.add(JSON.readTree(line));
    }
    try (ReceivingInbox inbox = ReceivingInbox.open("corpus")) {
      for (JsonNode one : cases) {
        inbox.send(eml(one));
      }
      inbox.awaitStored(cases.size() - REPEATS);
      List<JsonNode> rows = inbox.allRows();
      assertThat(rows).hasSize(cases.size() - REPEATS);
      // The raw mail is what identifies a case: the text that was sent stands in it.
      Map<String, JsonNode> byRaw = new HashMap<>();
      for (JsonNode row : rows) {
        byRaw.put(body(inbox.raw(row.path("id").asText())), row);
      }
      int stated = 0;
      List<String> repeats = new ArrayList<>();
      List<String> wrong = new ArrayList<>();
      for (JsonNode one : cases) {
        String raw = body(crlf(eml(one)));
        String found =
            byRaw.keySet().stream()
                .filter(sent -> sent.endsWith(raw))
                .min(Comparator.comparingInt(String::length))
                .orElse("");
        if (found.isEmpty()) {
          repeats.add(one.path("id").asText());
          continue;
        }
        JsonNode message = inbox.message(byRaw.get(found).path("id").asText());
        boolean lineEndAdded = !lf(eml(one)).endsWith("\n");
        var fields = one.path("expected").properties();
        for (var field : fields) {
          stated++;
          boolean right =
              field.getKey().equals("attachments")
                  ? attachments(field.getValue(), message, lineEndAdded, inbox)
                  : matches(field.getKey(), field.getValue(), message);
          if (!right) {
            wrong.add(one.path("id").asText() + " " + field.getKey());
          }
        }
      }
      double share = 1 - (double) wrong.size() / stated;
      System.out.printf(
          "corpus by SMTP: %d of %d stated fields right, wrong: %s%n",
          stated - wrong.size(), stated, wrong);
      assertThat(share).as("wrong: %s", wrong).isGreaterThanOrEqualTo(WANTED);
      assertThat(repeats).hasSizeLessThanOrEqualTo(REPEATS);
    }
  }

  private static boolean matches(String field, JsonNode expected, JsonNode message) {
    return switch (field) {
      case "subject" -> message.path("subject").asText().equals(expected.asText());
      case "text" -> plain(message.path("text_body").asText()).equals(plain(expected.asText()));
      case "html" -> plain(message.path("html_body").asText()).equals(plain(expected.asText()));
      case "from" ->
          lower(List.of(message.path("from").asText()))
              .containsAll(lower(texts(expected)).subList(0, 1));
      case "to", "cc" -> lower(texts(message.path(field))).equals(lower(texts(expected)));
      case "message_id" ->
          texts(expected).stream()
              .map(CorpusBySmtpTest::bare)
              .anyMatch(bare(message.path("message_id_header").asText())::equals);
      case "in_reply_to" -> ids(message.path("in_reply_to")).equals(texts(expected));
      case "references" -> ids(message.path("references")).equals(texts(expected));
      default ->
          throw new IllegalArgumentException("the corpus states a field unknown here: " + field);
    };
  }

  // Names as they are safe and unique; sizes with line ends as LF, as they stand in the files.
  private static boolean attachments(
      JsonNode expected, JsonNode message, boolean lineEndAdded, ReceivingInbox inbox)
      throws Exception {
    JsonNode actual = message.path("attachments");
    if (expected.size() != actual.size()) {
      return false;
    }
    SafeFileNames names = new SafeFileNames();
    for (int i = 0; i < expected.size(); i++) {
      JsonNode file = actual.get(i);
      JsonNode name = expected.get(i).path("name");
      JsonNode size = expected.get(i).path("size");
      String safe =
          names.next(
              Optional.of(name.asText("")).filter(text -> !text.isEmpty()),
              file.path("content_type").asText(),
              i);
      if (!name.isNull() && !safe.equals(file.path("filename").asText())) {
        return false;
      }
      if (!size.isNull() && file.path("size").asInt() != size.asInt()) {
        byte[] bytes = inbox.attachment(message.path("id").asText(), file.path("id").asText());
        int more = lf(bytes).length() - size.asInt();
        if (more != 0 && !(more == 1 && lineEndAdded)) {
          return false;
        }
      }
    }
    return true;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  private static List<String> ids(JsonNode value) {
    return value.isArray() ? texts(value) : List.of(value.asText().trim().split("\\s+"));
  }

  private static String bare(String id) {
    return id.replaceAll("[<>]", "");
  }

  private static List<String> lower(List<String> texts) {
    return texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
  }

  private static String plain(String text) {
    return text.replace("\r\n", "\n").replaceAll("\\s+$", "");
  }

  private static byte[] eml(JsonNode one) {
    return Base64.getDecoder().decode(one.path("eml_b64").asText());
  }

  private static String lf(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
  }

  private static byte[] crlf(byte[] mail) {
    String text = new String(mail, StandardCharsets.ISO_8859_1);
    return text.replaceAll("\r?\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String body(byte[] mail) {
    return new String(mail, StandardCharsets.ISO_8859_1).replaceAll("(\r\n)+$", "");
  }

  private static Path find(String relative) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(relative))) {
        return folder.resolve(relative);
      }
    }
    return Path.of(relative);
  }
}
