package email.daimon.functions.inbound;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.model.Verdicts;
import email.daimon.model.Verdicts.Verdict;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What SES tells of a received mail. Its copy of the header is never read: it may be cut, and the
 * sender wrote it. Source: Amazon SES developer guide, "Contents of notifications for Amazon SES
 * email receiving".
 *
 * @param sesId names the raw mail in S3
 * @param envelopeFrom bare address of MAIL FROM, empty for {@code <>}
 * @param recipients addresses of the envelope that the receipt rule matched
 */
record Notification(
    String sesId,
    Instant receivedAt,
    String envelopeFrom,
    List<String> recipients,
    Verdicts verdicts) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Notification {
    requireNonNull(sesId, "sesId is null");
    requireNonNull(receivedAt, "receivedAt is null");
    requireNonNull(envelopeFrom, "envelopeFrom is null");
    recipients = List.copyOf(recipients);
    requireNonNull(verdicts, "verdicts is null");
  }

  /**
   * Reads the body of a queue message, with SNS's envelope or without. Empty where it tells of no
   * mail, as when SES tries out the topic.
   */
  static Optional<Notification> read(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      JsonNode content = json.has("Message") ? JSON.readTree(json.get("Message").asText()) : json;
      return content.path("notificationType").asText().equals("Received")
          ? Optional.of(of(content.required("mail"), content.required("receipt")))
          : Optional.empty();
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static Notification of(JsonNode mail, JsonNode receipt) {
    List<String> recipients = new ArrayList<>();
    receipt.required("recipients").forEach(recipient -> recipients.add(recipient.asText()));
    return new Notification(
        mail.required("messageId").asText(),
        Instant.parse(mail.required("timestamp").asText()),
        bare(mail.path("source").asText()),
        recipients,
        new Verdicts(
            verdict(receipt, "spamVerdict"),
            verdict(receipt, "virusVerdict"),
            verdict(receipt, "spfVerdict"),
            verdict(receipt, "dkimVerdict"),
            verdict(receipt, "dmarcVerdict"),
            receipt.hasNonNull("dmarcPolicy")
                ? Optional.of(receipt.get("dmarcPolicy").asText())
                : Optional.empty()));
  }

  private static Verdict verdict(JsonNode receipt, String name) {
    return switch (receipt.path(name).path("status").asText()) {
      case "PASS" -> Verdict.PASS;
      case "FAIL" -> Verdict.FAIL;
      case "PROCESSING_FAILED" -> Verdict.PROCESSING_FAILED;
      case "DISABLED" -> Verdict.DISABLED;
      default -> Verdict.GRAY;
    };
  }

  private static String bare(String address) {
    String text = address.strip();
    return text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
  }
}
