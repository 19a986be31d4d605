package email.daimon.wire;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One thing that is wrong with a request: an entry of {@code details[]}.
 *
 * @param path of the field, such as {@code receive_rules.allow[2]}, or name of the query parameter
 * @param nearest the valid name that looks most like an unknown one
 */
public record Problem(String path, String message, Optional<String> nearest) {
  public Problem {
    requireNonNull(path, "path is null");
    requireNonNull(message, "message is null");
    requireNonNull(nearest, "nearest is null");
  }

  /** As it stands in an error. */
  public ObjectNode toJson() {
    ObjectNode json = Json.object().put("path", path).put("message", message);
    nearest.ifPresent(name -> json.put("nearest", name));
    return json;
  }
}
