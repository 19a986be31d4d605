package email.daimon.functions.inbound;

import email.daimon.mime.AttachmentHead;
import email.daimon.mime.AttachmentSink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attachments of one mail on disk, until they are in S3: S3 wants to know their length first. */
final class SpooledFiles implements AttachmentSink, AutoCloseable {
  private final List<Path> files = new ArrayList<>();
  private Optional<Path> folder = Optional.empty();

  @Override
  public OutputStream open(AttachmentHead head) throws IOException {
    if (folder.isEmpty()) {
      folder = Optional.of(Files.createTempDirectory("mail-"));
    }
    Path file = folder.get().resolve(Integer.toString(head.index()));
    files.add(file);
    return Files.newOutputStream(file);
  }

  /** The bytes of an attachment. */
  Path file(int index) {
    return files.get(index);
  }

  @Override
  public void close() {
    try {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      if (folder.isPresent()) {
        Files.deleteIfExists(folder.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("attachments that cannot be deleted", e);
    }
  }
}
