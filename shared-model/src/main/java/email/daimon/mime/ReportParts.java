package email.daimon.mime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps what a report of delivery tells machines (RFC 6522, RFC 3464, RFC 6533, RFC 8098, RFC 5965)
 * while its attachments go to another sink: of each kind of part 256 KB together, and of the mail
 * that it returns, whole or its header alone, the beginning. Of any other mail it may keep the
 * same; {@link Mail#automation()} says what it is.
 */
public final class ReportParts implements AttachmentSink {
  private static final int LARGEST_STATUS = 256 << 10;
  private final AttachmentSink sink;
  private final BoundedBytes status = new BoundedBytes(LARGEST_STATUS);
  private final BoundedBytes disposition = new BoundedBytes(LARGEST_STATUS);
  private final BoundedBytes feedback = new BoundedBytes(LARGEST_STATUS);
  private Optional<BoundedBytes> returned = Optional.empty();

  /** Keeps parts on their way to a sink. */
  public ReportParts(AttachmentSink sink) {
    this.sink = Objects.requireNonNull(sink, "sink");
  }

  @Override
  public OutputStream open(AttachmentHead head) throws IOException {
    OutputStream stream = sink.open(head);
    return switch (head.contentType()) {
      case "message/delivery-status", "message/global-delivery-status" -> kept(stream, status);
      case "message/disposition-notification", "message/global-disposition-notification" ->
          kept(stream, disposition);
      case "message/feedback-report" -> kept(stream, feedback);
      case "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers" -> {
        if (returned.isPresent()) {
          yield stream;
        }
        BoundedBytes beginning = new BoundedBytes(Bounds.FIELD);
        returned = Optional.of(beginning);
        yield new Copying(stream, beginning);
      }
      default -> stream;
    };
  }

  private static OutputStream kept(OutputStream stream, BoundedBytes copy) {
    copy.write(new byte[] {'\n', '\n'}, 0, 2);
    return new Copying(stream, copy);
  }

  /** The groups of all status parts, in order; some may be empty. */
  public List<ReportGroup> groups() {
    return groups(status);
  }

  /** The groups of all parts that say what a reader did (RFC 8098); some may be empty. */
  public List<ReportGroup> dispositions() {
    return groups(disposition);
  }

  /** The groups of all parts that say what a reader complained of (RFC 5965). */
  public List<ReportGroup> feedback() {
    return groups(feedback);
  }

  private static List<ReportGroup> groups(BoundedBytes kept) {
    return ReportGroup.all(new String(kept.bytes(), 0, kept.length(), UTF_8));
  }

  /** The Message-ID of the mail that is returned, without brackets. */
  public Optional<String> returnedId() {
    return returned.flatMap(beginning ->
        MailParser.parse(
                new ByteArrayInputStream(beginning.bytes(), 0, beginning.length()),
                AttachmentSink.NONE)
            .messageId());
  }

  private static final class Copying extends OutputStream {
    private final OutputStream sink;
    private final OutputStream copy;

    Copying(OutputStream sink, OutputStream copy) {
      this.sink = sink;
      this.copy = copy;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      copy.write(bytes, offset, length);
      sink.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      sink.close();
    }
  }
}
