package email.daimon.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.DeliveryReport;

/**
 * What a mail reports of a delivery, as the API shows it; what it does not say is null. None of it
 * is proven: what is goes to the state of the mail that was sent.
 */
final class DeliveryReportJson {
  private DeliveryReportJson() {}

  static ObjectNode of(DeliveryReport report) {
    ObjectNode json = Json.object();
    json.put("kind", report.kind().wireName());
    json.set("type", Json.text(report.type()));
    json.put("proven", false);
    json.set("reporting_mta", Json.text(report.reportingMta()));
    json.set("original_message_id", Json.text(report.originalMessageId()));
    ArrayNode recipients = json.putArray("recipients");
    for (DeliveryReport.Recipient one : report.recipients()) {
      ObjectNode recipient = recipients.addObject();
      recipient.set("action", Json.text(one.action()));
      recipient.set("status", Json.text(one.status()));
      recipient.set("final_recipient", Json.text(one.finalRecipient()));
      recipient.set("diagnostic_code", Json.text(one.diagnosticCode()));
    }
    return json;
  }
}
