package email.daimon.mime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.Corpora;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Third-party mails with the fields that their sources state, where they are at hand. */
class CorpusTest {
  private static final double WANTED = 0.972;

  /** Where we read otherwise than the source, on purpose, and why. */
  private static final Map<String, String> SETTLED =
      Map.ofEntries(
          Map.entry("cpython/msg_19 text", "a text without header keeps its first line"),
          Map.entry("cpython/msg_38 text", "lines that are no header fields are text"),
          Map.entry("mailparser/decoderended html", "a mail within the mail is an attachment"),
          Map.entry("mimetools/double-semicolon text", "of alternatives the last counts"),
          Map.entry("postal-mime/inline_5f4a4a7ca2 html", "of alternatives the last counts"),
          Map.entry("postal-mime/inline_0c808d967c text", "NUL is dropped"),
          Map.entry(
              "ruby-mail/error_emails/content_transfer_encoding_7-bit text",
              "iso-8859-1 is read as windows-1252"),
          Map.entry(
              "ruby-mail/error_emails/content_transfer_encoding_7-bit html",
              "iso-8859-1 is read as windows-1252"),
          Map.entry(
              "ruby-mail/plain_emails/mix_caps_content_type from",
              "a bare address has no blanks; what is before it is the name"),
          Map.entry("stalwart/legacy/009 text", "flowed text is joined"),
          Map.entry("talon/thunderbird text", "flowed text is not joined across quote depth"),
          Map.entry("stalwart/legacy/016 attachments", "sizes are those of the bytes as sent"),
          Map.entry("stalwart/malformed/003 attachments", "an empty multipart is no file"),
          Map.entry("stalwart/malformed/006 attachments", "an empty multipart is no file"),
          Map.entry("stalwart/malformed/007 attachments", "an empty multipart is no file"),
          Map.entry("stalwart/malformed/009 attachments", "an empty multipart is no file"),
          Map.entry("stalwart/malformed/009 text", "all texts of a mixed mail are read"),
          Map.entry("stalwart/malformed/013 text", "an empty line stands between two parts"),
          Map.entry("stalwart/malformed/020 text", "of two Content-Type fields the first counts"),
          Map.entry("stalwart/rfc/007 text", "an empty line stands between two parts"),
          Map.entry("stalwart/thirdparty/005 text", "a boundary stands at the start of a line"));

  private final List<String> misses = new ArrayList<>();
  private final List<String> unsettled = new ArrayList<>();
  private final TreeMap<String, int[]> figures = new TreeMap<>();

  @Test
  void statedFieldsAreRead() throws IOException {
    for (JsonNode row : Corpora.rows("mime.open.jsonl")) {
      byte[] raw = Base64.getDecoder().decode(row.get("eml_b64").asText());
      compare(row, MailParser.parse(new ByteArrayInputStream(raw), AttachmentSink.NONE));
    }
    int stated = figures.values().stream().mapToInt(counts -> counts[0]).sum();
    int right = figures.values().stream().mapToInt(counts -> counts[1]).sum();
    String report = right + " of " + stated + " stated fields right; " + describe();
    System.out.println(report);
    assertThat((double) right / stated)
        .as("%s%n%s", report, String.join("\n", misses))
        .isGreaterThan(WANTED);
    assertThat(unsettled).as("read otherwise, and by no rule of ours").isEmpty();
  }

  private String describe() {
    StringBuilder text = new StringBuilder();
    figures.forEach(
        (field, counts) -> text.append(field + " " + counts[1] + "/" + counts[0] + " "));
    return text.toString();
  }

  private void compare(JsonNode row, Mail mail) {
    row.get("expected")
        .properties()
        .forEach(field -> {
          String wanted = wanted(field.getKey(), field.getValue());
          String found = found(field.getKey(), field.getValue(), mail);
          int[] counts = figures.computeIfAbsent(field.getKey(), key -> new int[2]);
          counts[0]++;
          if (wanted.equals(found)) {
            counts[1]++;
          } else {
            String id = row.get("id").asText() + " " + field.getKey();
            if (!SETTLED.containsKey(id) && !isUnread(wanted, found)) {
              unsettled.add(id);
            }
            misses.add(
                row.get("id").asText()
                    + " ("
                    + row.get("expected_from").asText()
                    + ") "
                    + field.getKey()
                    + "\n   wanted "
                    + shown(wanted)
                    + "\n   found  "
                    + shown(found));
          }
        });
  }

  /** Whether the source could not read some characters (U+FFFD) that we read. */
  private static boolean isUnread(String wanted, String found) {
    if (wanted.length() != found.length()) {
      return false;
    }
    boolean unread = true;
    for (int i = 0; i < wanted.length(); i++) {
      unread &= wanted.charAt(i) == found.charAt(i) || wanted.charAt(i) == '\ufffd';
    }
    return unread;
  }

  private static String shown(String text) {
    String line = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    return line.length() > 600 ? line.substring(0, 600) + "..." : line;
  }

  private static String wanted(String field, JsonNode value) {
    return switch (field) {
      case "text", "html" -> tidy(value.asText());
      case "from", "to", "cc" -> values(value).toString().toLowerCase(Locale.ROOT);
      case "message_id", "in_reply_to", "references" ->
          values(value).toString().replaceAll("[<>]", "");
      case "attachments" -> {
        List<String> all = new ArrayList<>();
        value.forEach(a -> all.add(a.get("name").asText() + " " + a.get("size").asText()));
        yield all.toString();
      }
      default -> value.asText();
    };
  }

  private static List<String> values(JsonNode list) {
    List<String> all = new ArrayList<>();
    list.forEach(one -> all.add(one.asText()));
    return all;
  }

  private static String found(String field, JsonNode wanted, Mail mail) {
    return switch (field) {
      case "subject" -> mail.subject();
      case "text" -> tidy(mail.text().orElse(""));
      case "html" -> tidy(mail.html().orElse(""));
      case "from" -> addresses(mail.from());
      case "to" -> addresses(mail.to());
      case "cc" -> addresses(mail.cc());
      case "message_id" -> mail.messageId().stream().toList().toString();
      case "in_reply_to" -> mail.inReplyTo().toString();
      case "references" -> mail.references().toString();
      case "attachments" -> attachments(wanted, mail);
      default -> throw new IllegalArgumentException("no such field: " + field);
    };
  }

  private static String attachments(JsonNode wanted, Mail mail) {
    List<String> all = new ArrayList<>();
    for (Attachment attachment : mail.attachments()) {
      JsonNode stated = wanted.get(attachment.index());
      boolean sized = stated != null && !stated.get("size").isNull();
      String name = attachment.declaredName().isEmpty() ? "null" : attachment.filename();
      if (stated != null
          && stated.get("name").asText().equals(attachment.declaredName().orElse(""))) {
        name = stated.get("name").asText();
      }
      all.add(name + " " + (sized ? attachment.size() : "null"));
    }
    return all.toString();
  }

  private static String addresses(List<MailAddress> addresses) {
    return addresses.stream()
        .map(one -> one.address().toLowerCase(Locale.ROOT))
        .toList()
        .toString();
  }

  private static String tidy(String text) {
    String lines = text.replace("\r\n", "\n").replace('\r', '\n');
    int end = lines.length();
    while (end > 0 && Character.isWhitespace(lines.charAt(end - 1))) {
      end--;
    }
    return lines.substring(0, end);
  }
}
