package email.daimon.local.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.local.stack.LocalNames;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** The JSON that Lambda makes of the records of a stream, and reads from a handler's answer. */
final class StreamEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StreamEvents() {}

  static ObjectNode event(String streamArn, List<Record> records) {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode all = event.putArray("Records");
    records.forEach(record -> all.add(record(streamArn, record)));
    return event;
  }

  private static ObjectNode record(String streamArn, Record record) {
    var change = record.dynamodb();
    ObjectNode json = JSON.createObjectNode();
    json.put("eventID", record.eventID());
    json.put("eventName", record.eventNameAsString());
    json.put("eventVersion", "1.1");
    json.put("eventSource", "aws:dynamodb");
    json.put("awsRegion", LocalNames.REGION);
    ObjectNode inner = json.putObject("dynamodb");
    if (change.approximateCreationDateTime() != null) {
      inner.put(
          "ApproximateCreationDateTime", change.approximateCreationDateTime().getEpochSecond());
    }
    inner.set("Keys", values(change.keys()));
    if (change.hasNewImage()) {
      inner.set("NewImage", values(change.newImage()));
    }
    inner.put("SequenceNumber", change.sequenceNumber());
    inner.put("SizeBytes", change.sizeBytes());
    inner.put("StreamViewType", change.streamViewTypeAsString());
    json.put("eventSourceARN", streamArn);
    return json;
  }

  /** What filters here look at: the kind of change and the key. */
  static JsonNode keys(String eventName, Map<String, AttributeValue> keys) {
    ObjectNode json = JSON.createObjectNode().put("eventName", eventName);
    json.putObject("dynamodb").set("Keys", values(keys));
    return json;
  }

  private static ObjectNode values(Map<String, AttributeValue> attributes) {
    ObjectNode json = JSON.createObjectNode();
    attributes.forEach((name, value) -> json.set(name, value(value)));
    return json;
  }

  private static ObjectNode value(AttributeValue value) {
    ObjectNode json = JSON.createObjectNode();
    switch (value.type()) {
      case S -> json.put("S", value.s());
      case N -> json.put("N", value.n());
      case B -> json.put("B", Base64.getEncoder().encodeToString(value.b().asByteArrayUnsafe()));
      case BOOL -> json.put("BOOL", value.bool());
      case NUL -> json.put("NULL", true);
      case M -> json.set("M", values(value.m()));
      case L -> {
        ArrayNode list = json.putArray("L");
        value.l().forEach(one -> list.add(value(one)));
      }
      case SS -> value.ss().forEach(json.withArray("/SS")::add);
      case NS -> value.ns().forEach(json.withArray("/NS")::add);
      default -> throw new IllegalArgumentException("no JSON for " + value);
    }
    return json;
  }

  /**
   * From which record on a batch is to be tried again: from the first that the answer names. As in
   * Lambda an answer that cannot be read, or names what is not there, gives back all of them.
   *
   * @return the number of records that are done
   */
  static int done(String answer, List<Record> records) {
    try {
      JsonNode failures = JSON.readTree(answer).path("batchItemFailures");
      List<String> numbers =
          records.stream().map(record -> record.dynamodb().sequenceNumber()).toList();
      int done = records.size();
      for (JsonNode failure : failures) {
        int place = numbers.indexOf(failure.path("itemIdentifier").asText(""));
        done = Math.min(done, Math.max(place, 0));
      }
      return done;
    } catch (JsonProcessingException _) {
      return 0;
    }
  }
}
