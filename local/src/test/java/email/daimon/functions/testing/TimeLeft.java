package email.daimon.functions.testing;

import com.amazonaws.services.lambda.runtime.Context;
import java.lang.reflect.Proxy;
import java.time.Duration;

/** A call's context that knows only how much time is left. */
public final class TimeLeft {
  private TimeLeft() {}

  public static Context of(Duration left) {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (_, method, _) -> {
              if (method.getName().equals("getRemainingTimeInMillis")) {
                return (int) left.toMillis();
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
