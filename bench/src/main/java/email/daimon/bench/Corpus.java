package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Third-party mails, where they lie beside the checkout. */
final class Corpus {
  private Corpus() {}

  /** A file of {@code ../shared/corpora}. */
  static Optional<Path> find(Path home, String file) {
    for (Path folder = home.toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path found = folder.resolve("shared/corpora").resolve(file);
      if (Files.isReadable(found)) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /** The rows of a file of JSON Lines. */
  static List<JsonNode> rows(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank()) {
        rows.add(Json.MAPPER.readTree(line));
      }
    }
    return rows;
  }
}
