package email.daimon.local.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Shards end and are continued by others, iterators expire, and what is old is trimmed. */
final class StreamReaderTest {
  private final FakeStream stream = new FakeStream();

  @Test
  void aShardIsReadAfterTheOneThatItContinues() {
    stream.shard("b", Optional.of("a"), "4", "5");
    stream.shard("a", Optional.empty(), "1", "2", "3");
    stream.ended.add("a");
    StreamReader reader = reader(Map.of());
    assertThat(numbers(reader)).containsExactly("1", "2", "3", "4", "5");
    assertThat(reader.positions()).containsEntry("a", "3").containsEntry("b", "5");
    stream.shards.get("b").add("6");
    assertThat(numbers(reader)).containsExactly("6");
  }

  @Test
  void aShardThatEndsWhileItIsReadIsContinuedAtOnce() {
    stream.shard("a", Optional.empty(), "1");
    StreamReader reader = reader(Map.of());
    assertThat(numbers(reader)).containsExactly("1");
    stream.shards.get("a").add("2");
    stream.ended.add("a");
    stream.shard("b", Optional.of("a"), "3");
    assertThat(numbers(reader)).containsExactly("2", "3");
  }

  @Test
  void afterARestartOnlyTheRestIsRead() {
    stream.shard("a", Optional.empty(), "1", "2");
    stream.ended.add("a");
    stream.shard("b", Optional.of("a"), "3", "4");
    assertThat(numbers(reader(Map.of("a", "2", "b", "3")))).containsExactly("4");
    assertThat(numbers(reader(Map.of("a", "1")))).containsExactly("2", "3", "4");
    assertThat(reader(Map.of("gone", "9")).positions()).containsKey("gone");
    StreamReader reader = reader(Map.of("gone", "9"));
    numbers(reader);
    assertThat(reader.positions()).containsOnlyKeys("a", "b");
  }

  @Test
  void anIteratorThatExpiredIsMadeAnew() {
    stream.shard("a", Optional.empty(), "1");
    StreamReader reader = reader(Map.of());
    assertThat(numbers(reader)).containsExactly("1");
    stream.shards.get("a").add("2");
    stream.expired = true;
    List<String> read = new ArrayList<>(numbers(reader));
    read.addAll(numbers(reader));
    assertThat(read).containsExactly("2");
  }

  @Test
  void whatWasTrimmedIsPassedOver() {
    stream.shard("a", Optional.empty(), "7", "8");
    stream.trimmed.add("3");
    assertThat(numbers(reader(Map.of("a", "3")))).containsExactly("7", "8");
  }

  private StreamReader reader(Map<String, String> positions) {
    return new StreamReader(stream, "arn", positions);
  }

  private static List<String> numbers(StreamReader reader) {
    return reader.next().stream().map(record -> record.dynamodb().sequenceNumber()).toList();
  }

  /** An iterator is the shard and the place of the next record in it. */
  private static final class FakeStream implements DynamoDbStreamsClient {
    private final Map<String, List<String>> shards = new LinkedHashMap<>();
    private final Map<String, Optional<String>> parents = new LinkedHashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> trimmed = new HashSet<>();
    private boolean expired;

    void shard(String id, Optional<String> parent, String... numbers) {
      shards.put(id, new ArrayList<>(List.of(numbers)));
      parents.put(id, parent);
    }

    @Override
    public DescribeStreamResponse describeStream(DescribeStreamRequest request) {
      List<Shard> all =
          shards.keySet().stream()
              .map(id -> {
                Shard.Builder shard = Shard.builder().shardId(id);
                parents.get(id).ifPresent(shard::parentShardId);
                return shard.build();
              })
              .toList();
      return DescribeStreamResponse.builder().streamDescription(s -> s.shards(all)).build();
    }

    @Override
    public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
      String after = request.sequenceNumber();
      if (after != null && trimmed.contains(after)) {
        throw TrimmedDataAccessException.builder().message("trimmed").build();
      }
      int place = after == null ? 0 : shards.get(request.shardId()).indexOf(after) + 1;
      return GetShardIteratorResponse.builder()
          .shardIterator(request.shardId() + "/" + place)
          .build();
    }

    @Override
    public GetRecordsResponse getRecords(GetRecordsRequest request) {
      if (expired) {
        expired = false;
        throw ExpiredIteratorException.builder().message("expired").build();
      }
      String[] iterator = request.shardIterator().split("/");
      List<String> all = shards.get(iterator[0]);
      List<Record> rest =
          all.subList(Integer.parseInt(iterator[1]), all.size()).stream()
              .map(n -> Record.builder().dynamodb(change -> change.sequenceNumber(n)).build())
              .toList();
      GetRecordsResponse.Builder response = GetRecordsResponse.builder().records(rest);
      if (!ended.contains(iterator[0])) {
        response.nextShardIterator(iterator[0] + "/" + all.size());
      }
      return response.build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
