package email.daimon.functions.inbound;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Blobs;
import email.daimon.mime.AttachmentSink;
import email.daimon.mime.Mail;
import email.daimon.mime.MailParser;
import email.daimon.mime.ReportParts;
import email.daimon.model.DeliveryReport;
import email.daimon.model.Verdicts.Verdict;
import email.daimon.understand.ReportedDelivery;
import email.daimon.understand.Understanding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Reads a raw mail from S3 in one pass: never whole in memory. */
final class MailReading {
  private final Blobs blobs;

  MailReading(Blobs blobs) {
    this.blobs = requireNonNull(blobs, "blobs is null");
  }

  ReadMail read(Notification notification) {
    SpooledFiles files = new SpooledFiles();
    try (InputStream raw = blobs.received(notification.sesId())) {
      // Of a mail with a virus only subject and sender are kept.
      boolean virus = notification.verdicts().virus() == Verdict.FAIL;
      ReportParts parts = new ReportParts(files);
      Mail mail = MailParser.parse(raw, virus ? AttachmentSink.NONE : parts);
      Understanding understanding =
          virus ? Understanding.of(Optional.empty(), Optional.empty()) : Understanding.of(mail);
      Optional<DeliveryReport> report = virus ? Optional.empty() : ReportedDelivery.of(mail, parts);
      return new ReadMail(notification, mail, understanding, report, files);
    } catch (IOException e) {
      files.close();
      throw new UncheckedIOException("raw mail " + notification.sesId(), e);
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }
}
