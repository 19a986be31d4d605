package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.bench.ReplyJudge.Verdict;
import email.daimon.local.ParsedMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Replies of the open corpus: what we find in them, and what others find. */
final class ReplyQuality {
  private static final String OURS = "daimon";
  private static final List<String> OTHERS =
      List.of("talonjs", "planer", "email-reply-parser", "node-email-reply-parser");
  private static final String DEFINITIONS =
      """
      Right: the case's reading, or another that it accepts, up to the amount of white space (where the case says so, \
      as all HTML does, without any). Lost: words of every reading are missing. Leak: words that no reading has were \
      left in. Nothing to cut: cases in which all is new. Forwards: cases of forwarded mail. Those that read no HTML \
      are given its text; what throws is wrong.\
      """;
  private final List<JsonNode> rows;
  private final List<String> readers = new ArrayList<>(List.of(OURS));
  private final Map<String, Map<String, Verdict>> verdicts = new LinkedHashMap<>();

  /** Reads all cases; {@code others} are by the id of the case. */
  ReplyQuality(List<JsonNode> rows, List<JsonNode> others) {
    this.rows = rows;
    if (!others.isEmpty()) {
      readers.addAll(OTHERS);
    }
    Map<String, JsonNode> found = new LinkedHashMap<>();
    others.forEach(one -> found.put(one.get("id").asText(), one));
    for (JsonNode row : rows) {
      Map<String, Verdict> of = new LinkedHashMap<>();
      of.put(OURS, ReplyJudge.judge(row, ours(row).path("reply_body").asText()));
      for (String reader : readers.subList(1, readers.size())) {
        JsonNode text = found.getOrDefault(id(row), MissingNode.getInstance()).path(reader);
        of.put(
            reader,
            text.isTextual()
                ? ReplyJudge.judge(row, text.asText())
                : new Verdict(false, true, false));
      }
      verdicts.put(id(row), of);
    }
  }

  List<Table> tables() throws IOException {
    LeftOut leftOut = new LeftOut(rows);
    return List.of(
        all(),
        by("source", "source"),
        by("language", "lang"),
        by("client", "client"),
        styles(),
        leftOut.by("source", "source"),
        leftOut.by("language", "lang"),
        leftOut.by("client", "client"));
  }

  private Table all() {
    List<List<String>> lines = new ArrayList<>();
    for (String reader : readers) {
      Tally all = tally(reader, _ -> true);
      lines.add(
          List.of(
              reader,
              all.right(),
              all.lost(),
              all.leaked(),
              tally(reader, row -> row.get("style").asText().equals("none")).right(),
              tally(reader, row -> row.get("conv").asText().equals("forward")).right()));
    }
    return new Table(
        "Replies: %d open cases".formatted(rows.size()),
        DEFINITIONS,
        List.of("", "right", "lost", "leak", "nothing to cut", "forwards"),
        lines);
  }

  private Table styles() {
    return by("style", "style");
  }

  private Table by(String name, String field) {
    Map<String, Integer> groups = new TreeMap<>();
    rows.forEach(row -> groups.merge(row.get(field).asText(), 1, Integer::sum));
    List<List<String>> lines = new ArrayList<>();
    groups.forEach((group, cases) -> {
      List<String> line = new ArrayList<>();
      line.add(group.isEmpty() ? "(not stated)" : group);
      line.add(cases.toString());
      readers.forEach(
          reader -> line.add(tally(reader, row -> row.get(field).asText().equals(group)).right()));
      lines.add(line);
    });
    List<String> head = new ArrayList<>(List.of(name, "cases"));
    head.addAll(readers);
    return new Table("Replies by " + name, "", head, lines);
  }

  private Tally tally(String reader, Predicate<JsonNode> which) {
    Tally tally = new Tally();
    rows.stream().filter(which).forEach(row -> tally.add(verdict(row, reader)));
    return tally;
  }

  private Verdict verdict(JsonNode row, String reader) {
    return Objects.requireNonNull(
        verdicts.getOrDefault(id(row), Map.of()).get(reader), "every reader judged every case");
  }

  private static String id(JsonNode row) {
    return row.get("id").asText();
  }

  private static ObjectNode ours(JsonNode row) {
    Optional<String> input = Optional.of(row.path("input").asText());
    return switch (row.get("kind").asText()) {
      case "html" -> ParsedMessage.ofText(Optional.empty(), input);
      case "text" -> ParsedMessage.ofText(input, Optional.empty());
      default ->
          ParsedMessage.ofMail(
              new ByteArrayInputStream(Base64.getDecoder().decode(row.get("input_b64").asText())));
    };
  }
}
