package email.daimon.functions.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.store.Hash;
import email.daimon.wire.Json;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Short hashes of what was sent, by name: enough to tell two bodies apart and say where. */
public final class Fingerprint {
  private static final int CHARACTERS = 16;

  private Fingerprint() {}

  static Map<String, String> of(ObjectNode body) {
    Map<String, String> hashes = new TreeMap<>();
    body.properties()
        .forEach(member -> {
          if (!member.getValue().isNull()) {
            hashes.put(member.getKey(), hash(Json.text(ordered(member.getValue()))));
          }
        });
    return hashes;
  }

  /** Of body and query as sent. */
  public static Map<String, String> of(Request request) {
    Map<String, String> hashes = of(request.body().sent());
    request.query().given().forEach((name, value) -> hashes.put("?" + name, hash(value)));
    return hashes;
  }

  /** The first name, in alphabetical order, that differs. */
  public static Optional<String> difference(Map<String, String> one, Map<String, String> other) {
    TreeSet<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(one.get(name), other.get(name)))
        .findFirst();
  }

  private static String hash(String text) {
    return Hash.sha256(text).substring(0, CHARACTERS);
  }

  private static JsonNode ordered(JsonNode node) {
    if (node.isObject()) {
      TreeMap<String, JsonNode> members = new TreeMap<>();
      node.properties().forEach(m -> members.put(m.getKey(), ordered(m.getValue())));
      return Json.object().setAll(members);
    }
    if (node.isArray()) {
      var array = Json.array();
      node.forEach(element -> array.add(ordered(element)));
      return array;
    }
    return node;
  }
}
