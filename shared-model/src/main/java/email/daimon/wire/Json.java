package email.daimon.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;

/** The one JSON mapper: strict on what comes in, plain trees on the way out. */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** A new object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A new array. */
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** An array of strings. */
  public static ArrayNode texts(Collection<String> values) {
    ArrayNode array = array();
    values.forEach(array::add);
    return array;
  }

  /**
   * A time on the wire: RFC 3339, UTC, milliseconds where there are any, {@code
   * 2026-03-16T10:30:00Z}.
   */
  public static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** A time on the wire, or null where there is none. */
  public static JsonNode time(Optional<Instant> time) {
    return text(time.map(Json::time));
  }

  /** A string, or null where there is none. */
  public static JsonNode text(Optional<String> value) {
    return value
        .<JsonNode>map(JsonNodeFactory.instance::textNode)
        .orElseGet(JsonNodeFactory.instance::nullNode);
  }

  /**
   * Reads one JSON value, whole: no duplicate names, nothing after it.
   *
   * @throws IOException where it is no JSON (RFC 8259); the message names the place
   */
  public static JsonNode parse(byte[] bytes) throws IOException {
    return MAPPER.readTree(bytes);
  }

  /**
   * Reads one JSON value, whole, from a text.
   *
   * @throws JsonProcessingException where it is no JSON
   */
  public static JsonNode parse(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }

  /**
   * Reads one JSON value, whole, from a stream.
   *
   * @throws IOException where it is no JSON, or the stream fails
   */
  public static JsonNode parse(InputStream in) throws IOException {
    return MAPPER.readTree(in);
  }

  /** A generator that writes UTF-8. */
  public static JsonGenerator generator(OutputStream out) throws IOException {
    return MAPPER.getFactory().createGenerator(out);
  }

  /** Writes a tree by a generator: the tree does it itself, and no serializer is looked for. */
  public static void write(JsonGenerator out, JsonNode tree) throws IOException {
    tree.serialize(out, MAPPER.getSerializerProviderInstance());
  }

  /** Writes a tree as UTF-8 bytes. */
  public static byte[] bytes(JsonNode tree) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = generator(bytes)) {
      write(out, tree);
    } catch (IOException e) {
      throw new UncheckedIOException("a tree can always be written", e);
    }
    return bytes.toByteArray();
  }

  /** Writes a tree as text. */
  public static String text(JsonNode tree) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = MAPPER.getFactory().createGenerator(text)) {
      write(out, tree);
    } catch (IOException e) {
      throw new UncheckedIOException("a tree can always be written", e);
    }
    return text.toString();
  }
}
