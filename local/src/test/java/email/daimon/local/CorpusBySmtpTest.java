package email.daimon.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.api.Test;

/** Every open case of the corpus, sent by SMTP and read back over the REST API. */
class CorpusBySmtpTest {
  private static final Path CORPUS = find("shared/corpora/mime.open.jsonl");
  private static final ObjectMapper JSON = new ObjectMapper();

  // Four of the 344 are repeats of another once line ends are CRLF (R3.6, R4.3).
  private static final int REPEATS = 4;
  // Read from files the parser is right in 97.3 %; SMTP adds a line end and the API shows safe
  // names.
  private static final double WANTED = 0.965;

  @Test
  void everyMailIsReadBackAndItsStatedFieldsAreRight() throws Exception {
    assumeTrue(Files.exists(CORPUS), "skipped: the open corpus is not beside this checkout");
    List<JsonNode> cases = new ArrayList<>();
    for (String line : Files.readAllLines(CORPUS)) {
      cases.add(JSON.readTree(line));
    }
    try (ReceivingInbox inbox = ReceivingInbox.open("corpus")) {
      for (JsonNode one : cases) {
        inbox.send(Base64.getDecoder().decode(one.path("eml_b64").asText()));
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
        String raw = body(crlf(Base64.getDecoder().decode(one.path("eml_b64").asText())));
        String found =
            byRaw.keySet().stream()
                .filter(sent -> sent.endsWith(raw))
                .min(Comparator.comparingInt(String::length))
                .orElse("");
        if (found.isEmpty()) {
          repeats.add(one.path("id").asText());
          continue;
        }
        String id = byRaw.get(found).path("id").asText();
        JsonNode message = inbox.message(id);
        var fields = one.path("expected").properties();
        for (var field : fields) {
          stated++;
          if (!matches(field.getKey(), field.getValue(), message)) {
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
      case "attachments" -> attachments(expected, message.path("attachments"));
      default ->
          throw new IllegalArgumentException("the corpus states a field unknown here: " + field);
    };
  }

  private static boolean attachments(JsonNode expected, JsonNode actual) {
    if (expected.size() != actual.size()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      JsonNode name = expected.get(i).path("name");
      if (!name.isNull() && !name.asText().equals(actual.get(i).path("filename").asText())) {
        return false;
      }
      JsonNode size = expected.get(i).path("size");
      boolean lineEnds = actual.get(i).path("content_type").asText().matches("text/.*|message/.*");
      // SMTP ends every mail with a line end, which a file need not have.
      long added = actual.get(i).path("size").asLong() - size.asLong();
      if (!size.isNull() && !lineEnds && added != 0 && added != 2) {
        return false;
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
