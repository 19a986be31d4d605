package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import email.daimon.DaimonException;
import email.daimon.functions.api.ApiException;
import email.daimon.functions.api.Request;
import email.daimon.functions.store.Accounts;
import email.daimon.functions.store.Draft;
import email.daimon.functions.store.DraftJob;
import email.daimon.functions.store.DraftRelease;
import email.daimon.functions.store.Drafts;
import email.daimon.functions.store.Inboxes;
import email.daimon.model.Account;
import email.daimon.model.AccountStatus;
import email.daimon.model.EventType;
import email.daimon.model.Inbox;
import email.daimon.wire.ErrorCode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * Sends a draft when its time has come, as its account would: the same gates, the same commit.
 * Where it is refused it stays a draft and says why, and an event tells of it.
 */
final class ScheduledDrafts implements DraftRelease {
  private static final Set<ErrorCode> OVERTAKEN =
      Set.of(ErrorCode.DRAFT_ALREADY_SENT, ErrorCode.REVISION_MISMATCH);
  private final Drafts drafts;
  private final Accounts accounts;
  private final Inboxes inboxes;
  private final SendResource sending;
  private final Conversations conversations;
  private final InstantSource clock;

  ScheduledDrafts(
      Drafts drafts,
      Accounts accounts,
      Inboxes inboxes,
      SendResource sending,
      Conversations conversations,
      InstantSource clock) {
    this.drafts = requireNonNull(drafts, "drafts is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.inboxes = requireNonNull(inboxes, "inboxes is null");
    this.sending = requireNonNull(sending, "sending is null");
    this.conversations = requireNonNull(conversations, "conversations is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public void release(DraftJob job) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Optional<Draft> draft =
        drafts
            .find(job.inboxId(), job.draftId())
            .filter(one -> one.sent().isEmpty())
            .filter(one -> one.sendAt().filter(at -> !at.isAfter(now)).isPresent());
    Optional<Inbox> inbox = inboxes.find(job.inboxId());
    Optional<Account> account = inbox.flatMap(one -> accounts.find(one.accountId()));
    if (draft.isPresent() && account.isPresent()) {
      release(draft.get(), inbox.get(), account.get(), now);
    }
  }

  private void release(Draft draft, Inbox inbox, Account account, Instant now) {
    try {
      if (account.status() == AccountStatus.SUSPENDED) {
        throw new ApiException(ErrorCode.ACCOUNT_SUSPENDED, "The account is suspended.", "");
      }
      String path = "/v1/inboxes/" + inbox.id() + "/drafts/" + draft.id() + "/send";
      Request request = Request.ofPlatform(account, path, now);
      sending
          .planDue(request, inbox, draft, thread -> refuseAnswered(draft, thread))
          .carryOut(request);
    } catch (AnsweredException answered) {
      drafts.unsent(
          account,
          draft,
          EventType.MESSAGE_CANCELLED,
          Drafts.REPLIED,
          Optional.of(answered.threadId),
          now);
    } catch (ApiException refusal) {
      if (!OVERTAKEN.contains(refusal.error())) {
        String why = refusal.error().name() + ": " + refusal.getMessage();
        Optional<String> thread = DraftContent.text(DraftContent.of(draft), "thread_id");
        drafts.unsent(account, draft, EventType.MESSAGE_FAILED, why, thread, now);
      }
    }
  }

  // An answer takes back what waits in its thread. What the mail goes into may be another thread,
  // which was not there yet when it began to wait; nothing comes to that one before the commit.
  private void refuseAnswered(Draft draft, String thread) {
    if (draft
        .waiting()
        .filter(waiting -> conversations.answered(draft, waiting, thread))
        .isPresent()) {
      throw new AnsweredException(thread);
    }
  }

  /** Somebody was faster. */
  private static final class AnsweredException extends DaimonException {
    private static final long serialVersionUID = 1L;

    private final String threadId;

    private AnsweredException(String threadId) {
      super("the thread was answered first");
      this.threadId = threadId;
    }
  }
}
