package email.daimon.local.operate;

import java.nio.file.Path;
import java.util.List;

/** Other programs that a command runs. */
public interface Programs {
  /** Whether there is a program of this name to run. */
  boolean has(String name);

  /** Runs it in the folder, on the same terminal, and gives its exit code. */
  int run(List<String> command, Path folder);
}
