package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.MessageLists.Request;
import email.daimon.functions.store.MessagePage.Row;
import email.daimon.model.ListForm;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Makes rows of candidates with one batch of strong reads: their texts, the heads of their threads
 * (a thread that is deleted or merged counts at once, though its rows are mended later) and, where
 * an index named them, the rows themselves.
 */
final class PageReader {
  /** Candidates whose keys, at most three each, are one batch of DynamoDB. */
  static final int CHUNK = 33;

  private static final ListForm NONE = ListForm.EMPTY;
  private final Table mail;
  private final ThreadReads threads;

  PageReader(Table mail) {
    this.mail = requireNonNull(mail, "mail is null");
    this.threads = new ThreadReads(mail);
  }

  /** The candidates that pass, in their order. */
  List<Row> read(Request request, List<Candidate> chunk, ReadBudget budget) {
    Found found = fetch(request, chunk, budget);
    List<Row> rows = new ArrayList<>();
    for (Candidate candidate : chunk) {
      Optional<Message> message =
          candidate.settled()
              ? candidate.image()
              : Optional.ofNullable(found.rows.get(candidate.key()));
      message
          .flatMap(row ->
              request
                  .filter()
                  .threadId()
                  .map(thread -> placed(row, thread))
                  .or(() -> inItsThread(row, found)))
          .filter(request.filter()::accepts)
          .ifPresent(
              row -> rows.add(new Row(row, found.forms.getOrDefault(candidate.key(), NONE))));
    }
    return rows;
  }

  /** The head of a thread, or of the one that it was merged into. */
  Optional<MailThread> head(String inboxId, String threadId) {
    return threads.surviving(inboxId, threadId);
  }

  private Optional<Message> inItsThread(Message row, Found found) {
    MailThread head = found.heads.get(row.threadId());
    if (head == null) {
      return Optional.of(row);
    }
    Optional<MailThread> surviving =
        head.mergedInto().isPresent() ? head(row.inboxId(), head.id()) : Optional.of(head);
    return surviving
        .filter(thread -> thread.deletedAt().isEmpty())
        .map(thread -> thread.id().equals(row.threadId()) ? row : placed(row, thread.id()));
  }

  private static Message placed(Message row, String threadId) {
    return row.placed(row.key().inboxTime(), threadId);
  }

  private static final class Found {
    private final Map<MessageKey, Message> rows = new HashMap<>();
    private final Map<MessageKey, ListForm> forms = new HashMap<>();
    private final Map<String, MailThread> heads = new HashMap<>();
  }

  private Found fetch(Request request, List<Candidate> chunk, ReadBudget budget) {
    String inbox = Keys.inbox(request.inboxId());
    Set<Map<String, AttributeValue>> keys = new LinkedHashSet<>();
    for (Candidate candidate : chunk) {
      if (request.texts()) {
        keys.add(Item.key(inbox, Keys.body(candidate.key())));
      }
      if (!candidate.settled()) {
        keys.add(Item.key(inbox, Keys.message(candidate.key())));
      }
      if (request.filter().threadId().isEmpty()) {
        candidate.image().ifPresent(row -> keys.add(Item.key(inbox, Keys.thread(row.threadId()))));
      }
    }
    Found found = new Found();
    for (Item item : mail.getAll(keys)) {
      String sk = item.text("sk");
      switch (sk.substring(0, 2)) {
        case "M#" -> found.rows.put(MessageCodec.key(item), MessageCodec.message(item));
        case "B#" ->
            found.forms.put(MessageKey.parse(sk.substring(2)), DocumentCodec.listForm(item));
        default -> found.heads.put(sk.substring(2), ThreadCodec.thread(item));
      }
      budget.item(item);
    }
    return found;
  }
}
