package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;

/** What an owner changes of a message; what is empty stays as it is. */
public record MessageChange(Optional<Boolean> read, Optional<Set<String>> labels) {
  public MessageChange {
    requireNonNull(read, "read is null");
    requireNonNull(labels, "labels is null");
  }
}
