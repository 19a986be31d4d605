package email.daimon.mime;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Gathers the warnings of one mail, each once. */
final class Warnings {
  private final Set<Warning> raised = EnumSet.noneOf(Warning.class);

  void raise(Warning warning) {
    raised.add(warning);
  }

  List<Warning> all() {
    return List.copyOf(raised);
  }
}
