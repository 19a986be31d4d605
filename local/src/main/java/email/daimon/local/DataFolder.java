package email.daimon.local;

import email.daimon.local.services.MovableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Where local mode keeps what it has; held by one process at a time. */
final class DataFolder implements AutoCloseable {
  private static final String OLDER_QUEUES = "queues.mv.db";
  private final Path folder;
  private final boolean kept;
  private final FileChannel lock;

  private DataFolder(Path folder, boolean kept, FileChannel lock) {
    this.folder = folder;
    this.kept = kept;
    this.lock = lock;
  }

  /** The folder, or one that goes away again. */
  static DataFolder open(Optional<Path> wanted) {
    try {
      Path folder =
          wanted.isPresent()
              ? Files.createDirectories(wanted.get()).toRealPath()
              : Files.createTempDirectory("daimon");
      FileChannel lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(lock)) {
        lock.close();
        throw new StartException(
            "another daimon uses the data folder %s: stop it, or give --data another folder"
                .formatted(folder));
      }
      if (Files.exists(folder.resolve(OLDER_QUEUES))) {
        lock.close();
        throw new StartException(
            "%s is of an older daimon, whose queues this one cannot read: give --data another folder, or delete that file and what waits in it"
                .formatted(folder.resolve(OLDER_QUEUES)));
      }
      return new DataFolder(folder, wanted.isPresent(), lock);
    } catch (IOException e) {
      throw new StartException(
          "cannot use the data folder %s (%s): give --data another one"
              .formatted(wanted.map(Path::toString).orElse("in the temporary folder"), e));
    }
  }

  /** Where the services keep their data; nothing when they are to keep it in memory. */
  Optional<Path> services() {
    return kept ? Optional.of(folder) : Optional.empty();
  }

  Path spool() {
    return folder.resolve("spool");
  }

  /** How far the readers of streams have come. */
  Path streams() {
    return folder.resolve("streams");
  }

  Path path() {
    return folder;
  }

  /** The platform's clock, as far ahead as it was when the folder was used last. */
  MovableClock clock() {
    Path file = folder.resolve("clock");
    try {
      Duration ahead =
          Files.exists(file) ? Duration.parse(Files.readString(file).strip()) : Duration.ZERO;
      MovableClock clock = new MovableClock(InstantSource.system(), ahead);
      clock.onAdvance(() -> write(file, clock.ahead().toString()));
      return clock;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
      if (!kept) {
        delete();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean locked(FileChannel lock) throws IOException {
    try {
      return Objects.nonNull(lock.tryLock());
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
