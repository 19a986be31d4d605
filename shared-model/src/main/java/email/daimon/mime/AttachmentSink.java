package email.daimon.mime;

import java.io.IOException;
import java.io.OutputStream;

/** Where the bytes of attachments go while a mail is read. One is open at a time. */
@FunctionalInterface
public interface AttachmentSink {
  /** Lets the bytes go; names, sizes and hashes are computed all the same. */
  AttachmentSink NONE = head -> OutputStream.nullOutputStream();

  /**
   * Takes the next attachment. The parser closes the stream after the last byte; after a failure of
   * the mail's own stream it is left unclosed.
   */
  OutputStream open(AttachmentHead head) throws IOException;
}
