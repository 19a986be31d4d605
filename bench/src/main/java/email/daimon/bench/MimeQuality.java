package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.mime.AttachmentSink;
import email.daimon.mime.Mail;
import email.daimon.mime.MailAddress;
import email.daimon.mime.MailParser;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Fields of the mails of the open corpus that their sources state. */
final class MimeQuality {
  private static final String OURS = "daimon";
  private static final List<String> OTHERS = List.of("postal-mime", "mailparser");
  private static final String NOTE =
      """
      Stated fields that are read alike: addresses and ids as lists, texts without the white space at their end, \
      attachments by name and, where stated, size.\
      """;

  private final Map<String, Map<String, Tally>> byField = new TreeMap<>();
  private final Map<String, Map<String, Tally>> bySource = new TreeMap<>();
  private final Map<String, Tally> all = new LinkedHashMap<>();
  private final List<String> readers = new ArrayList<>(List.of(OURS));
  private final int mails;

  MimeQuality(List<JsonNode> rows, List<JsonNode> others) {
    mails = rows.size();
    if (!others.isEmpty()) {
      readers.addAll(OTHERS);
    }
    Map<String, JsonNode> found = new LinkedHashMap<>();
    others.forEach(one -> found.put(one.get("id").asText(), one));
    for (JsonNode row : rows) {
      compare(row, OURS, ours(row));
      for (String reader : readers.subList(1, readers.size())) {
        compare(
            row,
            reader,
            found.getOrDefault(row.get("id").asText(), MissingNode.getInstance()).path(reader));
      }
    }
  }

  List<Table> tables() {
    return List.of(
        table("MIME fields: %d open mails".formatted(mails), NOTE, "field", byField),
        table("MIME fields by source", "", "source", bySource));
  }

  private Table table(
      String title, String note, String name, Map<String, Map<String, Tally>> groups) {
    List<List<String>> lines = new ArrayList<>();
    groups.forEach((group, tallies) -> lines.add(line(group, tallies)));
    lines.add(line("all", all));
    List<String> head = new ArrayList<>(List.of(name, "stated"));
    head.addAll(readers);
    return new Table(title, note, head, lines);
  }

  private List<String> line(String group, Map<String, Tally> tallies) {
    List<String> line = new ArrayList<>();
    line.add(group);
    line.add(Integer.toString(tallies.getOrDefault(OURS, new Tally()).cases()));
    readers.forEach(reader -> line.add(tallies.getOrDefault(reader, new Tally()).right()));
    return line;
  }

  private void compare(JsonNode row, String reader, JsonNode found) {
    row.get("expected")
        .properties()
        .forEach(field -> {
          boolean right = alike(field.getKey(), field.getValue(), found.path(field.getKey()));
          String source = row.get("source").asText();
          tally(byField, field.getKey(), reader).add(right);
          tally(bySource, source, reader).add(right);
          all.computeIfAbsent(reader, _ -> new Tally()).add(right);
        });
  }

  private static Tally tally(Map<String, Map<String, Tally>> groups, String group, String reader) {
    return groups
        .computeIfAbsent(group, _ -> new LinkedHashMap<>())
        .computeIfAbsent(reader, _ -> new Tally());
  }

  private static boolean alike(String field, JsonNode stated, JsonNode found) {
    return switch (field) {
      case "text", "html" -> tidy(stated.asText()).equals(tidy(found.asText()));
      case "from", "to", "cc" ->
          texts(stated)
              .toString()
              .toLowerCase(Locale.ROOT)
              .equals(texts(found).toString().toLowerCase(Locale.ROOT));
      case "message_id", "in_reply_to", "references" ->
          texts(stated)
              .toString()
              .replaceAll("[<>]", "")
              .equals(texts(found).toString().replaceAll("[<>]", ""));
      case "attachments" -> attachmentsAlike(stated, found);
      default -> stated.asText().equals(found.asText());
    };
  }

  private static boolean attachmentsAlike(JsonNode stated, JsonNode found) {
    boolean alike = stated.size() == found.size();
    for (int i = 0; alike && i < stated.size(); i++) {
      JsonNode one = stated.get(i);
      JsonNode other = found.get(i);
      boolean named =
          one.get("name").asText().equals(other.get("name").asText())
              || one.get("name").asText().equals(other.path("declared").asText());
      alike =
          named
              && (one.get("size").isNull()
                  || one.get("size").asLong() == other.get("size").asLong());
    }
    return alike;
  }

  private static List<String> texts(JsonNode list) {
    List<String> all = new ArrayList<>();
    list.forEach(one -> all.add(one.asText()));
    return all;
  }

  private static String tidy(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n').stripTrailing();
  }

  private static ObjectNode ours(JsonNode row) {
    byte[] raw = Base64.getDecoder().decode(row.get("eml_b64").asText());
    Mail mail = MailParser.parse(new ByteArrayInputStream(raw), AttachmentSink.NONE);
    ObjectNode fields =
        Json.MAPPER
            .createObjectNode()
            .put("subject", mail.subject())
            .put("text", mail.text().orElse(""))
            .put("html", mail.html().orElse(""));
    fields.set("from", addresses(mail.from()));
    fields.set("to", addresses(mail.to()));
    fields.set("cc", addresses(mail.cc()));
    fields.set("message_id", Json.MAPPER.valueToTree(mail.messageId().stream().toList()));
    fields.set("in_reply_to", Json.MAPPER.valueToTree(mail.inReplyTo()));
    fields.set("references", Json.MAPPER.valueToTree(mail.references()));
    ArrayNode files = fields.putArray("attachments");
    mail.attachments()
        .forEach(file ->
            files
                .addObject()
                .put("name", file.declaredName().isEmpty() ? "null" : file.filename())
                .put("declared", file.declaredName().orElse("null"))
                .put("size", file.size()));
    return fields;
  }

  private static JsonNode addresses(List<MailAddress> addresses) {
    return Json.MAPPER.valueToTree(addresses.stream().map(MailAddress::address).toList());
  }
}
