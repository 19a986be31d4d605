package email.daimon.compose;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Parts that belong together: mixed, related or alternative, each at most once in a mail. */
record Multipart(String subtype, List<Part> parts) implements Part {
  Multipart {
    parts = List.copyOf(parts);
  }

  @Override
  public void fields(HeaderWriter header, Boundaries boundaries) {
    Parameters type = new Parameters("multipart/" + subtype);
    if (subtype.equals("related")) {
      // RFC 2387, 3.1: of the first part, which always holds text and HTML.
      type.with("type", "multipart/alternative");
    }
    header.words("Content-Type", type.with("boundary", boundaries.of(subtype)).words());
  }

  @Override
  public void body(OutputStream out, Boundaries boundaries) throws IOException {
    String boundary = boundaries.of(subtype);
    boolean atLineStart = true;
    for (Part part : parts) {
      write(out, (atLineStart ? "--" : "\r\n--") + boundary + "\r\n");
      out.write(header(part, boundaries));
      write(out, "\r\n");
      part.body(out, boundaries);
      atLineStart = part.endsLine();
    }
    write(out, (atLineStart ? "--" : "\r\n--") + boundary + "--\r\n");
  }

  @Override
  public boolean endsLine() {
    return true;
  }

  @Override
  public boolean holds(String mark) throws IOException {
    for (Part part : parts) {
      if (part.holds(mark)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public long size(Boundaries boundaries) {
    long line = boundaries.of(subtype).length() + 6L;
    long size = line + 2;
    for (Part part : parts) {
      size += line + header(part, boundaries).length + 2 + part.size(boundaries);
    }
    return size;
  }

  private static byte[] header(Part part, Boundaries boundaries) {
    HeaderWriter header = new HeaderWriter();
    part.fields(header, boundaries);
    return header.bytes();
  }

  private static void write(OutputStream out, String ascii) throws IOException {
    out.write(ascii.getBytes(US_ASCII));
  }
}
