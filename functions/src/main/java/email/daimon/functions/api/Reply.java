package email.daimon.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.ApiKey;
import email.daimon.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An answer before it is put into its envelope. */
public final class Reply {
  private final int status;
  private final String contentType;
  private final Optional<JsonNode> result;
  private final byte[] page;
  private final ObjectNode beside = Json.object();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final List<String> nextSteps = new ArrayList<>();
  private Optional<ApiKey.Scope> forScope = Optional.empty();

  private Reply(int status, String contentType, Optional<JsonNode> result, byte[] page) {
    this.status = status;
    this.contentType = requireNonNull(contentType, "contentType is null");
    this.result = requireNonNull(result, "result is null");
    this.page = page;
  }

  /** {@code result} in the envelope. */
  public static Reply of(int status, JsonNode result) {
    return new Reply(status, "application/json", Optional.of(result), new byte[0]);
  }

  /** 200 with {@code result} in the envelope. */
  public static Reply ok(JsonNode result) {
    return of(200, result);
  }

  /** 201 with {@code result} in the envelope. */
  public static Reply created(JsonNode result) {
    return of(201, result);
  }

  /** A page for people. */
  public static Reply page(int status, String html) {
    return new Reply(status, "text/html; charset=utf-8", Optional.empty(), html.getBytes(UTF_8));
  }

  /** 302 to where the bytes are. */
  public static Reply redirect(String location) {
    return new Reply(302, "text/plain; charset=utf-8", Optional.empty(), new byte[0])
        .header("Location", location);
  }

  /**
   * What the caller may do next, in order, the first four that its key may do now: the pipeline
   * leaves out sentences with a {@code METHOD /path} that would be refused.
   */
  public Reply next(String... steps) {
    nextSteps.addAll(List.of(steps));
    return this;
  }

  /** A member beside {@code result}, such as {@code total} where the result is a bare array. */
  public Reply beside(String name, JsonNode value) {
    beside.set(name, value);
    return this;
  }

  public Reply header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** The key that the next steps are for, where the reply itself hands it out. */
  public Reply forScope(ApiKey.Scope scope) {
    forScope = Optional.of(scope);
    return this;
  }

  public int status() {
    return status;
  }

  public Optional<JsonNode> result() {
    return result;
  }

  String contentType() {
    return contentType;
  }

  byte[] page() {
    return page;
  }

  ObjectNode beside() {
    return beside;
  }

  Map<String, String> headers() {
    return headers;
  }

  List<String> nextSteps() {
    return nextSteps;
  }

  Optional<ApiKey.Scope> forScope() {
    return forScope;
  }
}
