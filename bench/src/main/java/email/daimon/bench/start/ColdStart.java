package email.daimon.bench.start;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Starts a JVM with a function in it, as Lambda does, gives it one event, and ends it. The JVM has
 * the flags of Lambda's runtime on demand: the serial collector, the first compiler alone.
 *
 * @param folder for what the JVMs write
 */
record ColdStart(Path java, String classPath, Path folder) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String RUNTIME =
      "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  ColdStart {
    requireNonNull(java, "java is null");
    requireNonNull(classPath, "classPath is null");
    requireNonNull(folder, "folder is null");
  }

  /**
   * A function and its first event.
   *
   * @param environment beside what Lambda sets
   */
  record Start(String name, String handler, Map<String, String> environment, String event) {}

  /**
   * From the start of the JVM to the first reply.
   *
   * @param processor time of all processors, which others on the machine disturb less
   */
  record Taken(Duration time, Duration processor, String reply) {}

  Taken run(Start start, Optional<Path> cache) throws IOException, InterruptedException {
    return run(start, cache.stream().map(file -> "-XX:AOTCache=" + file).toList());
  }

  /** How many classes are loaded until the first reply. */
  int classes(Start start) throws IOException, InterruptedException {
    Path log = folder.resolve(start.name() + ".classes");
    run(start, List.of("-Xlog:class+load:file=" + log + ":none"));
    try (Stream<String> lines = Files.lines(log)) {
      return (int) lines.filter(line -> line.contains(" source: ")).count();
    }
  }

  /** Makes the cache of what a function loads and links until its first reply. */
  Path train(Start start) throws IOException, InterruptedException {
    Path cache = folder.resolve(start.name() + ".aot");
    run(start, List.of("-XX:AOTCacheOutput=" + cache));
    if (!Files.exists(cache)) {
      throw new IOException("no cache was made for " + start.name() + ": see " + log(start));
    }
    return cache;
  }

  private Taken run(Start start, List<String> flags) throws IOException, InterruptedException {
    try (RuntimeApi api = new RuntimeApi(start.event())) {
      List<String> command = new ArrayList<>();
      command.add(java.toString());
      command.addAll(
          List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:aot*=error"));
      command.addAll(flags);
      command.addAll(List.of("-cp", classPath, RUNTIME, start.handler()));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().clear();
      builder.environment().putAll(environment(start, api));
      builder.redirectErrorStream(true).redirectOutput(log(start).toFile());
      long begun = System.nanoTime();
      Process process = builder.start();
      try {
        var _ = process.onExit().thenRun(() -> api.reply().completeExceptionally(ended(start)));
        RuntimeApi.Reply reply = api.reply().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Duration processor = process.info().totalCpuDuration().orElse(Duration.ZERO);
        return new Taken(Duration.ofNanos(reply.at() - begun), processor, reply.json());
      } catch (ExecutionException | TimeoutException e) {
        throw new IOException(start.name() + " did not answer: see " + log(start), e);
      } finally {
        // By its own end a JVM writes its cache.
        process.destroy();
        if (!process.waitFor(PATIENCE)) {
          process.destroyForcibly();
        }
      }
    }
  }

  private static IOException ended(Start start) {
    return new IOException(start.name() + " ended without an answer");
  }

  private Path log(Start start) {
    return folder.resolve(start.name() + ".log");
  }

  private static Map<String, String> environment(Start start, RuntimeApi api) {
    Map<String, String> environment = new HashMap<>(start.environment());
    environment.putAll(
        Map.of(
            "AWS_LAMBDA_RUNTIME_API", api.address(),
            "AWS_LAMBDA_FUNCTION_NAME", start.name(),
            "AWS_LAMBDA_FUNCTION_VERSION", "1",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024",
            "AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + start.name(),
            "AWS_LAMBDA_LOG_STREAM_NAME", "1",
            "AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand",
            "LANG", "en_US.UTF-8",
            "TZ", ":UTC",
            "_HANDLER", start.handler()));
    return environment;
  }
}
