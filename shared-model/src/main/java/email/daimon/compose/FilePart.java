package email.daimon.compose;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A file in base64.
 *
 * @param alternative the calendar method of a part that stands among the alternatives of the text,
 *     without a name of its own (RFC 6047, 2.4)
 */
record FilePart(OutgoingFile file, Optional<String> alternative) implements Part {
  @Override
  public void fields(HeaderWriter header, Boundaries boundaries) {
    if (alternative.isPresent()) {
      Parameters calendar =
          new Parameters("text/calendar")
              .with("charset", file.type().parameters().getOrDefault("charset", "utf-8"))
              .with("method", alternative.get());
      header.words("Content-Type", calendar.words());
    } else {
      named(file, header);
    }
    header.structured("Content-Transfer-Encoding", "base64");
  }

  /** Content-Type, Content-Disposition and Content-ID of a file. */
  static void named(OutgoingFile file, HeaderWriter header) {
    ContentType contentType = file.type();
    Parameters type = new Parameters(contentType.type());
    contentType.parameters().forEach(type::with);
    header.words("Content-Type", type.with("name", Parameters.ascii(file.filename())).words());
    header.words(
        "Content-Disposition",
        new Parameters(file.inline() ? "inline" : "attachment")
            .withFileName("filename", file.filename())
            .words());
    file.contentId().ifPresent(id -> header.structured("Content-ID", '<' + id + '>'));
  }

  /**
   * Writes the file.
   *
   * @throws IOException also if the source gives another number of bytes than it has
   */
  @Override
  public void body(OutputStream out, Boundaries boundaries) throws IOException {
    try (InputStream bytes = file.source().open()) {
      long written = Base64Bodies.write(bytes, out);
      if (written != file.size()) {
        throw new IOException(
            file.filename() + " has " + written + " bytes, " + file.size() + " were announced");
      }
    }
  }

  @Override
  public boolean endsLine() {
    return file.size() > 0;
  }

  @Override
  public boolean holds(String mark) {
    return false;
  }

  @Override
  public long size(Boundaries boundaries) {
    return Base64Bodies.length(file.size());
  }
}
