package email.daimon.mime;

import java.io.IOException;

/** A text of the mail itself, kept in memory within its bound. */
final class TextLeaf implements Leaf {
  private final PartHeader header;
  private final TransferDecoder decoder;
  private final BoundedBytes bytes;
  private final Budget budget;
  private final Bodies bodies;
  private final Warnings warnings;

  /** How much text all parts of a mail may still fill. */
  static final class Budget {
    private int text = Bounds.TEXT;
    private int html = Bounds.HTML;
  }

  private TextLeaf(
      PartHeader header, BoundedBytes bytes, Budget budget, Bodies bodies, Warnings warnings) {
    this.header = header;
    this.decoder = TransferDecoder.of(header.encoding(), bytes, warnings);
    this.bytes = bytes;
    this.budget = budget;
    this.bodies = bodies;
    this.warnings = warnings;
  }

  static TextLeaf of(PartHeader header, Budget budget, Bodies bodies, Warnings warnings) {
    BoundedBytes bytes = new BoundedBytes(isHtml(header) ? budget.html : budget.text);
    return new TextLeaf(header, bytes, budget, bodies, warnings);
  }

  private static boolean isHtml(PartHeader header) {
    return header.contentType().equals("text/html");
  }

  @Override
  public void write(byte[] source, int start, int end) throws IOException {
    decoder.write(source, start, end);
  }

  @Override
  public void end() throws IOException {
    decoder.finish();
    boolean html = isHtml(header);
    TextDecoder.Decoded decoded =
        TextDecoder.decode(
            bytes.bytes(),
            0,
            bytes.length(),
            header.charset(),
            html ? TextDecoder.Kind.HTML : TextDecoder.Kind.TEXT);
    if (decoded.fallback()) {
      warnings.raise(Warning.CHARSET_FALLBACK);
    }
    String text = normalised(decoded.text());
    if (html) {
      budget.html -= bytes.length();
      bodies.addHtml(Bodies.Body.of(text, header));
    } else {
      budget.text -= bytes.length();
      String whole = header.isFlowed() ? FlowedText.unfold(text, header.deletesSpace()) : text;
      bodies.addText(Bodies.Body.of(whole, header));
    }
    if (bytes.wasCut()) {
      warnings.raise(html ? Warning.HTML_TRUNCATED : Warning.TEXT_TRUNCATED);
    }
  }

  /** Lines end with LF; NUL goes, since many stores refuse it. */
  static String normalised(String text) {
    if (text.indexOf('\r') < 0 && text.indexOf('\0') < 0) {
      return text;
    }
    StringBuilder lines = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r') {
        if (i + 1 >= text.length() || text.charAt(i + 1) != '\n') {
          lines.append('\n');
        }
      } else if (c != '\0') {
        lines.append(c);
      }
    }
    return lines.toString();
  }
}
