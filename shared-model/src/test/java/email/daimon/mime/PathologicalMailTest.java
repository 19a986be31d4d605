package email.daimon.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Mails made to exhaust a parser are read in under a second of processor time each, in 256 MB of
 * heap.
 */
class PathologicalMailTest {
  private static final int MILLISECONDS = 1_000;

  @Test
  void everyClassIsReadInUnderASecondWithin256MegabytesOfHeap() throws Exception {
    List<String> lines = run();
    List<String> slow = new ArrayList<>();
    for (String line : lines) {
      String[] cells = line.split("\t");
      if (cells.length != 4
          || Integer.parseInt(cells[1]) >= MILLISECONDS
          || Integer.parseInt(cells[2]) >= MILLISECONDS) {
        slow.add(line);
      }
    }
    assertThat(slow).as(String.join("\n", lines)).isEmpty();
    assertThat(lines).hasSameSizeAs(new PathologicalMails().all().keySet());
  }

  private static List<String> run() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                PathologicalMails.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }
}
