package email.daimon.local.services;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where services keep what they have. A killed process loses nothing of it.
 *
 * @param forced whether a commit is on the disk itself before its answer, so that loss of power
 *     loses nothing either; else it may lose the last seconds
 */
public record Disk(Path folder, boolean forced) {
  public Disk {
    Objects.requireNonNull(folder);
  }

  /** How SQLite is to wait for the disk, once it writes ahead (https://sqlite.org/wal.html). */
  String synchronous() {
    return forced ? "full" : "normal";
  }
}
