package email.daimon.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** An attachment on its way to the sink: counted, hashed, and kept where it is read. */
final class AttachmentLeaf implements Leaf {
  private final AttachmentHead head;
  private final TransferDecoder decoder;
  private final Counting bytes;
  private final Optional<OpenedParts.Kept> kept;
  private final OpenedParts opened;
  private final List<Attachment> attachments;

  private AttachmentLeaf(
      AttachmentHead head,
      TransferDecoder decoder,
      Counting bytes,
      Optional<OpenedParts.Kept> kept,
      OpenedParts opened,
      List<Attachment> attachments) {
    this.head = head;
    this.decoder = decoder;
    this.bytes = bytes;
    this.kept = kept;
    this.opened = opened;
    this.attachments = attachments;
  }

  /**
   * Begins one.
   *
   * @param kept where its bytes are wanted
   */
  static AttachmentLeaf open(
      AttachmentHead head,
      String encoding,
      AttachmentSink sink,
      Optional<OpenedParts.Kept> kept,
      OpenedParts opened,
      List<Attachment> attachments,
      Warnings warnings)
      throws IOException {
    Counting bytes = new Counting(sink.open(head), kept.map(OpenedParts.Kept::bytes));
    return new AttachmentLeaf(
        head, TransferDecoder.of(encoding, bytes, warnings), bytes, kept, opened, attachments);
  }

  @Override
  public void write(byte[] source, int start, int end) throws IOException {
    decoder.write(source, start, end);
  }

  @Override
  public void end() throws IOException {
    decoder.finish();
    bytes.close();
    Optional<ForwardedSummary> forwarded =
        kept.isPresent() ? opened.end(kept.get()) : Optional.empty();
    attachments.add(
        new Attachment(
            head,
            bytes.count,
            Hashes.hex(bytes.digest.digest()),
            forwarded,
            kept.flatMap(opened::words)));
  }

  private static final class Counting extends OutputStream {
    private final OutputStream sink;
    private final Optional<BoundedBytes> kept;
    private final MessageDigest digest = Hashes.sha256();
    private long count;

    Counting(OutputStream sink, Optional<BoundedBytes> kept) {
      this.sink = sink;
      this.kept = kept;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      digest.update(bytes, offset, length);
      count += length;
      if (kept.isPresent()) {
        kept.get().write(bytes, offset, length);
      }
      sink.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      sink.close();
    }
  }
}
