package email.daimon.compose;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A mail within the mail. A message/rfc822 may not be encoded as a whole (RFC 2046, 5.2.1), so one
 * that is not 7-bit is brought to it from within ({@link MailRewriter}).
 */
final class MailPart implements Part {
  private final OutgoingFile file;
  private final OutgoingFile.Source sevenBit;
  private final long length;

  private MailPart(OutgoingFile file, OutgoingFile.Source sevenBit, long length) {
    this.file = file;
    this.sevenBit = sevenBit;
    this.length = length;
  }

  /** The mail as a part; as bytes of no type where it cannot be brought to 7 bits. */
  static Part of(OutgoingFile file) throws IOException {
    try (InputStream mail = file.source().open()) {
      if (SevenBit.holds(mail)) {
        return new MailPart(file, file.source(), file.size());
      }
    }
    try (InputStream mail = file.source().open()) {
      Optional<byte[]> rewritten = MailRewriter.rewrite(mail);
      if (rewritten.isPresent()) {
        byte[] bytes = rewritten.get();
        return new MailPart(file, () -> new ByteArrayInputStream(bytes), bytes.length);
      }
    }
    OutgoingFile bytes =
        new OutgoingFile(
            file.filename(),
            ContentType.BYTES.type(),
            file.size(),
            file.contentId(),
            file.inline(),
            false,
            file.source());
    return new FilePart(bytes, Optional.empty());
  }

  @Override
  public void fields(HeaderWriter header, Boundaries boundaries) {
    FilePart.named(file, header);
    header.structured("Content-Transfer-Encoding", "7bit");
  }

  @Override
  public void body(OutputStream out, Boundaries boundaries) throws IOException {
    try (InputStream mail = sevenBit.open()) {
      SevenBit.copy(mail, out);
    }
  }

  @Override
  public boolean endsLine() {
    return false;
  }

  @Override
  public boolean holds(String mark) throws IOException {
    try (InputStream mail = sevenBit.open()) {
      return SevenBit.contains(mail, mark);
    }
  }

  @Override
  public long size(Boundaries boundaries) {
    return length + 2;
  }
}
