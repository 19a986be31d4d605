package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.DaimonException;
import email.daimon.wire.ErrorCode;
import email.daimon.wire.Json;
import email.daimon.wire.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A refusal: the request changed nothing and the caller is told what to do instead. The message is
 * for the caller and never quotes a mail.
 */
public final class ApiException extends DaimonException {
  private static final long serialVersionUID = 1L;
  private final ErrorCode error;
  private final String fix;
  private final transient ObjectNode body;
  private final transient Map<String, String> headers = new LinkedHashMap<>();
  private transient List<String> nextSteps = List.of();

  /**
   * @param message what is wrong
   * @param fix what the caller can do about it
   */
  public ApiException(ErrorCode error, String message, String fix) {
    super(message);
    this.error = requireNonNull(error, "error is null");
    this.fix = requireNonNull(fix, "fix is null");
    this.body = Json.object();
  }

  /** A 400 that names every field at fault. */
  public static ApiException validation(List<Problem> problems) {
    var details = Json.array();
    problems.forEach(problem -> details.add(problem.toJson()));
    Problem first = problems.getFirst();
    String fix =
        first
            .nearest()
            .map(name -> "Did you mean " + name + "?")
            .orElse("Correct the fields that details names and call again.");
    ApiException refusal =
        new ApiException(
            ErrorCode.VALIDATION_ERROR, first.path() + ": " + first.message() + ".", fix);
    refusal.body.set("details", details);
    return refusal;
  }

  /** The finer code beside {@code error}, such as {@code INBOX_CREATE_RATE_LIMIT}. */
  public ApiException code(String code) {
    body.put("code", code);
    return this;
  }

  /** A further member, such as {@code current_usage} or {@code upgrade_context}. */
  public ApiException with(String name, JsonNode value) {
    body.set(name, value);
    return this;
  }

  /** {@code retry_after} in whole seconds, also as header. */
  public ApiException retryAfter(Duration wait) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    body.put("retry_after", seconds);
    return header("Retry-After", Long.toString(seconds));
  }

  public ApiException header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** What the caller may do now; steps that its key may not take are left out by the pipeline. */
  public ApiException next(String... steps) {
    nextSteps = Stream.concat(nextSteps.stream(), Stream.of(steps)).toList();
    return this;
  }

  public ErrorCode error() {
    return error;
  }

  public String fix() {
    return fix;
  }

  ObjectNode body() {
    return body;
  }

  Map<String, String> headers() {
    return headers;
  }

  List<String> nextSteps() {
    return nextSteps;
  }
}
