package email.daimon.infra;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The CDK's classes are Java in front and JavaScript behind. */
final class NodeJs {
  private static final boolean PRESENT = present();

  private NodeJs() {}

  static void required() {
    Assumptions.assumeTrue(PRESENT, "the CDK needs Node, and there is none");
  }

  private static boolean present() {
    boolean present = runs("node", "--version");
    if (!present) {
      System.out.println("skipped: the tests of the CDK app, which need Node; there is none");
    }
    return present;
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
