package email.daimon.functions.store;

import email.daimon.model.MailThread;
import java.util.List;
import java.util.Optional;

/**
 * A page of threads.
 *
 * @param more whether something may follow
 * @param last the last thread looked at: where the next page goes on
 */
public record ThreadPage(List<MailThread> rows, boolean more, Optional<ThreadPlace> last) {
  public ThreadPage {
    rows = List.copyOf(rows);
  }
}
