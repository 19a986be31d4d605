package email.daimon.mime;

import email.daimon.mime.tnef.TnefContent;
import email.daimon.model.Protection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
 *   <li>Files within a {@code winmail.dat} are attachments beside it; its text counts where the
 *       mail has no other.
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
      return read(raw, sink, true);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * What a mail within a mail is about; the mails within that one are left closed.
   *
   * @param raw its beginning
   * @param texts whether the beginning of its text is wanted
   */
  static ForwardedSummary summary(InputStream raw, boolean texts) throws IOException {
    Mail mail = read(raw, AttachmentSink.NONE, false);
    Optional<String> text = mail.text().filter(it -> texts && !it.isBlank());
    Optional<String> html = mail.html().filter(it -> texts && text.isEmpty());
    return new ForwardedSummary(
        mail.subject(),
        mail.from(),
        mail.to(),
        mail.date(),
        mail.messageId(),
        text.map(it -> it.substring(0, Math.min(it.length(), Bounds.FORWARDED_TEXT))),
        html.map(it -> it.substring(0, Math.min(it.length(), Bounds.FORWARDED_HTML))));
  }

  private static Mail read(InputStream raw, AttachmentSink sink, boolean opens) throws IOException {
    Warnings warnings = new Warnings();
    RawLines lines = new RawLines(raw);
    HandedOver handedOver = new HandedOver();
    MessageDigest body = Hashes.sha256();
    HeaderBlock block = new HeaderReader(lines, warnings).read(true, line -> false, handedOver);
    lines.digestRest(body);
    TopHeader header = new TopHeader(block, warnings);
    PartHeader part = new PartHeader(block, "text/plain");
    OpenedParts opened = new OpenedParts(opens, warnings);
    PartWalker walker = new PartWalker(lines, sink, opened, warnings);
    walker.walk(part);
    Optional<String> text = walker.bodies().text();
    Optional<String> html = walker.bodies().html();
    if (opened.outlook().isPresent() && isBlank(text) && isBlank(html)) {
      TnefContent outlook = opened.outlook().get();
      text = outlook.text().map(TextLeaf::normalised);
      html = outlook.html().map(TextLeaf::normalised);
    }
    Protection protection = opened.protection(text);
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
        text,
        html,
        walker.attachments(),
        opened.calendar(),
        protection,
        header.shown(),
        transit,
        header.automation(part, transit, from),
        Hashes.hex(bodyHash),
        handedOver.hash(bodyHash),
        lines.total(),
        warnings.all());
  }

  private static boolean isBlank(Optional<String> text) {
    return text.filter(it -> !it.isBlank()).isEmpty();
  }
}
