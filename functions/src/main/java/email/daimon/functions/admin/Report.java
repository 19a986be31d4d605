package email.daimon.functions.admin;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What came of a command: for programs and, the same, for people.
 *
 * @param text lines, the last one ended
 */
public record Report(ObjectNode result, String text) {
  public Report {
    requireNonNull(result, "result is null");
    requireNonNull(text, "text is null");
  }
}
