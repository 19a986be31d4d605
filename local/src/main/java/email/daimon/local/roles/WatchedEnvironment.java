package email.daimon.local.roles;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An environment that says which of its variables are looked up. */
public final class WatchedEnvironment extends AbstractMap<String, String> {
  private final Map<String, String> environment;
  private final Consumer<String> reader;

  public WatchedEnvironment(Map<String, String> environment, Consumer<String> reader) {
    this.environment = Map.copyOf(environment);
    this.reader = reader;
  }

  @Override
  public @Nullable String get(Object name) {
    reader.accept(String.valueOf(name));
    return environment.get(name);
  }

  @Override
  public boolean containsKey(Object name) {
    reader.accept(String.valueOf(name));
    return environment.containsKey(name);
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return environment.entrySet();
  }
}
