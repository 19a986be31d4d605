package email.daimon.local.services;

import email.daimon.local.services.Fault.Action;
import email.daimon.local.services.Fault.Step;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Puts faults below the SDK's retries of SQS, and counts calls. The SDK marks all attempts of a
 * call with one invocation id: a fault that is to fail the call fails each of them.
 */
final class FaultyHttpClient implements SdkHttpClient {
  private static final int REMEMBERED = 1_000;

  private final SdkHttpClient client;
  private final Faults faults;
  private final Usage usage;
  private final Map<String, Fault> failing =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Fault> eldest) {
          return size() > REMEMBERED;
        }
      };

  FaultyHttpClient(SdkHttpClient client, Faults faults, Usage usage) {
    this.client = Objects.requireNonNull(client);
    this.faults = Objects.requireNonNull(faults);
    this.usage = Objects.requireNonNull(usage);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    SdkHttpRequest http = request.httpRequest();
    usage.add(operation(http), 1);
    Optional<Fault> fault = step(http).flatMap(step -> fault(step, http));
    ExecutableHttpRequest attempt = client.prepareRequest(request);
    return fault.map(f -> faulty(f, attempt, request)).orElse(attempt);
  }

  @Override
  public void close() {
    client.close();
  }

  private Optional<Fault> fault(Step step, SdkHttpRequest http) {
    String call = http.firstMatchingHeader("amz-sdk-invocation-id").orElse("");
    synchronized (failing) {
      Fault repeated = failing.get(call);
      if (repeated != null) {
        return Optional.of(repeated);
      }
      Optional<Fault> next = faults.next(step);
      next.filter(fault -> fault.action() == Action.FAIL)
          .ifPresent(fault -> failing.put(call, fault));
      return next;
    }
  }

  private ExecutableHttpRequest faulty(
      Fault fault, ExecutableHttpRequest attempt, HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return switch (fault.action()) {
          case FAIL, CONFLICT -> unavailable();
          case LOSE -> {
            discard(attempt.call());
            throw new IOException("the answer was lost (a fault that was asked for)");
          }
          case TWICE -> {
            discard(attempt.call());
            yield client.prepareRequest(request).call();
          }
          case DELAY -> {
            fault.pause();
            yield attempt.call();
          }
        };
      }

      @Override
      public void abort() {
        attempt.abort();
      }
    };
  }

  private static void discard(HttpExecuteResponse response) throws IOException {
    if (response.responseBody().isPresent()) {
      response.responseBody().get().close();
    }
  }

  private static HttpExecuteResponse unavailable() {
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder().statusCode(503).statusText("Service Unavailable").build())
        .build();
  }

  private static Optional<Step> step(SdkHttpRequest http) {
    return http.firstMatchingHeader("X-Amz-Target")
        .filter(target -> target.contains(".SendMessage"))
        .map(_ -> Step.SQS_SEND);
  }

  private static String operation(SdkHttpRequest http) {
    return http.firstMatchingHeader("X-Amz-Target")
        .map(target -> "sqs." + target.substring(target.indexOf('.') + 1))
        .orElse("sqs.unknown");
  }
}
