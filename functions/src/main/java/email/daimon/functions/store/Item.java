package email.daimon.functions.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes and reads the attributes of one DynamoDB item. Empty values are left out, so an attribute
 * that is there says something. Times are milliseconds since 1970.
 */
public final class Item {
  private final Map<String, AttributeValue> attributes;

  private Item(Map<String, AttributeValue> attributes) {
    this.attributes = attributes;
  }

  /** An item to be written. */
  public static Item of(String pk, String sk) {
    return new Item(new LinkedHashMap<>()).text("pk", pk).text("sk", sk);
  }

  /** An item that was read. */
  public static Item read(Map<String, AttributeValue> attributes) {
    return new Item(attributes);
  }

  /** The key of an item alone. */
  public static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk));
  }

  public Map<String, AttributeValue> attributes() {
    return attributes;
  }

  public Item text(String name, String value) {
    if (!value.isEmpty()) {
      attributes.put(name, AttributeValue.fromS(value));
    }
    return this;
  }

  public Item text(String name, Optional<String> value) {
    value.ifPresent(present -> text(name, present));
    return this;
  }

  public Item number(String name, long value) {
    attributes.put(name, AttributeValue.fromN(Long.toString(value)));
    return this;
  }

  public Item time(String name, Instant value) {
    return number(name, value.toEpochMilli());
  }

  public Item time(String name, Optional<Instant> value) {
    value.ifPresent(present -> time(name, present));
    return this;
  }

  public Item flag(String name, boolean value) {
    if (value) {
      attributes.put(name, AttributeValue.fromBool(true));
    }
    return this;
  }

  public Item texts(String name, Collection<String> values) {
    if (!values.isEmpty()) {
      attributes.put(name, list(values));
    }
    return this;
  }

  /** A list of texts as a value. */
  static AttributeValue list(Collection<String> values) {
    return AttributeValue.fromL(values.stream().map(AttributeValue::fromS).toList());
  }

  public Item pairs(String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      attributes.put(name, map(values));
    }
    return this;
  }

  /** Texts by name as a value. */
  static AttributeValue map(Map<String, String> values) {
    Map<String, AttributeValue> map = new LinkedHashMap<>();
    values.forEach((key, value) -> map.put(key, AttributeValue.fromS(value)));
    return AttributeValue.fromM(map);
  }

  public Item bytes(String name, byte[] value) {
    attributes.put(name, AttributeValue.fromB(SdkBytes.fromByteArray(value)));
    return this;
  }

  public Item items(String name, List<Item> values) {
    if (!values.isEmpty()) {
      attributes.put(
          name,
          AttributeValue.fromL(
              values.stream().map(value -> AttributeValue.fromM(value.attributes)).toList()));
    }
    return this;
  }

  public Item item(String name, Item value) {
    attributes.put(name, AttributeValue.fromM(value.attributes));
    return this;
  }

  /** A nested map to be put into {@link #item} or {@link #items}. */
  public static Item nested() {
    return new Item(new LinkedHashMap<>());
  }

  /** About how large the item is, as DynamoDB counts: names and values in bytes. */
  public long size() {
    return attributes.entrySet().stream()
        .mapToLong(attribute -> attribute.getKey().length() + size(attribute.getValue()))
        .sum();
  }

  private static long size(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s().length();
      case N -> value.n().length();
      case B -> value.b().asByteArrayUnsafe().length;
      case L -> value.l().stream().mapToLong(Item::size).sum();
      case M -> new Item(value.m()).size();
      default -> 1;
    };
  }

  public boolean has(String name) {
    return attributes.containsKey(name);
  }

  public String text(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? "" : value.s();
  }

  public Optional<String> optionalText(String name) {
    return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
  }

  public long number(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? 0 : Long.parseLong(value.n());
  }

  public Instant time(String name) {
    return Instant.ofEpochMilli(number(name));
  }

  public Optional<Instant> optionalTime(String name) {
    return has(name) ? Optional.of(time(name)) : Optional.empty();
  }

  public boolean flag(String name) {
    AttributeValue value = attributes.get(name);
    return value != null && Boolean.TRUE.equals(value.bool());
  }

  public List<String> texts(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? List.of() : value.l().stream().map(AttributeValue::s).toList();
  }

  public Set<String> textSet(String name) {
    return Set.copyOf(texts(name));
  }

  public Map<String, String> pairs(String name) {
    AttributeValue value = attributes.get(name);
    if (value == null) {
      return Map.of();
    }
    Map<String, String> pairs = new LinkedHashMap<>();
    value.m().forEach((key, attribute) -> pairs.put(key, attribute.s()));
    return pairs;
  }

  public byte[] bytes(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? new byte[0] : value.b().asByteArray();
  }

  public Optional<Item> item(String name) {
    return Optional.ofNullable(attributes.get(name)).map(value -> new Item(value.m()));
  }

  public List<Item> items(String name) {
    AttributeValue value = attributes.get(name);
    List<Item> items = new ArrayList<>();
    if (value != null) {
      value.l().forEach(nested -> items.add(new Item(nested.m())));
    }
    return items;
  }
}
