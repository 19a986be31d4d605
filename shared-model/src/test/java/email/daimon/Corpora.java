package email.daimon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Third-party test data, where it lies beside the project. */
public final class Corpora {
  private Corpora() {}

  /** The rows of a file; the test is skipped where the file is not at hand. */
  public static List<JsonNode> rows(String file) throws IOException {
    Optional<Path> found = find("shared/corpora/" + file);
    Assumptions.assumeTrue(
        found.isPresent(), "../shared/corpora/" + file + " is not here: skipped");
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(found.orElseThrow())) {
      rows.add(mapper.readTree(line));
    }
    return rows;
  }

  private static Optional<Path> find(String relative) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isReadable(folder.resolve(relative))) {
        return Optional.of(folder.resolve(relative));
      }
    }
    return Optional.empty();
  }
}
