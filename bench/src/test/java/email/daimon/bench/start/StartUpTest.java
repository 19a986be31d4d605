package email.daimon.bench.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Cold starts as Lambda makes them. Without the package of the functions, skipped. */
class StartUpTest {
  private static final Path HOME = Path.of("..");

  @Test
  void theApiLoadsNoMoreClassesThanWasMeasured() throws Exception {
    hold(List.of("api-mail", "api-send"));
  }

  @Test
  @Tag("slow")
  void noFunctionLoadsMoreClassesThanWasMeasured() throws Exception {
    hold(
        List.of(
            "inbound",
            "jobs",
            "send",
            "ses-events",
            "webhook-plan",
            "webhook-deliver",
            "sweep",
            "api-wait",
            "api-admin"));
  }

  private static void hold(List<String> functions) throws Exception {
    assumeTrue(
        Files.exists(HOME.resolve("functions/target/functions.zip")),
        "skipped: functions.zip is not made yet (mvn package)");
    Map<String, Integer> counted = Measurement.classes(HOME, functions);
    System.out.println("classes until the first reply: " + counted);
    assertThat(counted.keySet()).containsExactlyInAnyOrderElementsOf(functions);
    assertThat(Held.problems(HOME, counted)).isEmpty();
  }
}
