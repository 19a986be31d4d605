package email.daimon.local.services;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** Lets each queue message come later than it might, by chance: so they overtake each other. */
final class LateMessages implements ExecutionInterceptor {
  private static final int LONGEST = 900;
  private final int seconds;
  private final RandomGenerator random;

  /**
   * @param late whole seconds; the most that a message comes late
   */
  LateMessages(Duration late, RandomGenerator random) {
    this.seconds = (int) late.toSeconds();
    this.random = Objects.requireNonNull(random);
  }

  @Override
  public SdkRequest modifyRequest(
      Context.ModifyRequest context, ExecutionAttributes executionAttributes) {
    return switch (context.request()) {
      case SendMessageRequest one -> one.toBuilder().delaySeconds(late(one.delaySeconds())).build();
      case SendMessageBatchRequest batch -> batch.toBuilder().entries(late(batch)).build();
      default -> context.request();
    };
  }

  private List<SendMessageBatchRequestEntry> late(SendMessageBatchRequest batch) {
    return batch.entries().stream()
        .map(entry -> entry.toBuilder().delaySeconds(late(entry.delaySeconds())).build())
        .toList();
  }

  private int late(@Nullable Integer asked) {
    int least = asked == null ? 0 : asked;
    return Math.min(LONGEST, least + random.nextInt(seconds + 1));
  }
}
