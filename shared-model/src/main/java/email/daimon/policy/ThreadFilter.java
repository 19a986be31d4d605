package email.daimon.policy;

import static java.util.Objects.requireNonNull;

import email.daimon.model.MailThread;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which threads a list shows. Threads of nothing but flagged mail are in no list.
 *
 * @param search words, in lower case, that the subject must all hold
 */
public record ThreadFilter(Optional<String> label, Optional<Boolean> unread, List<String> search) {
  /** Every listed thread: what totals count. */
  public static final ThreadFilter ALL =
      new ThreadFilter(Optional.empty(), Optional.empty(), List.of());

  public ThreadFilter {
    requireNonNull(label, "label is null");
    requireNonNull(unread, "unread is null");
    search = List.copyOf(search);
  }

  /** The words of a search. */
  public static List<String> words(String search) {
    return List.of(search.toLowerCase(Locale.ROOT).strip().split("\\s+"));
  }

  /** Whether a thread is shown. */
  public boolean accepts(MailThread thread) {
    return thread.listed()
        && acceptsForGood(thread)
        && label.map(thread.labels()::contains).orElse(true)
        && unread.map(wanted -> wanted == thread.unread() > 0).orElse(true);
  }

  /** The part that no later change of the thread can turn. */
  public boolean acceptsForGood(MailThread thread) {
    String subject = thread.subject().toLowerCase(Locale.ROOT);
    return search.stream().allMatch(subject::contains);
  }
}
