package email.daimon.local.operate.testing;

import email.daimon.local.operate.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs nothing, and keeps what would have been run. */
public class RecordedPrograms implements Programs {
  private final Set<String> there;
  private final int code;
  private final List<List<String>> run = new ArrayList<>();
  private final List<String> settings = new ArrayList<>();

  public RecordedPrograms(int code, String... there) {
    this.there = Set.of(there);
    this.code = code;
  }

  @Override
  public boolean has(String name) {
    return there.contains(name);
  }

  @Override
  public int run(List<String> command, Path folder) {
    run.add(List.copyOf(command));
    int file = command.indexOf("--config-file");
    if (file >= 0) {
      try {
        settings.add(Files.readString(Path.of(command.get(file + 1))));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return code;
  }

  public List<List<String>> run() {
    return run;
  }

  /** What the files of settings held, which are gone since. */
  public List<String> settings() {
    return settings;
  }
}
