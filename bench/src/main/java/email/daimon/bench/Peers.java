package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What others would use: npm packages of {@code bench/peers}, run by Node in the same call. */
final class Peers {
  private final Path folder;

  private Peers(Path folder) {
    this.folder = folder;
  }

  /** Installed by {@code npm ci} at first use; empty, having said why, where that cannot be. */
  static Optional<Peers> of(Path home) throws IOException, InterruptedException {
    Path folder = home.resolve("bench/peers");
    if (!answers("node") || !answers("npm")) {
      System.err.println("daimon: no Node here: measured without the others (install Node 20)");
      return Optional.empty();
    }
    Path installed = folder.resolve("node_modules/.package-lock.json");
    Path wanted = folder.resolve("package-lock.json");
    if (!Files.exists(installed)
        || Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) < 0) {
      System.err.println("daimon: installing what others would use, by npm ci in bench/peers");
      Process npm =
          process(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (npm.waitFor() != 0) {
        System.err.println("daimon: npm ci failed: measured without the others");
        return Optional.empty();
      }
      Files.setLastModifiedTime(installed, Files.getLastModifiedTime(wanted));
    }
    return Optional.of(new Peers(folder));
  }

  /** The lines of JSON that the script answers. */
  List<JsonNode> run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", "understand.mjs"));
    command.addAll(Arrays.asList(arguments));
    Process node = process(folder, command.toArray(String[]::new)).start();
    List<JsonNode> answers = new ArrayList<>();
    try (var lines = node.inputReader()) {
      for (String line : lines.lines().toList()) {
        answers.add(Json.read(line));
      }
    }
    if (node.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + node.exitValue());
    }
    return answers;
  }

  /** Versions of those that are measured, and of Node. */
  Map<String, String> versions() throws IOException, InterruptedException {
    Map<String, String> versions = new TreeMap<>();
    JsonNode manifest = Json.read(Files.readString(folder.resolve("package.json")));
    manifest
        .get("dependencies")
        .properties()
        .forEach(one -> versions.put(one.getKey(), one.getValue().asText()));
    Process node = process(folder, "node", "--version").start();
    try (var lines = node.inputReader()) {
      versions.put("node", lines.readLine());
    }
    node.waitFor();
    return versions;
  }

  private static boolean answers(String program) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(program, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static ProcessBuilder process(Path folder, String... command) {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT);
  }
}
