package email.daimon.local.ses;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.local.stack.LocalNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What SES publishes of one mail that it sent. Source: Amazon SES developer guide, "Contents of
 * event data that Amazon SES publishes to Amazon SNS".
 */
final class SendingEvents {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final OutgoingMail mail;
  private final HeaderBlock headers;
  private final String now;
  private final List<String> events = new ArrayList<>();

  SendingEvents(OutgoingMail mail, HeaderBlock headers, Instant now) {
    this.mail = Objects.requireNonNull(mail);
    this.headers = Objects.requireNonNull(headers);
    this.now = SnsEnvelope.MILLIS.format(now);
  }

  /** As JSON, in the order in which they happened. */
  List<String> events() {
    return List.copyOf(events);
  }

  SendingEvents sent() {
    event("Send", JSON.createObjectNode(), "send");
    return this;
  }

  SendingEvents delivered(String recipient, String response) {
    ObjectNode delivery = JSON.createObjectNode();
    delivery.put("timestamp", now);
    delivery.put("processingTimeMillis", 10);
    delivery.putArray("recipients").add(recipient);
    delivery.put("smtpResponse", response);
    delivery.put("remoteMtaIp", "127.0.0.1");
    delivery.put("reportingMTA", "a8-24.smtp-out.amazonses.com");
    event("Delivery", delivery, "delivery");
    return this;
  }

  SendingEvents bounced(String recipient, String subType, String status, String diagnostic) {
    ObjectNode bounce = JSON.createObjectNode();
    bounce.put("feedbackId", mail.id() + "-feedback");
    bounce.put("bounceType", "Permanent");
    bounce.put("bounceSubType", subType);
    ObjectNode bounced = bounce.putArray("bouncedRecipients").addObject();
    bounced.put("emailAddress", recipient);
    bounced.put("action", "failed");
    bounced.put("status", status);
    bounced.put("diagnosticCode", diagnostic);
    bounce.put("timestamp", now);
    bounce.put("reportingMTA", "dns; a8-24.smtp-out.amazonses.com");
    event("Bounce", bounce, "bounce");
    return this;
  }

  SendingEvents complained(String recipient) {
    ObjectNode complaint = JSON.createObjectNode();
    complaint.put("feedbackId", mail.id() + "-feedback");
    complaint.putNull("complaintSubType");
    complaint.putArray("complainedRecipients").addObject().put("emailAddress", recipient);
    complaint.put("timestamp", now);
    complaint.put("userAgent", "Amazon SES Mailbox Simulator");
    complaint.put("complaintFeedbackType", "abuse");
    complaint.put("arrivalDate", now);
    event("Complaint", complaint, "complaint");
    return this;
  }

  private void event(String type, ObjectNode details, String name) {
    ObjectNode event = JSON.createObjectNode();
    event.put("eventType", type);
    event.set("mail", mail());
    event.set(name, details);
    events.add(event.toString());
  }

  private ObjectNode mail() {
    ObjectNode json = JSON.createObjectNode();
    json.put("timestamp", SnsEnvelope.MILLIS.format(mail.acceptedAt()));
    json.put("source", mail.source());
    json.put(
        "sourceArn",
        "arn:aws:ses:%s:%s:identity/%s"
            .formatted(LocalNames.REGION, LocalNames.ACCOUNT, SendingRules.domain(mail.source())));
    json.put("sendingAccountId", LocalNames.ACCOUNT);
    json.put("messageId", mail.id());
    mail.recipients().forEach(json.putArray("destination")::add);
    json.put("headersTruncated", headers.truncated());
    ArrayNode fields = json.putArray("headers");
    headers.fields().forEach(f -> fields.addObject().put("name", f.name()).put("value", f.value()));
    ObjectNode common = json.putObject("commonHeaders");
    headers.first("From").ifPresent(from -> common.putArray("from").add(from));
    headers.first("To").ifPresent(to -> common.putArray("to").add(to));
    common.put("messageId", mail.id());
    headers.first("Subject").ifPresent(subject -> common.put("subject", subject));
    ObjectNode tags = json.putObject("tags");
    tags.putArray("ses:operation").add("SendEmail");
    tags.putArray("ses:configuration-set").add(mail.configurationSet());
    tags.putArray("ses:from-domain").add(SendingRules.domain(mail.source()));
    mail.tags().forEach((name, value) -> tags.putArray(name).add(value));
    return json;
  }
}
