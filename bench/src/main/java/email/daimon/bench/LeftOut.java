package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.DataFile;
import email.daimon.local.ParsedMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One group of cases at a time left out: what its replies come to for a reader that lacks every
 * word and mark that the open cases show in that group alone.
 */
final class LeftOut {
  private static final String FOLDER = "email/daimon/understand/reply/";
  private static final Set<String> WITH_KIND =
      Set.of("labels.txt", "dividers.txt", "wrote.txt", "sent_from.txt");
  private static final List<String> FILES =
      List.of(
          "labels.txt",
          "dividers.txt",
          "wrote.txt",
          "sent_from.txt",
          "marks.txt",
          "helpdesk.txt",
          "attribution_starts.txt",
          "forward_subjects.txt");
  private final List<JsonNode> rows;
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, List<String>> entries = new TreeMap<>();

  LeftOut(List<JsonNode> rows) {
    this.rows = rows;
    for (JsonNode row : rows) {
      texts.put(row.get("id").asText(), text(row).toLowerCase(Locale.ROOT));
    }
    for (String file : FILES) {
      // Found from the root of the class path, beside no class.
      entries.put(file, DataFile.lines(ParsedMessage.class, "/" + FOLDER + file));
    }
  }

  private static String text(JsonNode row) {
    return row.has("input")
        ? row.get("input").asText()
        : new String(
            Base64.getDecoder().decode(row.get("input_b64").asText()), StandardCharsets.UTF_8);
  }

  /** A line for each value of a field of the cases, and one for all. */
  Table by(String name, String field) throws IOException {
    Map<String, List<JsonNode>> groups = new TreeMap<>();
    rows.forEach(
        row -> groups.computeIfAbsent(row.get(field).asText(), _ -> new ArrayList<>()).add(row));
    List<List<String>> lines = new ArrayList<>();
    Tally all = new Tally();
    int removed = 0;
    for (Map.Entry<String, List<JsonNode>> group : groups.entrySet()) {
      Map<String, Set<String>> own =
          shownOnlyWhere(row -> row.get(field).asText().equals(group.getKey()));
      int count = own.values().stream().mapToInt(Set::size).sum();
      removed += count;
      Tally tally = new Tally();
      try (ReaderWithout reader = new ReaderWithout(own)) {
        for (JsonNode row : group.getValue()) {
          ReplyJudge.Verdict verdict = ReplyJudge.judge(row, reader.reply(row));
          tally.add(verdict);
          all.add(verdict);
        }
      }
      lines.add(line(group.getKey(), tally, count));
    }
    lines.addFirst(line("all", all, removed));
    return new Table(
        "Replies, one %s left out".formatted(name),
        note(name),
        List.of(name, "cases", "entries left out", "right", "lost", "leak"),
        lines);
  }

  private static String note(String group) {
    return """
    Leave-one-out over the data files of `understand/reply`. For each %s: the entries (words of labels, dividers, \
    "wrote", "sent from", marks in HTML) that appear in its cases and in no other open case are taken out of the \
    files, and its cases read again. A reader that had only learnt from the other cases would know no more than \
    that; ours has its words from the programs themselves, so this is the least of what unseen ones may come to.\
    """
        .formatted(group);
  }

  private static List<String> line(String group, Tally tally, int count) {
    return List.of(
        group.isEmpty() ? "(not stated)" : group,
        Integer.toString(tally.cases()),
        Integer.toString(count),
        tally.right(),
        tally.lost(),
        tally.leaked());
  }

  private Map<String, Set<String>> shownOnlyWhere(Predicate<JsonNode> inGroup) {
    StringBuilder group = new StringBuilder();
    StringBuilder others = new StringBuilder();
    rows.forEach(row ->
        (inGroup.test(row) ? group : others)
            .append(texts.get(row.get("id").asText()))
            .append('\n'));
    String shown = group.toString();
    String elsewhere = others.toString();
    Map<String, Set<String>> own = new HashMap<>();
    entries.forEach((file, lines) -> {
      Set<String> only = new HashSet<>();
      for (String line : lines) {
        String word = word(file, line);
        if (shown.contains(word) && !elsewhere.contains(word)) {
          only.add(line);
        }
      }
      own.put(FOLDER + file, only);
    });
    return own;
  }

  /** What of an entry stands in mails. */
  private static String word(String file, String line) {
    String word = line;
    if (file.equals("marks.txt")) {
      word = line.split(" ")[1].replace("*", "");
    } else if (WITH_KIND.contains(file)) {
      word = line.substring(line.indexOf(' ') + 1);
    }
    return word.toLowerCase(Locale.ROOT);
  }
}
