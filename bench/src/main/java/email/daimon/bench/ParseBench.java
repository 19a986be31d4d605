package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import email.daimon.mime.AttachmentSink;
import email.daimon.mime.MailParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Mails read per second of processor time (of the whole process, with its garbage collection: a
 * busy machine does not blur it), warm: the open corpus, and mails with an attachment of 1 MB.
 * Every attachment is decoded, counted and hashed. Where Node and {@code bench/peers/node_modules}
 * are there, postal-mime is measured in the same run.
 */
final class ParseBench {
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final int LARGE_MAILS = 10;

  private ParseBench() {}

  /** Measures each for {@code time}. */
  static ObjectNode run(Path home, Duration time) throws Exception {
    Optional<Path> corpus = Corpus.find(home, "mime.open.jsonl");
    Map<String, Object> ours = new LinkedHashMap<>();
    if (corpus.isPresent()) {
      ours.put("corpus_mails_per_second", rate(mails(corpus.get()), time));
    }
    ours.put("attachment_mails_per_second", rate(largeMails(), time));
    ObjectNode figures = Json.MAPPER.createObjectNode();
    figures.set("daimon", Json.MAPPER.valueToTree(ours));
    Path peers = home.resolve("bench/peers");
    if (Files.isDirectory(peers.resolve("node_modules")) && corpus.isPresent()) {
      JsonNode theirs = peer(peers, corpus.get(), time);
      figures.set("postal_mime", theirs);
      figures.set("ratio", Json.MAPPER.valueToTree(ratios(ours, theirs)));
    } else {
      figures.put(
          "postal_mime",
          "not measured: run npm install in bench/peers, and put the open corpus beside the checkout");
    }
    return figures;
  }

  private static List<byte[]> mails(Path corpus) throws IOException {
    return Corpus.rows(corpus).stream()
        .map(row -> Base64.getDecoder().decode(row.get("eml_b64").asText()))
        .toList();
  }

  private static long rate(List<byte[]> mails, Duration time) {
    measure(mails, WARM_UP);
    return measure(mails, time);
  }

  private static long measure(List<byte[]> mails, Duration time) {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long start = process.getProcessCpuTime();
    long count = 0;
    long characters = 0;
    while (process.getProcessCpuTime() - start < time.toNanos()) {
      for (byte[] mail : mails) {
        characters +=
            MailParser.parse(new ByteArrayInputStream(mail), AttachmentSink.NONE)
                .subject()
                .length();
        count++;
      }
    }
    if (characters < 0) {
      throw new IllegalStateException("nothing read");
    }
    return count * TimeUnit.SECONDS.toNanos(1) / (process.getProcessCpuTime() - start);
  }

  /** The same mails as those of peers/parse.mjs. */
  private static List<byte[]> largeMails() {
    List<byte[]> mails = new ArrayList<>();
    for (int seed = 1; seed <= LARGE_MAILS; seed++) {
      byte[] bytes = new byte[1 << 20];
      int state = seed;
      for (int i = 0; i < bytes.length; i++) {
        state = (state * 1103515245 + 12345) & 0x7fffffff;
        bytes[i] = (byte) (state >>> 16);
      }
      String mail =
          """
          From: a@example.com
          To: b@example.com
          Subject: Large %d
          MIME-Version: 1.0
          Content-Type: multipart/mixed; boundary="mixed"

          --mixed
          Content-Type: text/plain

          See the file.
          --mixed
          Content-Type: application/octet-stream
          Content-Disposition: attachment; filename="large.bin"
          Content-Transfer-Encoding: base64

          %s
          --mixed--
          """
              .formatted(seed, Base64.getMimeEncoder().encodeToString(bytes).replace("\r\n", "\n"));
      mails.add(mail.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
    return mails;
  }

  private static JsonNode peer(Path peers, Path corpus, Duration time)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("node", "parse.mjs", corpus.toString(), Long.toString(time.toSeconds()))
            .directory(peers.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] output = process.getInputStream().readAllBytes();
    if (process.waitFor() != 0) {
      throw new IOException("node parse.mjs ended with " + process.exitValue());
    }
    return Json.MAPPER.readTree(output);
  }

  private static Map<String, Object> ratios(Map<String, Object> ours, JsonNode theirs) {
    Map<String, Object> ratios = new LinkedHashMap<>();
    ours.forEach((name, rate) ->
        ratios.put(name, Math.round(10.0 * (Long) rate / theirs.get(name).asDouble()) / 10.0));
    return ratios;
  }
}
