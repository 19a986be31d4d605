package email.daimon;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes something when it is first asked for, once, whoever asks first. */
public final class Once<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private @Nullable T made;

  public Once(Supplier<T> maker) {
    this.maker = requireNonNull(maker, "maker is null");
  }

  @Override
  public synchronized T get() {
    T thing = made == null ? maker.get() : made;
    made = thing;
    return thing;
  }
}
