package email.daimon.local.ses;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** The envelope in which SNS hands a notification to SQS. */
record SnsEnvelope(
    @JsonProperty("Type") String type,
    @JsonProperty("MessageId") String messageId,
    @JsonProperty("TopicArn") String topicArn,
    @JsonProperty("Subject") String subject,
    @JsonProperty("Message") String message,
    @JsonProperty("Timestamp") String timestamp,
    @JsonProperty("SignatureVersion") String signatureVersion,
    @JsonProperty("Signature") String signature,
    @JsonProperty("SigningCertURL") String signingCertUrl,
    @JsonProperty("UnsubscribeURL") String unsubscribeUrl) {
  /** Times as SES and SNS write them. */
  static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * As the body of an SQS message.
   *
   * @param name what SNS's own id is made of
   */
  static String around(String message, String subject, String topicArn, String name, Instant now) {
    UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.US_ASCII));
    try {
      return JSON.writeValueAsString(
          new SnsEnvelope(
              "Notification",
              id.toString(),
              topicArn,
              subject,
              message,
              MILLIS.format(now),
              "1",
              "bm90IHNpZ25lZCBsb2NhbGx5",
              "https://sns.us-east-1.amazonaws.com/SimpleNotificationService.pem",
              "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn="
                  + topicArn));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
