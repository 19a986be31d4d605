package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A table of a result page. */
record Table(String title, String note, List<String> head, List<List<String>> rows) {
  Table {
    head = List.copyOf(head);
    rows = List.copyOf(rows);
  }

  ObjectNode json() {
    ObjectNode json = Json.MAPPER.createObjectNode().put("title", title).put("note", note);
    json.set("head", Json.MAPPER.valueToTree(head));
    ArrayNode lines = json.putArray("rows");
    rows.forEach(row -> lines.add(Json.MAPPER.<JsonNode>valueToTree(row)));
    return json;
  }

  /** A table that {@link #json} made, as Markdown. */
  static String markdown(JsonNode json) {
    StringBuilder text = new StringBuilder();
    text.append("## ").append(json.get("title").asText()).append("\n\n");
    if (!json.get("note").asText().isEmpty()) {
      text.append(json.get("note").asText()).append("\n\n");
    }
    line(text, json.get("head"));
    text.append("|---".repeat(json.get("head").size())).append("|\n");
    json.get("rows").forEach(row -> line(text, row));
    return text.append('\n').toString();
  }

  private static void line(StringBuilder text, JsonNode cells) {
    List<String> words = new ArrayList<>();
    cells.forEach(cell -> words.add(cell.asText()));
    text.append("| ").append(String.join(" | ", words)).append(" |\n");
  }
}
