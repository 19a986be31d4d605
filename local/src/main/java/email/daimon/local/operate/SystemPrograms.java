package email.daimon.local.operate;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The programs of this machine, found by {@code PATH}. */
public final class SystemPrograms implements Programs {
  private final String path;

  public SystemPrograms(String path) {
    this.path = requireNonNull(path, "path is null");
  }

  @Override
  public boolean has(String name) {
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  @Override
  public int run(List<String> command, Path folder) {
    try {
      return new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new OperatorException(
          "cannot run %s: %s".formatted(command.getFirst(), e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new OperatorException(command.getFirst() + " was interrupted");
    }
  }
}
