package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;
import email.daimon.local.ParsedMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Mails understood per second of processor time of the whole process, garbage collection included:
 * parsed, their reply, links, codes and trust found, and all of it written as JSON; by one thread,
 * warm, which takes a minute or more. postal-mime and TalonJS get the same mails in the same run.
 */
final class UnderstandSpeed {
  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(3);

  /** Of the processor time of a process that is warm: for collections, and compilations left. */
  private static final double SHARE_OF_OTHERS = 0.1;

  private static final Duration TIME = Duration.ofSeconds(10);
  private static final String ONE_TRICK = "postal-mime";
  private static final String NOTE =
      """
      Per second of processor time, one thread, warm, in one run. Ours: parse, reply, links, codes, trust, JSON. \
      Theirs: parse, the reply of the text or else of the HTML, JSON; no links, codes or trust. Target: 12 times.\
      """;

  private UnderstandSpeed() {}

  static Table run(Path home, Optional<Peers> peers) throws IOException, InterruptedException {
    Optional<Path> corpus = Corpus.find(home, "mime.open.jsonl");
    List<List<String>> lines = new ArrayList<>();
    if (corpus.isPresent()) {
      List<JsonNode> rows = Corpus.rows(corpus.get());
      lines.add(line("mails of the open corpus", rows, peers));
      lines.add(
          line(
              "those of them that are no tests of one trick",
              rows.stream().filter(row -> !row.get("source").asText().equals(ONE_TRICK)).toList(),
              peers));
    } else {
      lines.add(line("golden mails of this repository", golden(home), peers));
    }
    return new Table(
        "Speed: mails understood per second",
        NOTE,
        List.of("", "mails", "mean bytes", "daimon", "postal-mime + TalonJS", "times"),
        lines);
  }

  private static List<String> line(String name, List<JsonNode> rows, Optional<Peers> peers)
      throws IOException, InterruptedException {
    List<byte[]> mails =
        rows.stream().map(row -> Base64.getDecoder().decode(row.get("eml_b64").asText())).toList();
    warmUp(mails);
    double ours = rate(mails, TIME);
    String theirs = "not measured";
    String times = "";
    if (peers.isPresent()) {
      double rate = theirs(rows, peers.get());
      theirs = shown(rate);
      times = String.format(Locale.ROOT, "%.1f", ours / rate);
    }
    long bytes = mails.stream().mapToLong(mail -> mail.length).sum() / mails.size();
    return List.of(
        name, Integer.toString(mails.size()), Long.toString(bytes), shown(ours), theirs, times);
  }

  private static double theirs(List<JsonNode> rows, Peers peers)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("mails", ".jsonl");
    try {
      Files.write(file, rows.stream().map(JsonNode::toString).toList());
      return peers
          .run("speed", file.toString(), Long.toString(TIME.toSeconds()))
          .getFirst()
          .get("mails_per_second")
          .asDouble();
    } finally {
      Files.delete(file);
    }
  }

  /** Until the compiler is done: it takes more than half of the first minute. */
  private static void warmUp(List<byte[]> mails) {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = process.getProcessCpuTime();
    double others = 1;
    while (others > SHARE_OF_OTHERS
        && process.getProcessCpuTime() - begin < LONGEST_WARM_UP.toNanos()) {
      long all = process.getProcessCpuTime();
      long own = threads.getCurrentThreadCpuTime();
      rate(mails, ROUND);
      own = threads.getCurrentThreadCpuTime() - own;
      all = process.getProcessCpuTime() - all;
      others = (double) (all - own) / all;
    }
  }

  private static double rate(List<byte[]> mails, Duration time) {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long start = process.getProcessCpuTime();
    long count = 0;
    long characters = 0;
    while (process.getProcessCpuTime() - start < time.toNanos()) {
      for (byte[] mail : mails) {
        characters += ParsedMessage.ofMail(new ByteArrayInputStream(mail)).toString().length();
        count++;
      }
    }
    if (characters <= 0) {
      throw new IllegalStateException("nothing read");
    }
    return (double) count * TimeUnit.SECONDS.toNanos(1) / (process.getProcessCpuTime() - start);
  }

  private static List<JsonNode> golden(Path home) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(home.resolve("shared-model/src/test/resources/golden"))) {
      for (Path file : files.sorted().toList()) {
        if (file.toString().endsWith(".eml")) {
          rows.add(
              Json.MAPPER
                  .createObjectNode()
                  .put("id", file.getFileName().toString())
                  .put("eml_b64", Base64.getEncoder().encodeToString(Files.readAllBytes(file))));
        }
      }
    }
    return rows;
  }

  private static String shown(double rate) {
    return String.format(Locale.ROOT, "%.0f", rate);
  }
}
