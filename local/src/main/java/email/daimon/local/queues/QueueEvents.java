package email.daimon.local.queues;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.local.stack.LocalNames;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The JSON that Lambda makes of received messages, and reads from a handler's answer. */
final class QueueEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private QueueEvents() {}

  static String event(String queueArn, List<Message> messages) {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (Message message : messages) {
      ObjectNode item = records.addObject();
      item.put("messageId", message.messageId());
      item.put("receiptHandle", message.receiptHandle());
      item.put("body", message.body());
      ObjectNode attributes = item.putObject("attributes");
      message.attributesAsStrings().forEach(attributes::put);
      ObjectNode own = item.putObject("messageAttributes");
      message.messageAttributes().forEach((name, value) -> put(own.putObject(name), value));
      item.put("md5OfBody", message.md5OfBody());
      item.put("eventSource", "aws:sqs");
      item.put("eventSourceARN", queueArn);
      item.put("awsRegion", LocalNames.REGION);
    }
    return event.toString();
  }

  private static void put(ObjectNode attribute, MessageAttributeValue value) {
    attribute.put("dataType", value.dataType());
    if (value.stringValue() != null) {
      attribute.put("stringValue", value.stringValue());
    }
    if (value.binaryValue() != null) {
      attribute.put(
          "binaryValue", Base64.getEncoder().encodeToString(value.binaryValue().asByteArray()));
    }
    attribute.putArray("stringListValues");
    attribute.putArray("binaryListValues");
  }

  /**
   * The ids of the messages that are to come back. As in Lambda an answer that cannot be read, or
   * names an empty or unknown id, gives back all of them; no answer gives back none.
   */
  static Set<String> failures(String answer, List<Message> messages) {
    Set<String> all = messages.stream().map(Message::messageId).collect(Collectors.toSet());
    try {
      JsonNode failures = JSON.readTree(answer).path("batchItemFailures");
      Set<String> failed = new HashSet<>();
      for (JsonNode failure : failures) {
        failed.add(failure.path("itemIdentifier").asText(""));
      }
      return all.containsAll(failed) ? failed : all;
    } catch (JsonProcessingException _) {
      return all;
    }
  }
}
