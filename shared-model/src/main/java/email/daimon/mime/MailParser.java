package email.daimon.mime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;

/**
 * Reads a mail in one pass. Any bytes are a mail: content never makes it throw or hang, bounds cut
 * and report ({@link Bounds}, {@link Warning}). Attachments stream through; of the texts a bounded
 * part stays in memory, so that a mail of 40 MB needs a heap of a few.
 *
 * <p>Decisions where mailers differ:
 *
 * <ul>
 *   <li>A part is text of the mail if it is text/plain or text/html, and its disposition is not
 *       {@code attachment}; where it has both a disposition and a name, only if it comes first. All
 *       else is an attachment. A text with a name but no disposition is both.
 *   <li>A mail within the mail (message/rfc822) is one attachment with a summary, never opened.
 *   <li>Of fields that may stand once, the first counts; To and Cc are joined.
 *   <li>The line end before a boundary belongs to the boundary (RFC 2046, 5.1.1).
 * </ul>
 */
public final class MailParser {
  private MailParser() {}

  /**
   * Reads a mail to its end. The stream is not closed.
   *
   * @param raw RFC 5322 bytes as handed over
   * @param sink takes the attachments as they come
   * @throws UncheckedIOException if the stream or the sink fails
   */
  public static Mail parse(InputStream raw, AttachmentSink sink) {
    Objects.requireNonNull(raw, "raw");
    Objects.requireNonNull(sink, "sink");
    try {
      return read(raw, sink);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Mail read(InputStream raw, AttachmentSink sink) throws IOException {
    Warnings warnings = new Warnings();
    RawLines lines = new RawLines(raw);
    HandedOver handedOver = new HandedOver();
    MessageDigest body = Hashes.sha256();
    HeaderBlock block = new HeaderReader(lines, warnings).read(true, line -> false, handedOver);
    lines.digestRest(body);
    TopHeader header = new TopHeader(block, warnings);
    PartHeader part = new PartHeader(block, "text/plain");
    PartWalker walker = new PartWalker(lines, sink, warnings);
    walker.walk(part);
    if (lines.total() == 0) {
      warnings.raise(Warning.EMPTY_MAIL);
    }
    byte[] bodyHash = body.digest();
    Transit transit = header.transit();
    List<MailAddress> from = header.addresses("from");
    return new Mail(
        header.subject(),
        from,
        header.allAddresses("from"),
        header.addresses("sender"),
        header.addresses("reply-to"),
        header.allAddresses("to"),
        header.allAddresses("cc"),
        header.date(),
        header.messageId(),
        header.inReplyTo(),
        header.references(),
        walker.bodies().text(),
        walker.bodies().html(),
        walker.attachments(),
        header.shown(),
        transit,
        header.automation(part, transit, from),
        Hashes.hex(bodyHash),
        handedOver.hash(bodyHash),
        lines.total(),
        warnings.all());
  }
}
