package email.daimon.local.services;

import email.daimon.functions.webhook.Answer;
import email.daimon.functions.webhook.Letter;
import email.daimon.functions.webhook.Post;
import email.daimon.local.services.Fault.Step;
import email.daimon.model.AttemptOutcome;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Puts faults between the function that calls webhooks and their servers. */
public final class FaultyPost implements Post {
  private final Post post;
  private final Faults faults;

  public FaultyPost(Post post, Faults faults) {
    this.post = Objects.requireNonNull(post);
    this.faults = Objects.requireNonNull(faults);
  }

  @Override
  public Answer send(Letter letter, Runnable slow) {
    Optional<Fault> fault = faults.next(Step.WEBHOOK_POST);
    if (fault.isEmpty()) {
      return post.send(letter, slow);
    }
    return switch (fault.get().action()) {
      case FAIL, CONFLICT -> broken("a fault that was asked for");
      case LOSE -> {
        var _ = post.send(letter, slow);
        yield broken("the answer was lost (a fault that was asked for)");
      }
      case TWICE -> {
        var _ = post.send(letter, slow);
        yield post.send(letter, slow);
      }
      case DELAY -> {
        fault.get().pause();
        yield post.send(letter, slow);
      }
    };
  }

  private static Answer broken(String text) {
    return Answer.none(AttemptOutcome.CONNECTION, Duration.ZERO, text);
  }
}
