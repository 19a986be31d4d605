package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.bench.judge.JudgeTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The last part of {@code docs/understanding.md}: instructions to machines, found and not. */
final class JudgePage {
  private static final String TITLE = "Instructions to machines";
  private static final List<List<String>> TRIALS =
      List.of(
          List.of(
              "strangers_set_left_out", "fourth to ninth set and that of every day, one at a time"),
          List.of("mails_set_left_out", "all eleven sets, one at a time"),
          List.of("passages_files_left_out", "passages, a sixteenth of the files at a time"),
          List.of("ordinary_passages", "those of ordinary mail, a file at a time"));

  private JudgePage() {}

  /** The part as Markdown; as the page has it where the judge was not trained here. */
  static String section(Path home) throws IOException {
    Path file = home.resolve("bench/results/train.json");
    if (!Files.exists(file)) {
      String text = text(home);
      return text.substring(start(text));
    }
    JsonNode result = Json.read(Files.readString(file));
    List<List<String>> rows = new ArrayList<>();
    for (List<String> trial : TRIALS) {
      JsonNode figures = result.path(trial.getFirst());
      rows.add(
          List.of(
              trial.getLast(),
              figures.path("instructing").asText(),
              figures.path("harmless").asText(),
              share(figures, "rules_found"),
              share(figures, "rules_flagged"),
              share(figures, "found"),
              share(figures, "flagged")));
    }
    Table table =
        new Table(
            TITLE,
            note(result),
            List.of(
                "never seen by the judge",
                "instruct",
                "harmless",
                "rules find",
                "rules flag",
                "both find",
                "both flag"),
            rows);
    return Table.markdown(table.json());
  }

  private static String note(JsonNode result) {
    return String.format(
        Locale.ROOT,
        "Made by `./daimon bench train`. A judge that learnt from %s passages, written one by one in"
            + " 83 languages, and %s mails of the development sets, beside the rules. Each row is"
            + " measured on what that run of the judge did not learn from. Found: of the texts that"
            + " instruct; flagged: of the harmless. The thresholds were chosen by the first two"
            + " rows and the last (%s %%, %s %% and %s %% of the harmless), so those are not wholly blind;"
            + " the rules were mended for the first four sets of the eleven, which flatters them there,"
            + " and of the others for two mails whose words were encoded; what is told whatever the judge"
            + " says was drawn with some of their harmless mails in sight. What the judge's sums are worth"
            + " was learnt apart from each set as well. Passages count twice where they stand among everyday ones"
            + " too. They are harder than mails: one paragraph, many of the orders"
            + " without any word that gives such texts away; many recur in other languages, so what was"
            + " left out of a run may have a translation in it.",
        result.path("passages").asText(),
        result.path("mails").asText(),
        percent(JudgeTraining.MOST_FLAGGED_OF_STRANGERS),
        percent(JudgeTraining.MOST_FLAGGED),
        percent(JudgeTraining.MOST_FLAGGED_OF_ORDINARY));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private static String share(JsonNode figures, String name) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * figures.path(name).asDouble());
  }

  /** Puts it where it was in the page, after a training. */
  static void write(Path home) throws IOException {
    String text = text(home);
    String before = text.substring(0, start(text)).stripTrailing();
    Files.writeString(page(home), before + "\n\n" + section(home).stripTrailing() + "\n");
  }

  private static Path page(Path home) {
    return home.resolve("docs/understanding.md");
  }

  private static String text(Path home) throws IOException {
    return Files.exists(page(home)) ? Files.readString(page(home)) : "";
  }

  private static int start(String text) {
    int from = text.indexOf("## " + TITLE);
    return from < 0 ? text.length() : from;
  }
}
