package email.daimon.local.ses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.mime.AttachmentSink;
import email.daimon.mime.Mail;
import email.daimon.mime.MailAddress;
import email.daimon.mime.MailParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Mails that were taken to be sent, a file each: what is known of it in a line of JSON, then its
 * bytes. The end of the name is its state: {@code .new} while what becomes of it is still to be
 * told, {@code .sent} after that. What a killed process did not tell, the next one tells.
 */
public final class Outbox {
  private static final String PART = ".part";
  private static final String NEW = ".new";
  private static final String SENT = ".sent";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final boolean force;
  private final BlockingQueue<OutgoingMail> untold = new LinkedBlockingQueue<>();

  /**
   * @param force whether a mail is on the disk itself before it counts as taken
   */
  public Outbox(Path folder, boolean force) {
    this.folder = Objects.requireNonNull(folder);
    this.force = force;
    try {
      Files.createDirectories(folder);
      for (Path left : files(PART)) {
        Files.delete(left);
      }
    } catch (IOException e) {
      throw new SpoolException("cannot use the outbox " + folder, e);
    }
    for (Path left : files(NEW)) {
      read(left).ifPresent(untold::add);
    }
  }

  /**
   * What came with a mail that a relay takes.
   *
   * @param sender of MAIL FROM
   * @param toldTwice whether everything is told twice of it
   */
  public record Envelope(String sender, List<String> recipients, boolean toldTwice) {
    public Envelope {
      Objects.requireNonNull(sender);
      recipients = List.copyOf(recipients);
    }
  }

  /**
   * Takes a mail as a relay does: as it is.
   *
   * @param own whether mail to an address stays on this machine
   * @return its id
   */
  public String relayed(
      Envelope envelope,
      byte[] bytes,
      Predicate<String> own,
      InstantSource clock,
      RandomGenerator random) {
    Mail mail = MailParser.parse(new ByteArrayInputStream(bytes), AttachmentSink.NONE);
    Instant now = clock.instant();
    String id = OutgoingMail.newId(now, random);
    accept(
        new OutgoingMail(
            id,
            now.toEpochMilli(),
            mail.from().stream().findFirst().map(MailAddress::address).orElse(envelope.sender()),
            envelope.recipients(),
            envelope.recipients().stream().filter(own.negate()).toList(),
            mail.subject(),
            mail.bracketedMessageId().orElse(""),
            bytes.length,
            Map.of(),
            null,
            envelope.sender(),
            envelope.toldTwice()),
        bytes);
    return id;
  }

  /** When this returns, the mail is taken. */
  void accept(OutgoingMail mail, byte[] bytes) {
    Path part = file(mail.id(), PART);
    try (FileChannel out =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(out, ByteBuffer.wrap((JSON.writeValueAsString(mail) + "\n").getBytes(UTF_8)));
      write(out, ByteBuffer.wrap(bytes));
      if (force) {
        out.force(true);
      }
      Files.move(part, file(mail.id(), NEW), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new SpoolException("cannot write " + part, e);
    }
    untold.add(mail);
  }

  /** The next mail of which nothing was told yet; none when none came in time. */
  Optional<OutgoingMail> take(Duration patience) throws InterruptedException {
    return Optional.ofNullable(untold.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Everything was told. A mail that stayed on this machine leaves nothing here. */
  void told(OutgoingMail mail) {
    try {
      if (mail.outside().isEmpty()) {
        Files.deleteIfExists(file(mail.id(), NEW));
      } else {
        Files.move(file(mail.id(), NEW), file(mail.id(), SENT), StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new SpoolException("cannot finish " + mail.id(), e);
    }
  }

  /** It could not be told: it comes again after a while. */
  void again(OutgoingMail mail, Duration after) {
    CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> untold.add(mail));
  }

  /**
   * Those that left this machine, newest first.
   *
   * @param before the id of a mail: those that are older than it; empty for the newest
   */
  public List<OutgoingMail> list(Optional<String> before, int limit) {
    return Stream.concat(files(SENT).stream(), files(NEW).stream())
        .filter(file -> before.isEmpty() || id(file).compareTo(before.get()) < 0)
        .sorted(Comparator.comparing(Outbox::id).reversed())
        .flatMap(file -> read(file).stream())
        .filter(mail -> !mail.outside().isEmpty())
        .limit(limit)
        .toList();
  }

  /** The bytes of a mail, as the recipients got it. */
  public Optional<byte[]> raw(String id) {
    return Stream.of(SENT, NEW, SENT)
        .map(state -> file(id, state))
        .flatMap(file -> bytes(file).stream())
        .findFirst();
  }

  /**
   * Forgets the mails that were sent.
   *
   * @return how many there were
   */
  public int clear() {
    int cleared = 0;
    for (Path file : files(SENT)) {
      try {
        cleared += Files.deleteIfExists(file) ? 1 : 0;
      } catch (IOException e) {
        throw new SpoolException("cannot delete " + file, e);
      }
    }
    return cleared;
  }

  private Path file(String id, String state) {
    return folder.resolve(id + state);
  }

  private static String id(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  private List<Path> files(String state) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(state)).sorted().toList();
    } catch (IOException e) {
      throw new SpoolException("cannot read the outbox " + folder, e);
    }
  }

  /** Nothing where the file has gone meanwhile: a mail changes its state at any time. */
  private static Optional<OutgoingMail> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(JSON.readValue(line(in), OutgoingMail.class));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new SpoolException("cannot read " + file, e);
    }
  }

  private static Optional<byte[]> bytes(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] all = in.readAllBytes();
      int end = 0;
      while (all[end] != '\n') {
        end++;
      }
      return Optional.of(Arrays.copyOfRange(all, end + 1, all.length));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new SpoolException("cannot read " + file, e);
    }
  }

  private static byte[] line(InputStream in) throws IOException {
    byte[] head = in.readNBytes(1 << 16);
    int end = 0;
    while (head[end] != '\n') {
      end++;
    }
    return Arrays.copyOf(head, end);
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      var _ = out.write(bytes);
    }
  }
}
