package email.daimon.infra;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The CDK's classes are Java in front and JavaScript behind. */
final class NodeJs {
  private static final boolean PRESENT = runs("node", "--version");

  private NodeJs() {}

  static void required() {
    if (!PRESENT) {
      System.out.println("skipped: the CDK needs Node, and there is none");
    }
    Assumptions.assumeTrue(PRESENT, "the CDK needs Node, and there is none");
  }

  static boolean runs(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
