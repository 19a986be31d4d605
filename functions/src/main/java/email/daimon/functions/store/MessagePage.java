package email.daimon.functions.store;

import email.daimon.model.InboxCounters;
import email.daimon.model.ListForm;
import email.daimon.model.Message;
import java.util.List;

/**
 * A page of messages.
 *
 * @param more whether something may follow
 * @param last inbox time of the last message looked at: where the next page goes on
 * @param settled nothing at or before this inbox time can still appear, and everything after it is
 *     newer than this page
 * @param counters of the inbox, as they were just before
 */
public record MessagePage(
    List<Row> rows, boolean more, long last, long settled, InboxCounters counters) {
  /** A message and what a list shows of its texts. */
  public record Row(Message message, ListForm form) {}

  public MessagePage {
    rows = List.copyOf(rows);
  }

  /** A page of nothing. */
  static MessagePage empty(MessageLists.Request request, InboxCounters counters) {
    return new MessagePage(List.of(), false, request.start(), counters.inboxTime(), counters);
  }

  /** The first rows alone, where a reply cannot hold them all. */
  public MessagePage head(int count) {
    if (count >= rows.size()) {
      return this;
    }
    long end = rows.get(count - 1).message().key().inboxTime();
    return new MessagePage(rows.subList(0, count), true, end, settled, counters);
  }
}
