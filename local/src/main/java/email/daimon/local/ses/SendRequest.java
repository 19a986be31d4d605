package email.daimon.local.ses;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A call of SendEmail (SES API v2) with raw content.
 *
 * @param recipients of all three fields of the destination, in order
 */
record SendRequest(
    String from,
    List<String> recipients,
    SdkBytes raw,
    Map<String, String> tags,
    Optional<String> configurationSet,
    Optional<String> tenant) {
  private static final int LONGEST_BODY = 128 << 20;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(LONGEST_BODY).build())
              .build());

  SendRequest {
    Objects.requireNonNull(from);
    recipients = List.copyOf(recipients);
    Objects.requireNonNull(raw);
    tags = Map.copyOf(tags);
    Objects.requireNonNull(configurationSet);
    Objects.requireNonNull(tenant);
  }

  static SendRequest read(InputStream body) {
    try {
      JsonNode json = JSON.readTree(body);
      JsonNode data = json.path("Content").path("Raw").path("Data");
      if (!data.isTextual()) {
        throw SesRefusal.badRequest("Only raw content is taken here.");
      }
      List<String> recipients = new ArrayList<>();
      JsonNode destination = json.path("Destination");
      for (String field : List.of("ToAddresses", "CcAddresses", "BccAddresses")) {
        destination.path(field).forEach(address -> recipients.add(address.asText()));
      }
      Map<String, String> tags = new LinkedHashMap<>();
      for (JsonNode tag : json.path("EmailTags")) {
        tags.put(tag.path("Name").asText(), tag.path("Value").asText());
      }
      return new SendRequest(
          json.path("FromEmailAddress").asText(),
          recipients,
          SdkBytes.fromByteArrayUnsafe(data.binaryValue()),
          tags,
          text(json, "ConfigurationSetName"),
          text(json, "TenantName"));
    } catch (IOException e) {
      throw SesRefusal.badRequest("The request cannot be read: " + e.getMessage());
    }
  }

  private static Optional<String> text(JsonNode json, String name) {
    return json.hasNonNull(name) ? Optional.of(json.get(name).asText()) : Optional.empty();
  }
}
