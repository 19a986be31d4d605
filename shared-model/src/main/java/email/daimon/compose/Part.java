package email.daimon.compose;

import java.io.IOException;
import java.io.OutputStream;

/** One part of a mail's body on its way to the wire. */
sealed interface Part permits TextPart, FilePart, MailPart, Multipart {
  /** Writes the Content fields. */
  void fields(HeaderWriter header, Boundaries boundaries);

  /** Writes the encoded body. */
  void body(OutputStream out, Boundaries boundaries) throws IOException;

  /** Whether the body ends with a line end that is not of its content. */
  boolean endsLine();

  /** Whether a boundary that holds the mark might be met within. */
  boolean holds(String mark) throws IOException;

  /** Bytes of the encoded body, at most. */
  long size(Boundaries boundaries);
}
