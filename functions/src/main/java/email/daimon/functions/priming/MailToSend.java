package email.daimon.functions.priming;

import email.daimon.functions.Wiring;
import email.daimon.functions.store.DocumentCodec;
import email.daimon.functions.store.SendJob;
import email.daimon.functions.store.Sends;
import email.daimon.functions.store.Sends.Claim;
import email.daimon.functions.store.Sends.Submitted;
import email.daimon.functions.store.StoredDocument;
import email.daimon.functions.store.Submission;
import email.daimon.model.Account;
import email.daimon.model.Inbox;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import email.daimon.model.Outgoing;
import email.daimon.model.SendRecipient;
import email.daimon.model.SendTags;
import email.daimon.model.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A mail of a rehearsal that the API has taken, to one recipient, at once. */
public final class MailToSend {
  public static final String RECIPIENT = "ann@example.com";

  private MailToSend() {}

  /** Stores it, and says what the worker is told of it. */
  public static SendJob submit(Wiring wiring, Scene scene) {
    Instant now = wiring.clock().instant();
    Inbox inbox = scene.inbox();
    Account account = Account.opened(inbox.accountId(), Tier.GROWTH, now);
    Submission submission =
        new Submission(
            account,
            message(inbox, wiring.ids().next("msg", now), now),
            Optional.empty(),
            inbox.domain(),
            DocumentCodec.pack(StoredDocument.whole(MessageDocument.EMPTY)).beside(),
            Optional.empty(),
            (_, _) -> {});
    Submission.Ask ask =
        new Submission.Ask(account, inbox.id(), Optional.empty(), List.of(RECIPIENT));
    if (wiring.sends().submit(ask, _ -> submission) instanceof Submitted.Stored(Message stored)) {
      return SendJob.of(stored);
    }
    throw new IllegalStateException("a mail is not stored");
  }

  /** Stores one, and marks that the transport is called for it. */
  public static SendTags attempt(Wiring wiring, Scene scene) {
    SendJob job = submit(wiring, scene);
    Sends sends = wiring.sends();
    Sends.Task task = sends.find(job).orElseThrow();
    String attempt = "rehearsal";
    if (sends.claim(task.account(), task.message(), attempt, Optional.empty())
            instanceof Claim.Mine(Message claimed)
        && sends.attempting(claimed).isPresent()) {
      return new SendTags(job.accountId(), job.inboxId(), job.key(), attempt);
    }
    throw new IllegalStateException("a mail is not claimed");
  }

  private static Message message(Inbox inbox, String id, Instant now) {
    Outgoing way =
        Outgoing.asked(
            List.of(SendRecipient.open(RECIPIENT, "", SendRecipient.Kind.TO, now)),
            now.plus(Sends.UNTIL_SWEPT),
            Optional.empty(),
            Outgoing.Extras.NONE,
            Outgoing.Conditions.NONE,
            Optional.empty());
    return Message.toSend(
        id, inbox, List.of(RECIPIENT), List.of(), "Rehearsal", "", List.of(), 0, way, now);
  }
}
