package email.daimon.functions.inbound;

import email.daimon.mime.Mail;
import email.daimon.understand.Understanding;

/**
 * A mail as it was read and understood, once for all inboxes that it goes to.
 *
 * @param files its attachments, on disk until it is closed
 */
record ReadMail(
    Notification notification, Mail mail, Understanding understanding, SpooledFiles files)
    implements AutoCloseable {
  @Override
  public void close() {
    files.close();
  }
}
