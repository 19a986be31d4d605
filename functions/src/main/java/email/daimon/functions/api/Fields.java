package email.daimon.functions.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The members of a JSON object that was sent. A member that nobody asks for, or of a wrong type, is
 * a problem, and so are two aliases that disagree; readers get the default meanwhile. Null counts
 * as absent, except where {@link #isNull} asks.
 */
public final class Fields {
  private static final Pattern CLIENT_ID = Pattern.compile("[\\x21-\\x7e]{1,256}");
  private final Problems problems;
  private final String prefix;
  private final ObjectNode node;
  private final Set<String> asked = new TreeSet<>();
  private final List<Fields> nested = new ArrayList<>();

  Fields(Problems problems, String prefix, ObjectNode node) {
    this.problems = problems;
    this.prefix = prefix;
    this.node = node;
  }

  /** A string; {@code aliases} are other names for it. */
  public Optional<String> text(String name, String... aliases) {
    return typed("a string", JsonNode::isTextual, name, aliases).map(JsonNode::textValue);
  }

  /** A string that has to be there and not empty. */
  public String neededText(String name, String... aliases) {
    Optional<String> value = text(name, aliases);
    boolean absent = value.isEmpty() && pick(name, aliases).isEmpty();
    if (absent || value.filter(String::isEmpty).isPresent()) {
      problems.add(prefix + name, "is needed");
    }
    return value.orElse("");
  }

  /** The name under which a caller makes something once and for ever. */
  public Optional<String> clientId() {
    Optional<String> id = text("client_id");
    if (id.filter(given -> !CLIENT_ID.matcher(given).matches()).isPresent()) {
      problem("client_id", "is 1 to 256 printable ASCII characters without blanks");
    }
    return id;
  }

  /** An id, with its older prefix taken for the present one. */
  public Optional<String> id(String name) {
    return text(name).map(OlderIds::present);
  }

  public Optional<Boolean> flag(String name, String... aliases) {
    return typed("true or false", JsonNode::isBoolean, name, aliases).map(JsonNode::booleanValue);
  }

  /** A whole number within bounds. */
  public OptionalInt number(String name, int least, int most) {
    Optional<JsonNode> value =
        typed(
            "a whole number from " + least + " to " + most,
            node -> node.isInt() && node.intValue() >= least && node.intValue() <= most,
            name);
    return value.map(JsonNode::intValue).map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  /** An array of strings. */
  public Optional<List<String>> texts(String name, String... aliases) {
    return typed("an array of strings", Fields::isTexts, name, aliases).map(Fields::textsOf);
  }

  /** An object whose values are all strings. */
  public Optional<Map<String, String>> pairs(String name) {
    return typed("an object of strings", Fields::isPairs, name)
        .map(value -> {
          Map<String, String> pairs = new LinkedHashMap<>();
          value.properties().forEach(pair -> pairs.put(pair.getKey(), pair.getValue().textValue()));
          return pairs;
        });
  }

  /** A member of whatever type, for those that may have several. */
  public Optional<JsonNode> any(String name, String... aliases) {
    return pick(name, aliases).map(Map.Entry::getValue);
  }

  /** An object with members of its own. */
  public Optional<Fields> object(String name) {
    return typed("an object", JsonNode::isObject, name)
        .map(value -> {
          Fields fields = new Fields(problems, prefix + name + ".", (ObjectNode) value);
          nested.add(fields);
          return fields;
        });
  }

  /** An array of objects with members of their own. */
  public List<Fields> objects(String name) {
    List<Fields> all = new ArrayList<>();
    typed("an array of objects", Fields::isObjects, name)
        .ifPresent(value ->
            value.forEach(one -> {
              String path = prefix + name + "[" + all.size() + "].";
              all.add(new Fields(problems, path, (ObjectNode) one));
            }));
    nested.addAll(all);
    return all;
  }

  /** Whether the member is there, null or not. */
  public boolean has(String name) {
    asked.add(name);
    return node.has(name);
  }

  /** Whether the member is there and null: take the value away. */
  public boolean isNull(String name) {
    return has(name) && node.get(name).isNull();
  }

  /** Says that a member is wrong in another way than its type. */
  public void problem(String name, String message) {
    problems.add(prefix + name, message);
  }

  /** The whole object as sent. */
  public ObjectNode sent() {
    return node;
  }

  void refuseUnknown() {
    for (var member : node.properties()) {
      if (!asked.contains(member.getKey())) {
        problems.unknown("field", prefix + member.getKey(), member.getKey(), asked);
      }
    }
    nested.forEach(Fields::refuseUnknown);
  }

  private interface Form {
    boolean fits(JsonNode value);
  }

  private Optional<JsonNode> typed(String form, Form test, String name, String... aliases) {
    Optional<Map.Entry<String, JsonNode>> picked = pick(name, aliases);
    if (picked.isPresent() && !test.fits(picked.get().getValue())) {
      problems.add(prefix + picked.get().getKey(), "is " + form);
      return Optional.empty();
    }
    return picked.map(Map.Entry::getValue);
  }

  private Optional<Map.Entry<String, JsonNode>> pick(String name, String... aliases) {
    Map<String, JsonNode> given = new LinkedHashMap<>();
    for (String one : names(name, aliases)) {
      asked.add(one);
      JsonNode value = node.get(one);
      if (value != null && !value.isNull()) {
        given.put(one, value);
      }
    }
    var first = given.entrySet().stream().findFirst();
    first.ifPresent(kept ->
        given.forEach((other, value) -> {
          if (!value.equals(kept.getValue())) {
            problems.add(prefix + other, "disagrees with " + prefix + kept.getKey());
          }
        }));
    return first;
  }

  private static boolean isTexts(JsonNode value) {
    return value.isArray() && value.valueStream().allMatch(JsonNode::isTextual);
  }

  private static List<String> textsOf(JsonNode value) {
    return value.valueStream().map(JsonNode::textValue).toList();
  }

  private static boolean isObjects(JsonNode value) {
    return value.isArray() && value.valueStream().allMatch(JsonNode::isObject);
  }

  private static boolean isPairs(JsonNode value) {
    return value.isObject() && value.valueStream().allMatch(JsonNode::isTextual);
  }

  static Fields none(Problems problems) {
    return new Fields(problems, "", Json.object());
  }

  private static List<String> names(String name, String... aliases) {
    List<String> names = new ArrayList<>(List.of(name));
    names.addAll(List.of(aliases));
    return names;
  }
}
