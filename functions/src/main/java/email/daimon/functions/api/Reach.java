package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Inboxes;
import email.daimon.model.Inbox;
import email.daimon.wire.ErrorCode;
import java.util.Optional;

/** What a key reaches. What it does not reach is, for it, not there. */
public final class Reach {
  private final Inboxes inboxes;

  public Reach(Inboxes inboxes) {
    this.inboxes = requireNonNull(inboxes, "inboxes is null");
  }

  /** The inbox that {@code {id}} of the path names; else 404. */
  public Inbox inbox(Request request) {
    return inbox(request.caller(), request.path("id")).orElseThrow(Reach::noInbox);
  }

  /** An inbox by its id. */
  public Optional<Inbox> inbox(Caller caller, String inboxId) {
    if (caller.inbox().isPresent()) {
      return caller.inbox().filter(inbox -> inbox.id().equals(inboxId));
    }
    return inboxes.find(inboxId).filter(inbox -> inbox.accountId().equals(caller.account().id()));
  }

  /** The same answer whether the id is another's or never was. */
  public static ApiException noInbox() {
    return new ApiException(
            ErrorCode.INBOX_NOT_FOUND,
            "There is no such inbox, or this key does not reach it.",
            "Take an id from the list of inboxes, or the key of that inbox.")
        .next("List your inboxes with GET /v1/inboxes");
  }
}
