package email.daimon.local.ses;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.model.Verdicts.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What SES publishes of a received mail. Source: Amazon SES developer guide, "Contents of
 * notifications for Amazon SES email receiving".
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SesNotification(
    String notificationType, SesNotification.Mail mail, SesNotification.Receipt receipt) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The mail as handed over. */
  record Mail(
      String timestamp,
      String source,
      String messageId,
      List<String> destination,
      boolean headersTruncated,
      List<HeaderBlock.Field> headers,
      CommonHeaders commonHeaders) {}

  /** The fields most asked for. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CommonHeaders(
      String returnPath,
      @Nullable List<String> from,
      @Nullable String date,
      @Nullable List<String> to,
      @Nullable List<String> cc,
      @Nullable String messageId,
      @Nullable String subject) {}

  /** What the receipt rule did and found. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Receipt(
      String timestamp,
      long processingTimeMillis,
      List<String> recipients,
      Status spamVerdict,
      Status virusVerdict,
      Status spfVerdict,
      Status dkimVerdict,
      Status dmarcVerdict,
      @Nullable String dmarcPolicy,
      Action action) {}

  /** A verdict. */
  record Status(String status) {}

  /** The S3 action that stored the mail. */
  record Action(
      String type, String topicArn, String bucketName, String objectKeyPrefix, String objectKey) {}

  static SesNotification of(
      ReceivedMail mail, HeaderBlock headers, Duration processing, ReceiptRule.Target target) {
    Verdicts verdicts = mail.verdicts();
    String timestamp = SnsEnvelope.MILLIS.format(mail.receivedAt());
    return new SesNotification(
        "Received",
        new Mail(
            timestamp,
            mail.sender(),
            mail.id(),
            mail.recipients(),
            headers.truncated(),
            headers.fields(),
            new CommonHeaders(
                mail.sender(),
                addresses(headers, "From"),
                headers.first("Date").orElse(null),
                addresses(headers, "To"),
                addresses(headers, "Cc"),
                headers.first("Message-ID").orElse(null),
                headers.first("Subject").orElse(null))),
        new Receipt(
            timestamp,
            processing.toMillis(),
            mail.recipients(),
            new Status(verdicts.spam().name()),
            new Status(verdicts.virus().name()),
            new Status(verdicts.spf().name()),
            new Status(verdicts.dkim().name()),
            new Status(verdicts.dmarc().name()),
            verdicts.dmarc() == Verdict.FAIL ? verdicts.dmarcPolicy() : null,
            new Action(
                "S3", target.topicArn(), target.bucket(), target.prefix(), target.key(mail))));
  }

  /** As the body of an SQS message. */
  String inSnsEnvelope(Instant now) {
    try {
      return SnsEnvelope.around(
          JSON.writeValueAsString(this),
          "Amazon SES Email Receipt Notification",
          receipt.action().topicArn(),
          mail.messageId(),
          now);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable List<String> addresses(HeaderBlock headers, String name) {
    // A comma ends an address unless it stands in quotes or in an angle address.
    return headers
        .first(name)
        .map(value -> value.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"))
        .map(parts -> Arrays.stream(parts).map(String::strip).toList())
        .orElse(null);
  }
}
