package email.daimon.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class LocalFunctionTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Takes all the time that it has. */
  static final class Patient implements RequestHandler<ScheduledEvent, String> {
    private final CountDownLatch begun = new CountDownLatch(1);

    @Override
    public String handleRequest(ScheduledEvent event, Context context) {
      begun.countDown();
      while (context.getRemainingTimeInMillis() > 0) {
        Thread.onSpinWait();
      }
      return "done";
    }
  }

  @Test
  void whoeverIsAtWorkWhenTheFunctionStopsHasNoTimeLeftAndStillAnswers() throws Exception {
    Patient handler = new Patient();
    LocalFunction function = LocalFunction.of("patient", LONG, handler);
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<String> answer = thread.submit(() -> function.invoke("{}"));
      handler.begun.await();

      function.stop(Duration.ofSeconds(30));

      assertThat(answer.get()).isEqualTo("\"done\"");
      function.stop(Duration.ofSeconds(30));
    }
  }

  /** Misses what it was built with. */
  static final class Broken implements RequestHandler<ScheduledEvent, String> {
    @Override
    public String handleRequest(ScheduledEvent event, Context context) {
      throw new NoSuchMethodError("not in this jar");
    }
  }

  @Test
  void anErrorOfTheMachineFailsTheCallAndNotItsCaller() {
    LocalFunction function = LocalFunction.of("broken", LONG, new Broken());

    assertThatThrownBy(() -> function.invoke("{}"))
        .isInstanceOf(FunctionException.class)
        .hasMessageContaining("not in this jar");
  }
}
