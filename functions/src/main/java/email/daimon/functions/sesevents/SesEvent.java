package email.daimon.functions.sesevents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.functions.reports.Diagnostic;
import email.daimon.model.DeliveryNews;
import email.daimon.model.DeliveryNews.Kind;
import email.daimon.model.DeliveryNews.Recipient;
import email.daimon.model.SendTags;
import email.daimon.thread.MessageIds;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An event that SES publishes. Source: Amazon SES developer guide, "Contents of event data that
 * Amazon SES publishes to Amazon SNS".
 */
final class SesEvent {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REGION_IN_ARN = 3;

  private SesEvent() {}

  /** What a queue message comes to. */
  sealed interface Reading {
    /** News of a mail of ours. */
    record News(DeliveryNews news) implements Reading {}

    /** Nothing to be done about. */
    record Other(String why) implements Reading {}
  }

  /** Reads the body of a queue message, with SNS's envelope or without. */
  static Reading read(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      JsonNode event = json.has("Message") ? JSON.readTree(json.get("Message").asText()) : json;
      Optional<SendTags> tags = SendTags.read(tags(event.path("mail").path("tags")));
      return tags.isEmpty()
          ? new Reading.Other("no event of a mail of ours")
          : read(event, tags.get());
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeParseException e) {
      return new Reading.Other("no event that can be read: " + e.getMessage());
    }
  }

  private static Reading read(JsonNode event, SendTags tags) {
    String type = event.path("eventType").asText();
    JsonNode mail = event.required("mail");
    return switch (type) {
      case "Send" -> news(Kind.SEND, tags, mail, mail, List.of(), false, "");
      case "Delivery" -> {
        JsonNode delivery = event.required("delivery");
        yield news(Kind.DELIVERY, tags, mail, delivery, delivered(delivery), false, "");
      }
      case "DeliveryDelay" -> {
        JsonNode delay = event.required("deliveryDelay");
        yield news(
            Kind.DELAY,
            tags,
            mail,
            delay,
            recipients(delay.path("delayedRecipients")),
            false,
            delay.path("delayType").asText());
      }
      case "Bounce" -> {
        JsonNode bounce = event.required("bounce");
        String kind = bounce.path("bounceType").asText();
        yield news(
            Kind.BOUNCE,
            tags,
            mail,
            bounce,
            recipients(bounce.path("bouncedRecipients")),
            kind.equals("Permanent"),
            kind + "/" + bounce.path("bounceSubType").asText());
      }
      case "Complaint" -> {
        JsonNode complaint = event.required("complaint");
        yield news(
            Kind.COMPLAINT,
            tags,
            mail,
            complaint,
            recipients(complaint.path("complainedRecipients")),
            false,
            complaint
                .path("complaintFeedbackType")
                .asText(complaint.path("complaintSubType").asText("complaint")));
      }
      case "Reject" ->
          news(
              Kind.REJECT,
              tags,
              mail,
              mail,
              List.of(),
              true,
              event.path("reject").path("reason").asText());
      case "Rendering Failure" ->
          news(
              Kind.REJECT,
              tags,
              mail,
              mail,
              List.of(),
              true,
              event.path("failure").path("errorMessage").asText());
      default -> new Reading.Other("an event of type " + type);
    };
  }

  /**
   * @param timed the part of the event that says when it happened
   */
  private static Reading news(
      Kind kind,
      SendTags tags,
      JsonNode mail,
      JsonNode timed,
      List<Recipient> recipients,
      boolean permanent,
      String detail) {
    String id = mail.required("messageId").asText();
    return new Reading.News(
        new DeliveryNews(
            kind,
            tags,
            Instant.parse(timed.required("timestamp").asText()),
            Optional.of(id),
            region(mail).map(region -> "<" + MessageIds.ofSes(id, region) + ">"),
            recipients,
            permanent,
            detail));
  }

  private static List<Recipient> delivered(JsonNode delivery) {
    Diagnostic response = Diagnostic.of(delivery.path("smtpResponse").asText());
    List<Recipient> recipients = new ArrayList<>();
    delivery
        .path("recipients")
        .forEach(address ->
            recipients.add(
                new Recipient(bare(address.asText()), response.smtpCode(), response.words())));
    return recipients;
  }

  private static List<Recipient> recipients(JsonNode all) {
    List<Recipient> recipients = new ArrayList<>();
    for (JsonNode one : all) {
      Diagnostic diagnostic = Diagnostic.of(one.path("diagnosticCode").asText());
      recipients.add(
          new Recipient(
              bare(one.required("emailAddress").asText()),
              diagnostic.smtpCode(),
              diagnostic.words()));
    }
    return recipients;
  }

  private static Map<String, String> tags(JsonNode tags) {
    Map<String, String> first = new HashMap<>();
    tags.properties().forEach(tag -> first.put(tag.getKey(), tag.getValue().path(0).asText()));
    return first;
  }

  /** Of {@code arn:aws:ses:REGION:…}: where the mail was sent from. */
  private static Optional<String> region(JsonNode mail) {
    String[] arn = mail.path("sourceArn").asText().split(":");
    return arn.length > REGION_IN_ARN && !arn[REGION_IN_ARN].isEmpty()
        ? Optional.of(arn[REGION_IN_ARN])
        : Optional.empty();
  }

  private static String bare(String address) {
    int open = address.lastIndexOf('<');
    int close = address.indexOf('>', open + 1);
    return open >= 0 && close > open ? address.substring(open + 1, close) : address.strip();
  }
}
