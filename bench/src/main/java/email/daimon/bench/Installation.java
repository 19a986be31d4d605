package email.daimon.bench;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./daimon local} in a process of its own, as a user starts it, on a data folder that
 * outlives it.
 */
final class Installation implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private final Process process;
  private final ApiClient api;
  private final int smtpPort;
  private final Duration startUp;

  private Installation(Process process, int port, int smtpPort, Duration startUp) {
    this.process = process;
    this.api = new ApiClient(URI.create("http://localhost:" + port));
    this.smtpPort = smtpPort;
    this.startUp = startUp;
  }

  /** Starts it and waits until a mail can be taken in and read back. */
  static Installation start(Path home, Path data, String... flags) throws IOException {
    int port = freePort();
    int smtpPort = freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                home.resolve("daimon").toString(),
                "local",
                "--port",
                Integer.toString(port),
                "--smtp-port",
                Integer.toString(smtpPort),
                "--data",
                data.toString()));
    command.addAll(List.of(flags));
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(new File(data.toFile().getParentFile(), "local.log"))
            .start();
    HttpClient http = HttpClient.newHttpClient();
    while (true) {
      Duration taken = Duration.ofNanos(System.nanoTime() - begun);
      if (!process.isAlive() || taken.compareTo(START) > 0) {
        throw new IOException("it did not start within " + taken + ": see local.log in " + data);
      }
      try {
        HttpRequest health =
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/health")).build();
        if (http.send(health, BodyHandlers.discarding()).statusCode() == 200) {
          return new Installation(process, port, smtpPort, taken);
        }
      } catch (IOException notYet) {
        pause(Duration.ofMillis(20));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  Duration startUp() {
    return startUp;
  }

  int smtpPort() {
    return smtpPort;
  }

  /** The server's own process: the script replaces itself by it. */
  ProcessHandle handle() {
    return process.toHandle();
  }

  ApiClient api() {
    return api;
  }

  /** Resident memory in megabytes, as the kernel counts it; 0 where it does not tell. */
  long residentMegabytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!status.toFile().canRead()) {
      return 0;
    }
    for (String line : java.nio.file.Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return 0;
  }

  /** Kills it as the kernel would: no hook runs. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    }
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
