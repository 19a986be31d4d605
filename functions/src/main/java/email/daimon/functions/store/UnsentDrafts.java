package email.daimon.functions.store;

import email.daimon.model.EventType;
import email.daimon.model.TextCut;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Takes drafts out of what is to be sent by itself. They keep their content and say why. */
final class UnsentDrafts {
  private static final int MOST_TOLD = 400;
  private final Table mail;
  private final DueIndex dueIndex;

  UnsentDrafts(Table mail, DueIndex dueIndex) {
    this.mail = mail;
    this.dueIndex = dueIndex;
  }

  /**
   * Adds to a transaction that a draft is not sent, and what tells of it.
   *
   * @param row as read
   * @param type that it failed, or was cancelled
   * @param why begins with a code
   * @param threadId of the thread that it was for
   */
  void add(
      UnitOfWork work,
      InboxLedger ledger,
      Item row,
      EventType type,
      String why,
      Optional<String> threadId,
      Instant now) {
    String id = DraftCodec.id(row);
    work.putVersion(mail, DraftCodec.unsent(row, why, now), row.number("version"));
    DraftCodec.sendAt(row).ifPresent(at -> dueIndex.remove(work, at, id));
    ledger.append(
        work,
        type,
        threadId,
        Optional.empty(),
        Map.of("draft_id", id, "reason", TextCut.head(why, MOST_TOLD)));
  }
}
