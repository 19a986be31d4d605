package email.daimon.functions.store;

import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import java.util.Comparator;
import java.util.Optional;

/**
 * A message that may belong on a page.
 *
 * @param image how it looked where it was found; empty where only its key is known
 * @param settled whether the image was read strongly and needs no second look
 */
record Candidate(MessageKey key, Optional<Message> image, boolean settled) {
  static Comparator<Candidate> order(boolean ascending) {
    Comparator<Candidate> oldestFirst = Comparator.comparing(Candidate::key);
    return ascending ? oldestFirst : oldestFirst.reversed();
  }
}
