package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.local.ParsedMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Codes and calls to action of the open corpus: small mails made around each case's text. */
final class ActionQuality {
  private static final String NOTE =
      """
      Code: the first code found is the wanted one, or none is found where there is none. Call to action: the link \
      under that text is offered with the wanted kind, or not offered. False: something was found where nothing is, \
      or something else.\
      """;

  private final List<List<String>> lines = new ArrayList<>();

  ActionQuality(List<JsonNode> rows) {
    Map<String, List<JsonNode>> groups = new TreeMap<>();
    for (JsonNode row : rows) {
      String kind = row.get("kind").asText().equals("otp") ? "codes" : "calls to action";
      groups.computeIfAbsent(kind, _ -> new ArrayList<>()).add(row);
      groups
          .computeIfAbsent(kind + ", " + row.get("lang").asText(), _ -> new ArrayList<>())
          .add(row);
    }
    groups.forEach((group, members) -> {
      int right = 0;
      int wrong = 0;
      List<String> missed = new ArrayList<>();
      for (JsonNode row : members) {
        String wanted = row.get("expected").isNull() ? "" : row.get("expected").asText();
        String found = row.get("kind").asText().equals("otp") ? code(row) : action(row);
        if (wanted.equals(found)) {
          right++;
        } else {
          wrong += found.isEmpty() ? 0 : 1;
          missed.add(row.get("id").asText());
        }
      }
      lines.add(
          List.of(
              group,
              Integer.toString(members.size()),
              Integer.toString(right),
              Integer.toString(wrong),
              String.join(", ", missed)));
    });
  }

  List<Table> tables() {
    return List.of(
        new Table(
            "Codes and calls to action",
            NOTE,
            List.of("", "cases", "right", "false", "missed"),
            lines));
  }

  private static String code(JsonNode row) {
    String text = row.get("text").asText();
    ObjectNode message;
    if (text.startsWith("Subject: ")) {
      String mail = text + "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";
      message =
          ParsedMessage.ofMail(new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
    } else {
      message = ParsedMessage.ofText(Optional.of(text), Optional.empty());
    }
    return message.path("codes").path(0).path("value").asText();
  }

  private static String action(JsonNode row) {
    String[] address = row.get("href").asText().split(" \\(sentence before: ", 2);
    String sentence = address.length == 1 ? "Hello," : address[1].replace(")", ",");
    String html =
        "<html><body><p>%s</p><p><a href=\"%s\">%s</a></p></body></html>"
            .formatted(sentence, address[0].replace("&", "&amp;"), row.get("text").asText());
    ObjectNode message = ParsedMessage.ofText(Optional.empty(), Optional.of(html));
    boolean offered = false;
    for (JsonNode one : message.path("cta_links")) {
      offered |= one.asText().equals(address[0]);
    }
    if (!offered) {
      return "";
    }
    for (JsonNode one : message.path("link_details")) {
      if (one.path("url").asText().equals(address[0])) {
        return one.path("kind").asText();
      }
    }
    return "no kind";
  }
}
