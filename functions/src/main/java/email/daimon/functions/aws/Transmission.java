package email.daimon.functions.aws;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Whether a call of the SDK got as far as the line. One that failed earlier, for want of
 * credentials say, has had no effect for certain. Tells only of clients that have the {@link
 * Watcher}.
 */
public final class Transmission {
  private static final ExecutionAttribute<Transmission> OF_CALL =
      new ExecutionAttribute<>("email.daimon.transmission");
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.NOT_WATCHED);

  private enum Stage {
    NOT_WATCHED,
    PREPARING,
    ON_THE_LINE
  }

  /** Goes with a request, to be asked after its call. */
  public AwsRequestOverrideConfiguration configuration() {
    return AwsRequestOverrideConfiguration.builder().putExecutionAttribute(OF_CALL, this).build();
  }

  /** True only if it is certain that not a byte was sent. */
  public boolean neverBegan() {
    return stage.get() == Stage.PREPARING;
  }

  /** Notes how far calls get. */
  public static final class Watcher implements ExecutionInterceptor {
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      note(attributes, Stage.PREPARING);
    }

    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      note(attributes, Stage.ON_THE_LINE);
    }

    private static void note(ExecutionAttributes attributes, Stage stage) {
      Optional.ofNullable(attributes.getAttribute(OF_CALL))
          .ifPresent(call -> call.stage.set(stage));
    }
  }
}
