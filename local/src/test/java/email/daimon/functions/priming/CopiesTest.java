package email.daimon.functions.priming;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.local.stack.Function;
import email.daimon.local.stack.LocalNames;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.Template;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two copies of one primed process are asked the same. */
@EnabledOnOs(OS.LINUX)
class CopiesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void shareNoIdNoKeyAndNoTime(@TempDir Path folder) throws Exception {
    fork(folder);
    JsonNode one = answer(folder.resolve("safe-0"));
    JsonNode other = answer(folder.resolve("safe-1"));
    for (String made : List.of("id", "inbox_api_key", "account_api_key")) {
      assertThat(one.get(made).asText()).as(made).isNotEqualTo(other.get(made).asText());
    }
    for (int copy = 0; copy < 2; copy++) {
      Instant forked = Instant.parse(Files.readString(folder.resolve("forked-" + copy)));
      Instant made =
          Instant.parse(answer(folder.resolve("safe-" + copy)).get("created_at").asText());
      assertThat(made).isBetween(forked.minusMillis(1), forked.plus(PATIENCE));
    }
    // With randomness that was there before the fork the same test finds the same key twice.
    assertThat(answer(folder.resolve("frozen-0")).get("account_api_key"))
        .isEqualTo(answer(folder.resolve("frozen-1")).get("account_api_key"));
  }

  private static JsonNode answer(Path file) throws IOException {
    JsonNode answer = JSON.readTree(Files.readString(file));
    assertThat(answer.path("result").path("id").asText()).as(answer.toString()).isNotEmpty();
    return answer.get("result");
  }

  private static void fork(Path folder) throws Exception {
    Function admin =
        Stack.of(Template.load(), Map.of("Signup", "open"), URI.create("http://localhost"))
            .functions()
            .stream()
            .filter(function -> function.id().equals("ApiAdminFunction"))
            .findFirst()
            .orElseThrow();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(
        List.of(
            "-Xint",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:+UseEpsilonGC",
            "-Xmx1g",
            "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Copies.class.getName()));
    command.add(folder.toString());
    admin.environment().forEach((name, value) -> command.add(name + "=" + value));
    command.add("AWS_REGION=" + LocalNames.REGION);
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(PATIENCE);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    assertThat(ended).as(Files.readString(log)).isTrue();
  }
}
