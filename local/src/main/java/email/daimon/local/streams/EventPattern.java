package email.daimon.local.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.local.stack.StackException;

/**
 * A filter of an event source mapping: JSON in the shape of the event, with a list of what is
 * allowed at each leaf. Of EventBridge's operators it knows equality and {@code prefix}.
 */
final class EventPattern {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final JsonNode pattern;

  private EventPattern(JsonNode pattern) {
    this.pattern = pattern;
  }

  static EventPattern parse(String text) {
    try {
      JsonNode pattern = JSON.readTree(text);
      check(pattern, text);
      return new EventPattern(pattern);
    } catch (JsonProcessingException e) {
      throw new StackException("a filter is no JSON: " + text + ": " + e.getOriginalMessage());
    }
  }

  boolean lets(JsonNode event) {
    return lets(pattern, event);
  }

  private static boolean lets(JsonNode pattern, JsonNode value) {
    if (pattern.isObject()) {
      return pattern
          .propertyStream()
          .allMatch(field -> lets(field.getValue(), value.path(field.getKey())));
    }
    for (JsonNode allowed : pattern) {
      boolean fits =
          allowed.isObject()
              ? value.isTextual() && value.textValue().startsWith(allowed.get("prefix").textValue())
              : allowed.equals(value);
      if (fits) {
        return true;
      }
    }
    return false;
  }

  private static void check(JsonNode pattern, String text) {
    if (pattern.isObject()) {
      pattern.forEach(inner -> check(inner, text));
      return;
    }
    boolean known = pattern.isArray();
    for (JsonNode allowed : pattern) {
      known &=
          allowed.isTextual()
              || (allowed.isObject() && allowed.size() == 1 && allowed.path("prefix").isTextual());
    }
    if (!known) {
      throw new StackException("no local part for the filter " + text);
    }
  }
}
