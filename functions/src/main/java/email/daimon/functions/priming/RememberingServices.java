package email.daimon.functions.priming;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Stands where the network begins: the SDK writes, signs and reads as ever, and nothing leaves.
 * Items and objects that were put are found again by their keys, or by how these begin, and stay as
 * they were put; any other query finds nothing, every other call succeeds.
 */
final class RememberingServices implements SdkHttpClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern BEGINS =
      Pattern.compile("pk = (:\\w+) AND begins_with\\(sk, (:\\w+)\\)");
  private static final byte[] DATA_KEY = new byte[32];
  private final Map<JsonNode, JsonNode> items = new HashMap<>();
  private final Map<String, byte[]> objects = new HashMap<>();

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() {
        return answer(request);
      }

      @Override
      public void abort() {}
    };
  }

  @Override
  public void close() {}

  private HttpExecuteResponse answer(HttpExecuteRequest request) {
    try {
      SdkHttpRequest http = request.httpRequest();
      byte[] body = body(request);
      Optional<String> target = http.firstMatchingHeader("X-Amz-Target");
      if (target.isPresent()) {
        String operation = target.get().substring(target.get().indexOf('.') + 1);
        return answer(200, called(operation, JSON.readTree(body)).toString().getBytes(UTF_8));
      }
      return http.host().contains("s3")
          ? object(http, body)
          : answer(200, bytes("{\"MessageId\": \"0100-rehearsal\"}"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpExecuteResponse object(SdkHttpRequest http, byte[] body) {
    if (http.method() == SdkHttpMethod.PUT) {
      objects.put(http.encodedPath(), body);
      return answer(200, bytes(""));
    }
    byte[] kept = objects.get(http.encodedPath());
    return kept == null ? answer(404, bytes("")) : answer(200, kept);
  }

  private JsonNode called(String operation, JsonNode asked) {
    ObjectNode answer = JSON.createObjectNode();
    switch (operation) {
      case "PutItem" -> put(asked);
      case "TransactWriteItems" -> asked.path("TransactItems").forEach(one -> put(one.path("Put")));
      case "GetItem" ->
          find(asked.path("TableName"), asked.path("Key"), item -> answer.set("Item", item));
      case "UpdateItem" ->
          find(asked.path("TableName"), asked.path("Key"), item -> answer.set("Attributes", item));
      case "BatchGetItem" -> {
        ObjectNode tables = answer.putObject("Responses");
        asked
            .path("RequestItems")
            .properties()
            .forEach(table -> {
              ArrayNode found = tables.putArray(table.getKey());
              JsonNode name = tables.textNode(table.getKey());
              table.getValue().path("Keys").forEach(key -> find(name, key, found::add));
            });
        answer.putObject("UnprocessedKeys");
      }
      case "Query", "Scan" -> {
        ArrayNode found = answer.putArray("Items");
        items.values().stream().filter(item -> begins(asked, item)).forEach(found::add);
        answer.put("Count", found.size());
        answer.putObject("ConsumedCapacity").put("CapacityUnits", 0.5);
      }
      case "SendMessage" ->
          answer.put("MessageId", "0").put("MD5OfMessageBody", md5(asked.path("MessageBody")));
      case "GenerateDataKeyWithoutPlaintext" -> answer.put("CiphertextBlob", DATA_KEY);
      case "Decrypt" -> answer.put("Plaintext", DATA_KEY);
      default -> {
        // Done, and nothing to say.
      }
    }
    return answer;
  }

  private static HttpExecuteResponse answer(int status, byte[] body) {
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder()
                .statusCode(status)
                .putHeader("Content-Length", Integer.toString(body.length))
                .putHeader("ETag", "\"0\"")
                .build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
        .build();
  }

  private void put(JsonNode put) {
    JsonNode item = put.path("Item");
    if (item.isObject()) {
      items.put(place(put.path("TableName"), item), item);
    }
  }

  private void find(JsonNode table, JsonNode key, Consumer<JsonNode> found) {
    Optional.ofNullable(items.get(place(table, key))).ifPresent(found);
  }

  private static boolean begins(JsonNode query, JsonNode item) {
    Matcher asked = BEGINS.matcher(query.path("KeyConditionExpression").asText());
    JsonNode values = query.path("ExpressionAttributeValues");
    return asked.matches()
        && !query.has("IndexName")
        && values.path(asked.group(1)).equals(item.path("pk"))
        && item.at("/sk/S").asText().startsWith(values.path(asked.group(2)).path("S").asText());
  }

  private static JsonNode place(JsonNode table, JsonNode key) {
    return JSON.createArrayNode().add(table).add(key.path("pk")).add(key.path("sk"));
  }

  private static byte[] body(HttpExecuteRequest request) throws IOException {
    if (request.contentStreamProvider().isEmpty()) {
      return new byte[0];
    }
    try (InputStream content = request.contentStreamProvider().get().newStream()) {
      return content.readAllBytes();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String md5(JsonNode text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(bytes(text.asText())));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
