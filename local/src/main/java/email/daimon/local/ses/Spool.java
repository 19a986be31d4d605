package email.daimon.local.ses;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Accepted mails that are not handed on yet, a file each: the envelope in a line of JSON, then the
 * mail's bytes. The rename of {@code x.part} is the promise that a 250 makes. Files that a killed
 * process left are handed on by the next.
 */
public final class Spool {
  private static final String PART = ".part";
  private static final String MAIL = ".mail";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final boolean force;
  private final BlockingQueue<Path> ready = new LinkedBlockingQueue<>();
  private final Semaphore room;

  /** A mail in the spool and its file. */
  public record Entry(ReceivedMail mail, Path file, long start, long length) {
    /** The mail's bytes as they were handed over. */
    public InputStream open() throws IOException {
      InputStream in = Files.newInputStream(file);
      in.skipNBytes(start);
      return in;
    }
  }

  /**
   * @param capacity mails that may wait; more are refused until some are handed on
   * @param force whether a mail is on the disk itself before its 250, so that it survives the loss
   *     of power, not only of the process
   */
  public Spool(Path folder, int capacity, boolean force) {
    this.folder = Objects.requireNonNull(folder);
    this.force = force;
    List<Path> left = left(folder);
    ready.addAll(left);
    room = new Semaphore(capacity - left.size());
  }

  public boolean hasRoom() {
    return room.availablePermits() > 0;
  }

  /**
   * Begins a mail, once there is room for it. Without {@link Writing#commit} its close leaves
   * nothing.
   *
   * @return nothing when there was no room in time
   */
  public Optional<Writing> write(ReceivedMail mail, Duration patience)
      throws IOException, InterruptedException {
    if (!room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Writing(mail));
    } catch (IOException e) {
      room.release();
      throw e;
    }
  }

  /** Up to so many mails to hand on, oldest first; none when none came in time. */
  public List<Entry> take(int most, Duration patience) throws InterruptedException {
    Path first = ready.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (first == null) {
      return List.of();
    }
    List<Path> files = new ArrayList<>(List.of(first));
    ready.drainTo(files, most - 1);
    return files.stream().map(Spool::read).toList();
  }

  /** The mail has been handed on. */
  public void done(Entry entry) {
    try {
      Files.delete(entry.file);
    } catch (IOException e) {
      throw new SpoolException("cannot delete " + entry.file, e);
    }
    room.release();
  }

  /** The mail could not be handed on: it is offered again after a while. */
  public void again(Entry entry, Duration after) {
    CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> ready.add(entry.file));
  }

  private static Entry read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(1 << 16);
      int end = 0;
      while (head[end] != '\n') {
        end++;
      }
      ReceivedMail mail = JSON.readValue(head, 0, end, ReceivedMail.class);
      return new Entry(mail, file, end + 1L, Files.size(file) - end - 1);
    } catch (IOException e) {
      throw new SpoolException("cannot read " + file, e);
    }
  }

  private static List<Path> left(Path folder) {
    List<Path> mails = new ArrayList<>();
    try (Stream<Path> files = Files.list(Files.createDirectories(folder))) {
      for (Path file : files.sorted().toList()) {
        if (file.toString().endsWith(PART)) {
          Files.delete(file);
        } else if (file.toString().endsWith(MAIL)) {
          mails.add(file);
        }
      }
    } catch (IOException e) {
      throw new SpoolException("cannot use the spool " + folder, e);
    }
    return mails;
  }

  /** A mail that is being written. */
  public final class Writing implements AutoCloseable {
    private final Path part;
    private final Path file;
    private final FileChannel channel;
    private final OutputStream out;
    private boolean committed;

    private Writing(ReceivedMail mail) throws IOException {
      String name = "%013d-%s".formatted(mail.receivedMillis(), mail.id());
      part = folder.resolve(name + PART);
      file = folder.resolve(name + MAIL);
      channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      out = Channels.newOutputStream(channel);
      out.write(JSON.writeValueAsBytes(mail));
      out.write('\n');
    }

    /** Takes the mail's bytes. Unbuffered: write blocks, not single bytes. */
    public OutputStream out() {
      return out;
    }

    /** From here on the mail is accepted. */
    public void commit() throws IOException {
      if (force) {
        channel.force(true);
      }
      channel.close();
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      if (force) {
        forceFolder();
      }
      committed = true;
      ready.add(file);
    }

    @Override
    public void close() throws IOException {
      if (!committed) {
        channel.close();
        Files.deleteIfExists(part);
        room.release();
      }
    }

    private void forceFolder() {
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
