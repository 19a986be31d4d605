package email.daimon.understand;

import static java.nio.charset.StandardCharsets.UTF_8;

import email.daimon.mime.AttachmentSink;
import email.daimon.mime.Mail;
import email.daimon.mime.MailParser;
import email.daimon.mime.ReportParts;
import email.daimon.model.DeliveryReport;
import java.io.ByteArrayInputStream;
import java.util.Optional;

/** Reads a mail that may report of a delivery. */
final class Reports {
  private Reports() {}

  static Optional<DeliveryReport> read(String text) {
    byte[] raw = text.replace("\n", "\r\n").getBytes(UTF_8);
    ReportParts parts = new ReportParts(AttachmentSink.NONE);
    Mail mail = MailParser.parse(new ByteArrayInputStream(raw), parts);
    return ReportedDelivery.of(mail, parts);
  }
}
