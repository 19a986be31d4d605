package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.api.Holding.Look;
import email.daimon.functions.store.MessageLists;
import email.daimon.functions.store.MessagePage;
import email.daimon.functions.store.Span;
import email.daimon.policy.AwaitedMail;
import email.daimon.policy.MessageFilter;
import java.time.Duration;
import java.util.Optional;

/** Looks through an inbox for the mail that somebody waits for, from a mark on. */
final class MailSearch {
  private static final int AT_ONCE = 20;
  private static final Duration REST = Duration.ofMillis(1);
  private final MessageLists lists;
  private final String inboxId;
  private final MessageFilter filter;
  private final AwaitedMail wanted;
  private long mark;
  private int unverified;

  MailSearch(
      MessageLists lists, String inboxId, MessageFilter filter, AwaitedMail wanted, long mark) {
    this.lists = requireNonNull(lists, "lists is null");
    this.inboxId = requireNonNull(inboxId, "inboxId is null");
    this.filter = requireNonNull(filter, "filter is null");
    this.wanted = requireNonNull(wanted, "wanted is null");
    this.mark = mark;
  }

  /**
   * What was found.
   *
   * @param mark inbox time up to which everything was looked at
   * @param unverified how many fitted, but for their senders
   * @param more whether there is more to be looked at already
   */
  record Finding(Optional<MessagePage.Row> row, long mark, int unverified, boolean more) {}

  Look<Finding> look() {
    // One read unit where nothing has happened to the inbox since.
    if (lists.counters(inboxId).inboxTime() <= mark) {
      return new Look<>(finding(Optional.empty(), false), false, REST);
    }
    MessagePage page =
        lists.page(
            new MessageLists.Request(
                inboxId, filter, new Span(mark + 1, Long.MAX_VALUE), true, 0, AT_ONCE, true));
    for (MessagePage.Row row : page.rows()) {
      if (wanted.fits(row.message())) {
        if (wanted.believes(row.message())) {
          mark = row.message().key().inboxTime();
          return new Look<>(finding(Optional.of(row), false), true, REST);
        }
        unverified++;
      }
    }
    mark = Math.max(mark, page.more() ? page.last() : page.settled());
    return new Look<>(
        finding(Optional.empty(), page.more()), false, page.more() ? Duration.ZERO : REST);
  }

  private Finding finding(Optional<MessagePage.Row> row, boolean more) {
    return new Finding(row, mark, unverified, more);
  }
}
