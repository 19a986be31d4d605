package email.daimon.local.streams;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.local.stack.LocalNames;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.s3.S3Client;

/** Where records go that were tried in vain: a JSON file each, as Lambda writes it to S3. */
final class FailureDestination {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd/").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH.mm.ss-").withZone(ZoneOffset.UTC);
  private final S3Client s3;
  private final String bucket;
  private final String function;
  private final InstantSource clock;

  FailureDestination(S3Client s3, String bucket, String function, InstantSource clock) {
    this.s3 = s3;
    this.bucket = bucket;
    this.function = function;
    this.clock = clock;
  }

  /** Writes records down; gives the object's key. */
  String write(String streamArn, List<Record> records, int tries) {
    Instant now = clock.instant();
    String id = UUID.randomUUID().toString();
    ObjectNode json = JSON.createObjectNode();
    json.putObject("requestContext")
        .put("requestId", id)
        .put("functionArn", "arn:aws:lambda:us-east-1:" + LocalNames.ACCOUNT + ":" + function)
        .put("condition", "RetryAttemptsExhausted")
        .put("approximateInvokeCount", tries);
    json.put("version", "1.0");
    json.put("timestamp", now.toString());
    json.putObject("DDBStreamBatchInfo")
        .put("startSequenceNumber", records.getFirst().dynamodb().sequenceNumber())
        .put("endSequenceNumber", records.getLast().dynamodb().sequenceNumber())
        .put("batchSize", records.size())
        .put("streamArn", streamArn);
    json.put("payload", StreamEvents.event(streamArn, records).toString());
    String key = "aws/lambda/" + function + "/" + DAY.format(now) + TIME.format(now) + id;
    s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString(json.toString()));
    return key;
  }
}
