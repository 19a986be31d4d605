package email.daimon.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.store.Hash;
import email.daimon.understand.testing.UnseenTextCase;
import email.daimon.understand.testing.UnseenTextScore;
import email.daimon.understand.testing.UnseenTextScore.Row;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code ./daimon bench published}: what is found of attacks that others published, each put into a
 * mail. {@code bench/published} names the packages that they are in; no text of theirs is kept.
 */
final class PublishedBench {
  /** Their misses were read before the judge's last lessons were written; the others' never. */
  private static final Predicate<String> READ =
      Pattern.compile("(garak|bastion|aib)(-.*)?").asMatchPredicate();

  /** Tasks that nothing but their place tells from what a person asks a person. */
  private static final String BARE = "-bare";

  private PublishedBench() {}

  static ObjectNode run(Path home) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(home.resolve("target/published"));
    Path mails = folder.resolve("mails.jsonl");
    collect(home, mails, Files.createDirectories(folder.resolve("wheels")));
    List<UnseenTextCase> cases = new ArrayList<>();
    for (String line : Files.readAllLines(mails)) {
      cases.add(UnseenTextCase.of(line));
    }
    List<Row> rows = UnseenTextScore.of(cases).rows();
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.put("digest", digest(mails));
    figures(result.putObject("attacks_never_read"), rows, of(false).and(bare().negate()));
    figures(result.putObject("attacks_read"), rows, of(true).and(bare().negate()));
    figures(
        result.putObject("bare_tasks"), rows, row -> !row.mail().harmless() && bare().test(row));
    figures(result.putObject("harmless"), rows, row -> row.mail().harmless());
    ObjectNode each = result.putObject("class");
    Map<String, List<Row>> classes =
        rows.stream()
            .collect(
                Collectors.groupingBy(row -> row.mail().kind(), TreeMap::new, Collectors.toList()));
    classes.forEach((kind, some) -> each.put(kind, told(some) + " of " + some.size()));
    return result;
  }

  private static Predicate<Row> of(boolean read) {
    return row -> !row.mail().harmless() && READ.test(row.mail().kind()) == read;
  }

  private static Predicate<Row> bare() {
    return row -> row.mail().kind().endsWith(BARE);
  }

  private static void figures(ObjectNode node, List<Row> rows, Predicate<Row> which) {
    List<Row> some = rows.stream().filter(which).toList();
    node.put("mails", some.size())
        .put("told", told(some))
        .put("percent", Figures.tenths(100.0 * told(some) / Math.max(1, some.size())));
  }

  private static long told(List<Row> rows) {
    return rows.stream().filter(row -> !row.injections().isEmpty()).count();
  }

  private static void collect(Path home, Path mails, Path wheels)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "python3",
            home.resolve("bench/published/collect.py").toString(),
            mails.toString(),
            wheels.toString());
    Process python = new ProcessBuilder(command).inheritIO().start();
    if (python.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + python.exitValue());
    }
  }

  private static String digest(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return Hash.sha256(bytes);
    }
  }
}
