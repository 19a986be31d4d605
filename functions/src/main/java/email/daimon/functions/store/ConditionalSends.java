package email.daimon.functions.store;

import email.daimon.model.Account;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.model.Outgoing;
import email.daimon.policy.OwnAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Takes back what was to be sent unless somebody answers first, in the very commit that stores the
 * answer. Automatic mail is no answer, nor is what the inbox sends itself; flagged mail may be
 * forged.
 */
final class ConditionalSends {
  /** How many of one thread fit into the transaction of a mail. */
  static final int MOST = 5;

  private final Table mail;
  private final SendChanges changes;

  ConditionalSends(Table mail, SendChanges changes) {
    this.mail = mail;
    this.changes = changes;
  }

  /** The thread after an arrival, with those mails gone from it that the arrival takes back. */
  MailThread answeredBy(
      Message arrival, MailThread thread, UnitOfWork work, InboxLedger ledger, Account account) {
    if (thread.conditional().isEmpty() || arrival.flagged()) {
      return thread;
    }
    List<Map<String, AttributeValue>> rows =
        thread.conditional().stream()
            .limit(MOST)
            .map(key -> Item.key(Keys.inbox(thread.inboxId()), Keys.message(key)))
            .toList();
    List<MessageKey> left = new ArrayList<>(thread.conditional().stream().skip(MOST).toList());
    for (Item row : mail.getAll(rows)) {
      Message waiting = MessageCodec.message(row);
      Outgoing way = waiting.outgoing().orElseThrow();
      if (way.revocable() && answers(arrival, waiting, way)) {
        changes.cancel(work, ledger, account, waiting);
      } else if (way.revocable()) {
        left.add(waiting.key());
      }
    }
    return thread.waiting(left.stream().sorted().toList());
  }

  private static boolean answers(Message arrival, Message waiting, Outgoing way) {
    boolean somebodyElse = !OwnAddress.same(arrival.from(), waiting.from());
    return switch (way.conditions().unlessReplied()) {
      case NOBODY -> false;
      case SOMEBODY -> somebodyElse && !arrival.automatic();
      case ANYBODY -> somebodyElse;
    };
  }
}
