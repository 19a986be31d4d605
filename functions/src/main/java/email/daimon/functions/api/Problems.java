package email.daimon.functions.api;

import email.daimon.wire.Nearest;
import email.daimon.wire.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Gathers what is wrong with a request, so that one answer names all of it. */
public final class Problems {
  private static final int MOST = 20;
  private final List<Problem> found = new ArrayList<>();

  public void add(String path, String message) {
    add(path, message, Optional.empty());
  }

  void unknown(String kind, String path, String name, Collection<String> valid) {
    add(path, "is no " + kind + " of this route", Nearest.of(name, valid));
  }

  void add(String path, String message, Optional<String> nearest) {
    if (found.size() < MOST) {
      found.add(new Problem(path, message, nearest));
    }
  }

  /** Throws the 400 where anything was found. */
  void refuse() {
    if (!found.isEmpty()) {
      throw ApiException.validation(found);
    }
  }
}
