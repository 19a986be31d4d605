package email.daimon.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An attachment on its way to the sink: counted, hashed, and its header read if it is a mail. */
final class AttachmentLeaf implements Leaf {
  private final AttachmentHead head;
  private final TransferDecoder decoder;
  private final Counting bytes;
  private final List<Attachment> attachments;

  private AttachmentLeaf(
      AttachmentHead head, TransferDecoder decoder, Counting bytes, List<Attachment> attachments) {
    this.head = head;
    this.decoder = decoder;
    this.bytes = bytes;
    this.attachments = attachments;
  }

  static AttachmentLeaf open(
      AttachmentHead head,
      String encoding,
      AttachmentSink sink,
      List<Attachment> attachments,
      Warnings warnings)
      throws IOException {
    boolean isMail =
        head.contentType().equals("message/rfc822") || head.contentType().equals("message/global");
    Counting bytes =
        new Counting(
            sink.open(head),
            isMail ? Optional.of(new BoundedBytes(Bounds.FIELD)) : Optional.empty());
    return new AttachmentLeaf(
        head, TransferDecoder.of(encoding, bytes, warnings), bytes, attachments);
  }

  @Override
  public void write(byte[] source, int start, int end) throws IOException {
    decoder.write(source, start, end);
  }

  @Override
  public void end() throws IOException {
    decoder.finish();
    bytes.close();
    Optional<ForwardedSummary> forwarded = Optional.empty();
    if (bytes.beginning.isPresent()) {
      BoundedBytes mail = bytes.beginning.get();
      byte[] start = Arrays.copyOf(mail.bytes(), mail.length());
      forwarded = Optional.of(TopHeader.summary(new RawLines(new ByteArrayInputStream(start))));
    }
    attachments.add(
        new Attachment(head, bytes.count, Hashes.hex(bytes.digest.digest()), forwarded));
  }

  private static final class Counting extends OutputStream {
    private final OutputStream sink;
    private final Optional<BoundedBytes> beginning;
    private final MessageDigest digest = Hashes.sha256();
    private long count;

    Counting(OutputStream sink, Optional<BoundedBytes> beginning) {
      this.sink = sink;
      this.beginning = beginning;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      digest.update(bytes, offset, length);
      count += length;
      if (beginning.isPresent()) {
        beginning.get().write(bytes, offset, length);
      }
      sink.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      sink.close();
    }
  }
}
