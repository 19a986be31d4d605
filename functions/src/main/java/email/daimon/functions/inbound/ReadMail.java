package email.daimon.functions.inbound;

import email.daimon.mime.Mail;
import email.daimon.model.DeliveryReport;
import email.daimon.understand.Understanding;
import java.util.Optional;

/**
 * A mail as it was read and understood, once for all inboxes that it goes to.
 *
 * @param report what it reports of a delivery
 * @param files its attachments, on disk until it is closed
 */
record ReadMail(
    Notification notification,
    Mail mail,
    Understanding understanding,
    Optional<DeliveryReport> report,
    SpooledFiles files)
    implements AutoCloseable {
  @Override
  public void close() {
    files.close();
  }
}
