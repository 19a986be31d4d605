package email.daimon.functions.store;

import email.daimon.model.DeliveryReport;
import email.daimon.model.DeliveryReport.Kind;
import email.daimon.model.DeliveryReport.Recipient;
import java.util.Locale;

/** What a mail reports of a delivery, as a map within its row. */
final class DeliveryReportCodec {
  private DeliveryReportCodec() {}

  static Item item(DeliveryReport report) {
    return Item.nested()
        .text("kind", report.kind().wireName())
        .text("type", report.type())
        .text("reportingMta", report.reportingMta())
        .text("originalMessageId", report.originalMessageId())
        .items(
            "recipients",
            report.recipients().stream()
                .map(one ->
                    Item.nested()
                        .text("action", one.action())
                        .text("status", one.status())
                        .text("finalRecipient", one.finalRecipient())
                        .text("diagnosticCode", one.diagnosticCode()))
                .toList());
  }

  static DeliveryReport report(Item item) {
    return new DeliveryReport(
        Kind.valueOf(item.optionalText("kind").orElse("delivery").toUpperCase(Locale.ROOT)),
        item.optionalText("type"),
        item.optionalText("reportingMta"),
        item.optionalText("originalMessageId"),
        item.items("recipients").stream()
            .map(one ->
                new Recipient(
                    one.optionalText("action"),
                    one.optionalText("status"),
                    one.optionalText("finalRecipient"),
                    one.optionalText("diagnosticCode")))
            .toList());
  }
}
