package email.daimon.local.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/**
 * How far a mapping has come in each shard, in a file. A write that a crash loses does no harm:
 * what was done since is handed over once more.
 */
final class Checkpoint {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Path file;

  Checkpoint(Path file) {
    this.file = file;
  }

  /** The last sequence number that is done, by shard; nothing of another stream than this. */
  Map<String, String> read(String streamArn) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try {
      JsonNode saved = JSON.readTree(Files.readAllBytes(file));
      Map<String, String> positions = new HashMap<>();
      if (streamArn.equals(saved.path("stream").textValue())) {
        saved
            .path("shards")
            .propertyStream()
            .forEach(shard -> positions.put(shard.getKey(), shard.getValue().asText()));
      }
      return positions;
    } catch (IOException e) {
      throw new UncheckedIOException("the checkpoint " + file + " cannot be read", e);
    }
  }

  void write(String streamArn, Map<String, String> positions) {
    ObjectNode saved = JSON.createObjectNode().put("stream", streamArn);
    ObjectNode shards = saved.putObject("shards");
    positions.forEach(shards::put);
    try {
      Files.createDirectories(file.getParent());
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.write(next, JSON.writeValueAsBytes(saved));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("the checkpoint " + file + " cannot be written", e);
    }
  }
}
