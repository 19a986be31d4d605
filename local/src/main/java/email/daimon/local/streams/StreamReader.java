package email.daimon.local.streams;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Reads a stream from where it was left, at first from its beginning: a shard after the one that it
 * continues, so that changes of one item come in their order.
 */
final class StreamReader {
  private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);

  /** The most that one call gives. */
  static final int MOST = 1_000;

  private final DynamoDbStreamsClient streams;
  private final String streamArn;
  private final Map<String, String> positions;
  private final Map<String, String> iterators = new LinkedHashMap<>();
  private final Set<String> ended = new HashSet<>();
  private boolean shardsChanged = true;

  /**
   * @param positions the last sequence number that is done, by shard
   */
  StreamReader(DynamoDbStreamsClient streams, String streamArn, Map<String, String> positions) {
    this.streams = streams;
    this.streamArn = streamArn;
    this.positions = new HashMap<>(positions);
  }

  /** The last sequence number that was read, by shard. */
  Map<String, String> positions() {
    return Map.copyOf(positions);
  }

  /** What has come since the last call, at most {@link #MOST} a shard. */
  List<Record> next() {
    List<Record> read = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    do {
      if (shardsChanged) {
        open();
      }
      for (String shard : List.copyOf(iterators.keySet())) {
        if (seen.add(shard)) {
          read.addAll(next(shard));
        }
      }
    } while (shardsChanged);
    return read;
  }

  private List<Record> next(String shard) {
    try {
      String iterator = iterators.get(shard);
      GetRecordsResponse response =
          streams.getRecords(get -> get.shardIterator(iterator).limit(MOST));
      if (!response.records().isEmpty()) {
        positions.put(shard, response.records().getLast().dynamodb().sequenceNumber());
      }
      if (response.nextShardIterator() == null) {
        iterators.remove(shard);
        ended.add(shard);
        shardsChanged = true;
      } else {
        iterators.put(shard, response.nextShardIterator());
      }
      return response.records();
    } catch (ExpiredIteratorException _) {
      iterators.put(shard, iterator(shard));
    } catch (TrimmedDataAccessException _) {
      restart(shard);
    }
    return List.of();
  }

  private void restart(String shard) {
    LOG.warn("shard {} does not reach back any more: see ./daimon replan --help", shard);
    positions.remove(shard);
    iterators.put(shard, iterator(shard));
  }

  /** Opens the shards that nothing is to be read before. */
  private void open() {
    List<Shard> shards = shards();
    Set<String> there = new HashSet<>();
    shards.forEach(shard -> there.add(shard.shardId()));
    positions.keySet().retainAll(there);
    ended.retainAll(there);
    for (Shard shard : shards) {
      String parent = shard.parentShardId();
      boolean ready = parent == null || !there.contains(parent) || ended.contains(parent);
      if (ready && !ended.contains(shard.shardId()) && !iterators.containsKey(shard.shardId())) {
        iterators.put(shard.shardId(), iterator(shard.shardId()));
      }
    }
    shardsChanged = false;
  }

  private List<Shard> shards() {
    List<Shard> shards = new ArrayList<>();
    String after = null;
    do {
      String start = after;
      StreamDescription page =
          streams
              .describeStream(
                  describe -> describe.streamArn(streamArn).exclusiveStartShardId(start))
              .streamDescription();
      shards.addAll(page.shards());
      after = page.lastEvaluatedShardId();
    } while (after != null);
    return shards;
  }

  private String iterator(String shard) {
    String position = positions.get(shard);
    try {
      return streams
          .getShardIterator(get -> {
            get.streamArn(streamArn).shardId(shard);
            if (position == null) {
              get.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
            } else {
              get.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                  .sequenceNumber(position);
            }
          })
          .shardIterator();
    } catch (TrimmedDataAccessException _) {
      LOG.warn("shard {} does not reach back any more: see ./daimon replan --help", shard);
      positions.remove(shard);
      return streams
          .getShardIterator(get ->
              get.streamArn(streamArn)
                  .shardId(shard)
                  .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
          .shardIterator();
    }
  }
}
