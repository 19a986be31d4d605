package email.daimon.understand;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.Corpora;
import email.daimon.mime.AttachmentSink;
import email.daimon.mime.MailParser;
import email.daimon.understand.reply.ReplySpans;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Third-party replies with their own reading of what is new, where they are at hand. */
class ReplyCorpusTest {
  private static final double WANTED = 0.97;
  private static final double FORWARDS_WANTED = 0.92;
  private static final double UNTOUCHED_WANTED = 0.98;
  private static final double MOST_LOST = 0.01;
  private static final double MOST_LEAKED = 0.03;

  /** How many of a group are right. */
  private static final class Score {
    private int all;
    private int right;

    private double share() {
      return all == 0 ? 1 : (double) right / all;
    }
  }

  @Test
  void freshTextIsFound() throws IOException {
    List<String> misses = new ArrayList<>();
    Map<String, Score> scores = new TreeMap<>();
    Score total = new Score();
    Score forwards = new Score();
    Score untouched = new Score();
    int lost = 0;
    int leaked = 0;
    for (JsonNode row : Corpora.rows("reply.open.jsonl")) {
      Understanding said = understanding(row);
      ReplySpans.check(said);
      boolean right = isRight(row, said.replyBody());
      count(total, right);
      if (row.get("conv").asText().equals("forward")) {
        count(forwards, right);
      }
      if (row.get("style").asText().equals("none")) {
        count(untouched, right);
      }
      for (String group : List.of("source", "lang", "client")) {
        String name = group + " " + row.get(group).asText();
        count(scores.computeIfAbsent(name, any -> new Score()), right);
      }
      if (!right) {
        lost += isLost(row, said.replyBody()) ? 1 : 0;
        leaked += isLeaked(row, said.replyBody()) ? 1 : 0;
        misses.add(
            row.get("id").asText()
                + "\n  wanted "
                + row.get("expected").asText().replace("\n", "\\n")
                + "\n  found  "
                + said.replyBody().replace("\n", "\\n"));
      }
    }
    String report =
        "%d of %d replies right, %d lost, %d leaked, %d of %d forwards"
            .formatted(total.right, total.all, lost, leaked, forwards.right, forwards.all);
    System.out.println(report);
    scores.forEach(
        (name, score) -> System.out.printf("  %-30s %d/%d%n", name, score.right, score.all));
    String all = report + "\n" + String.join("\n", misses);
    assertThat(total.share()).as(all).isGreaterThanOrEqualTo(WANTED);
    assertThat(forwards.share()).as(all).isGreaterThanOrEqualTo(FORWARDS_WANTED);
    assertThat(untouched.share()).as(all).isGreaterThanOrEqualTo(UNTOUCHED_WANTED);
    assertThat((double) lost / total.all).as(all).isLessThanOrEqualTo(MOST_LOST);
    assertThat((double) leaked / total.all).as(all).isLessThanOrEqualTo(MOST_LEAKED);
  }

  private static void count(Score score, boolean right) {
    score.all++;
    score.right += right ? 1 : 0;
  }

  private static boolean isRight(JsonNode row, String found) {
    String blank = row.get("ws").asText().equals("none") ? "" : " ";
    return fair(row).stream()
        .anyMatch(one -> collapsed(one, blank).equals(collapsed(found, blank)));
  }

  /** The source's own reading and the others that are fair. */
  private static List<String> fair(JsonNode row) {
    List<String> fair = new ArrayList<>(List.of(row.get("expected").asText()));
    row.get("accept").forEach(other -> fair.add(other.asText()));
    return fair;
  }

  private static boolean isLost(JsonNode row, String found) {
    return fair(row).stream().noneMatch(one -> words(found).containsAll(words(one)));
  }

  private static boolean isLeaked(JsonNode row, String found) {
    return fair(row).stream().noneMatch(one -> words(one).containsAll(words(found)));
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.split("\\s+"))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }

  private static Understanding understanding(JsonNode row) {
    String input = row.path("input").asText();
    return switch (row.get("kind").asText()) {
      case "html" -> Understanding.of(Optional.empty(), Optional.of(input));
      case "text" -> Understanding.of(Optional.of(input), Optional.empty());
      default ->
          Understanding.of(
              MailParser.parse(
                  new ByteArrayInputStream(
                      Base64.getDecoder().decode(row.path("input_b64").asText())),
                  AttachmentSink.NONE));
    };
  }

  private static String collapsed(String text, String blank) {
    return text.replaceAll("[\\s\\u00a0]+", blank).strip();
  }
}
