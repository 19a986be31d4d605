package email.daimon.mime;

import email.daimon.mime.tnef.TnefFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the parts of a mail in one pass, line by line, with a stack of open multiparts.
 * Time is linear in the bytes whatever the nesting, and nothing recurs.
 */
final class PartWalker {
  private static final int LONGEST_BOUNDARY = 1_000;

  private static final PartHeader PLAIN =
      new PartHeader(new HeaderBlock(new Warnings()), "text/plain");

  private final RawLines lines;
  private final HeaderReader headers;
  private final AttachmentSink sink;
  private final OpenedParts openedParts;
  private final Warnings warnings;
  private final List<Multipart> open = new ArrayList<>();
  private final Bodies top = new Bodies(false);
  private final Bodies preambles = new Bodies(false);
  private final List<Attachment> attachments = new ArrayList<>();
  private final SafeFileNames names = new SafeFileNames();
  private final TextLeaf.Budget budget = new TextLeaf.Budget();
  private @Nullable Leaf leaf;
  private int opened;
  private int parts;
  private int heldLineEnd;
  private boolean closing;

  /** A multipart whose end has not come yet. */
  private static final class Multipart {
    final String subtype;
    final Bodies bodies;

    /** What stands before the first part. */
    @Nullable Leaf preamble;

    byte[] boundary;
    int parts;

    Multipart(String subtype, byte[] boundary, Leaf preamble) {
      this.subtype = subtype;
      this.bodies = new Bodies(subtype.equals("alternative"));
      this.boundary = boundary;
      this.preamble = preamble;
    }
  }

  PartWalker(RawLines lines, AttachmentSink sink, OpenedParts openedParts, Warnings warnings) {
    this.lines = lines;
    this.headers = new HeaderReader(lines, warnings);
    this.sink = sink;
    this.openedParts = openedParts;
    this.warnings = warnings;
  }

  /** What stands where parts should be is the text of a mail that has no other. */
  Bodies bodies() {
    return top.isEmpty() ? preambles : top;
  }

  List<Attachment> attachments() {
    return attachments;
  }

  /** Reads everything after the top header block. */
  void walk(PartHeader header) throws IOException {
    enter(header);
    while (lines.next()) {
      if (lines.atStart) {
        int level = boundary();
        if (level >= 0) {
          if (!boundaryLine(level)) {
            lines.drain();
            break;
          }
          continue;
        }
      }
      if (leaf != null) {
        leaf.write(lines.bytes(), lines.start - heldLineEnd, lines.end);
        heldLineEnd = lines.endLength;
      }
    }
    if (leaf != null && heldLineEnd > 0) {
      leaf.write(lines.bytes(), lines.start - heldLineEnd, lines.start);
    }
    endLeaf();
    if (!open.isEmpty() && parts <= Bounds.PARTS) {
      warnings.raise(Warning.UNTERMINATED_BOUNDARY);
    }
    close(0);
  }

  /** False when no more parts are wanted. */
  private boolean boundaryLine(int level) throws IOException {
    Multipart multipart = open.get(level);
    if (leaf == multipart.preamble) {
      leaf = null;
    }
    multipart.preamble = null;
    endLeaf();
    close(closing ? level : level + 1);
    if (closing) {
      return true;
    }
    if (++parts > Bounds.PARTS) {
      warnings.raise(Warning.TOO_MANY_PARTS);
      return false;
    }
    HeaderBlock block = headers.read(false, start -> boundary() >= 0, HeaderReader.Listener.NONE);
    enter(
        new PartHeader(
            block, multipart.subtype.equals("digest") ? "message/rfc822" : "text/plain"));
    return true;
  }

  private void enter(PartHeader header) throws IOException {
    heldLineEnd = 0;
    openedParts.see(header);
    if (header.isMultipart() && open.size() < Bounds.DEPTH) {
      byte[] boundary = header.boundary().orElse("").getBytes(StandardCharsets.ISO_8859_1);
      if (boundary.length == 0 || boundary.length > LONGEST_BOUNDARY) {
        warnings.raise(Warning.GUESSED_BOUNDARY);
        boundary = new byte[0];
      }
      leaf = TextLeaf.of(PLAIN, budget, preambles, warnings);
      open.add(new Multipart(header.subtype(), boundary, leaf));
      return;
    }
    if (header.isMultipart()) {
      warnings.raise(Warning.TOO_DEEP);
    }
    boolean first = open.isEmpty() || ++open.getLast().parts == 1;
    Bodies bodies = open.isEmpty() ? top : open.getLast().bodies;
    boolean body = header.isBody(first) && !isIn("appledouble");
    if (!body) {
      leaf = attachment(header);
      return;
    }
    Leaf text = TextLeaf.of(header, budget, bodies, warnings);
    leaf = header.isDoubtful() ? Leaf.both(text, attachment(header)) : text;
  }

  private Leaf attachment(PartHeader header) throws IOException {
    boolean inline = header.isInline() || (isIn("related") && header.contentId().isPresent());
    boolean fork = isIn("appledouble") && header.contentType().equals("application/applefile");
    Optional<String> declared = header.name();
    // The name that a resource fork has beside its file on other systems than the Mac (RFC 1740).
    Optional<String> name = fork ? declared.map(it -> "._" + it) : declared;
    AttachmentHead head =
        new AttachmentHead(
            opened,
            names.next(name, header.contentType(), opened),
            declared,
            header.contentType(),
            header.contentId(),
            inline,
            Optional.empty());
    opened++;
    return AttachmentLeaf.open(
        head,
        header.encoding(),
        sink,
        openedParts.keep(header, head, 0, open.isEmpty()),
        openedParts,
        attachments,
        warnings);
  }

  private boolean isIn(String subtype) {
    return !open.isEmpty() && open.getLast().subtype.equals(subtype);
  }

  /** Hands out the files that lie in the attachment that just ended. */
  private void innerFiles() throws IOException {
    for (Optional<OpenedParts.Inner> next = openedParts.nextInner();
        next.isPresent();
        next = openedParts.nextInner()) {
      if (++parts > Bounds.PARTS) {
        warnings.raise(Warning.TOO_MANY_PARTS);
        return;
      }
      innerFile(next.get());
    }
  }

  private void innerFile(OpenedParts.Inner inner) throws IOException {
    TnefFile file = inner.file;
    String type = file.contentType().strip().toLowerCase(Locale.ROOT);
    boolean readable = type.indexOf('/') > 0 && type.indexOf(' ') < 0 && type.indexOf(';') < 0;
    type = readable ? type : "application/octet-stream";
    AttachmentHead head =
        new AttachmentHead(
            opened,
            names.next(file.name(), type, opened),
            file.name(),
            type,
            file.contentId(),
            file.contentId().isPresent(),
            Optional.of(inner.container));
    opened++;
    Leaf leafOfIt =
        AttachmentLeaf.open(
            head,
            "binary",
            sink,
            openedParts.keep(PLAIN, head, inner.depth, false),
            openedParts,
            attachments,
            warnings);
    leafOfIt.write(inner.bytes, file.start(), file.end());
    leafOfIt.end();
  }

  private void endLeaf() throws IOException {
    if (leaf != null) {
      leaf.end();
      leaf = null;
      innerFiles();
    }
    heldLineEnd = 0;
  }

  /** Ends the multiparts from a level on. */
  private void close(int level) {
    while (open.size() > level) {
      Multipart ended = open.removeLast();
      (open.isEmpty() ? top : open.getLast().bodies).addAll(ended.bodies);
    }
  }

  /** The level whose boundary the current line is, innermost first, or -1. */
  private int boundary() {
    byte[] bytes = lines.bytes();
    int start = lines.start;
    int end = lines.end;
    if (end - start < 3 || bytes[start] != '-' || bytes[start + 1] != '-' || open.isEmpty()) {
      return -1;
    }
    Multipart innermost = open.getLast();
    if (innermost.boundary.length == 0 && leaf == innermost.preamble && bytes[start + 2] > ' ') {
      innermost.boundary = copyTrimmed(bytes, start + 2, end);
    }
    for (int level = open.size() - 1; level >= 0; level--) {
      byte[] boundary = open.get(level).boundary;
      int rest = start + 2 + boundary.length;
      if (boundary.length > 0
          && rest <= end
          && bytes[rest - 1] == boundary[boundary.length - 1]
          && Arrays.equals(bytes, start + 2, rest, boundary, 0, boundary.length)) {
        boolean dashes = end - rest >= 2 && bytes[rest] == '-' && bytes[rest + 1] == '-';
        if (isBlank(bytes, dashes ? rest + 2 : rest, end)) {
          closing = dashes;
          return level;
        }
      }
    }
    return -1;
  }

  private static boolean isBlank(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
    return at == end;
  }

  private static byte[] copyTrimmed(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1)
        .stripTrailing()
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
