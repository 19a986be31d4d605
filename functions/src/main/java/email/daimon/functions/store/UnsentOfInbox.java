package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Account;
import email.daimon.model.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * What a deleted inbox was still to send: scheduled mails are cancelled, drafts deleted. What is
 * left over goes no further either: nothing is released from an inbox that is deleted. Files that
 * were put up and not sent expire by themselves.
 */
public final class UnsentOfInbox {
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 10;
  private final Table mail;
  private final Sends sends;
  private final Drafts drafts;

  public UnsentOfInbox(Table mail, Sends sends, Drafts drafts) {
    this.mail = requireNonNull(mail, "mail is null");
    this.sends = requireNonNull(sends, "sends is null");
    this.drafts = requireNonNull(drafts, "drafts is null");
  }

  /** Takes back as many as one call may; how many these were. */
  int takeBack(String accountId, String inboxId) {
    return cancelScheduled(accountId, inboxId) + deleteDrafts(inboxId);
  }

  private int cancelScheduled(String accountId, String inboxId) {
    Optional<Account> account =
        mail.get(Keys.account(accountId), Keys.META).map(AccountCodec::account);
    int cancelled = 0;
    Map<String, AttributeValue> from = Map.of();
    for (int pages = 0; pages < MOST_PAGES && account.isPresent(); pages++) {
      Map<String, AttributeValue> start = from;
      QueryResponse page =
          mail.query(query -> {
            query
                .indexName("by2")
                .keyConditionExpression("i2pk = :pk")
                .expressionAttributeValues(
                    Map.of(":pk", AttributeValue.fromS(Keys.scheduled(inboxId))))
                .limit(PAGE);
            if (!start.isEmpty()) {
              query.exclusiveStartKey(start);
            }
          });
      for (Map<String, AttributeValue> row : page.items()) {
        Message message = MessageCodec.message(Item.read(row));
        // The index may lag: what is cancelled already is no change.
        boolean waits = sends.find(inboxId, message.key()).filter(now -> waits(now)).isPresent();
        if (waits && sends.cancel(account.get(), inboxId, message.key()).isPresent()) {
          cancelled++;
        }
      }
      from = page.lastEvaluatedKey();
      if (from.isEmpty()) {
        break;
      }
    }
    return cancelled;
  }

  private static boolean waits(Message message) {
    return message.outgoing().filter(way -> way.revocable()).isPresent();
  }

  private int deleteDrafts(String inboxId) {
    int deleted = 0;
    Optional<String> after = Optional.of("");
    for (int pages = 0; pages < MOST_PAGES && after.isPresent(); pages++) {
      Drafts.Page page = drafts.list(inboxId, after.get(), PAGE);
      List<Draft> found = page.drafts();
      deleted += (int) found.stream().filter(drafts::delete).count();
      after = page.next();
    }
    return deleted;
  }
}
