package email.daimon.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Length of JSON in bytes, as written without blanks, counted without writing it. */
public final class JsonSize {
  private static final int ESCAPED = 6;

  private JsonSize() {}

  /** Whether a node is at most so long; few are long enough to be counted. */
  public static boolean isAtMost(JsonNode node, long bytes) {
    return bound(node) <= bytes || of(node) <= bytes;
  }

  /** At least the length: each unit of a text as an escape. */
  private static long bound(JsonNode node) {
    long size = 2;
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        size += (long) ESCAPED * field.getKey().length() + bound(field.getValue()) + 4;
      }
      return size;
    }
    if (node.isArray()) {
      for (JsonNode value : node) {
        size += bound(value) + 1;
      }
      return size;
    }
    return size + (long) ESCAPED * (node.isTextual() ? node.textValue() : node.asText()).length();
  }

  /** The length of a node, a little more than exact for numbers. */
  public static long of(JsonNode node) {
    if (node.isObject()) {
      long size = 2;
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        size += of(field.getKey()) + of(field.getValue()) + 2;
      }
      return size;
    }
    if (node.isArray()) {
      long size = 2;
      for (JsonNode value : node) {
        size += of(value) + 1;
      }
      return size;
    }
    return node.isTextual() ? of(node.textValue()) : node.asText().length();
  }

  private static long of(String text) {
    long size = 2;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20) {
        size += c == '\n' || c == '\r' || c == '\t' || c == '\b' || c == '\f' ? 2 : ESCAPED;
      } else if (c == '"' || c == '\\') {
        size += 2;
      } else if (c < 0x80) {
        size++;
      } else {
        // Half of a pair counts 2: the four bytes of its character.
        size += c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
      }
    }
    return size;
  }
}
