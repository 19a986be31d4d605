package email.daimon.functions.api.send;

import email.daimon.functions.SendLimits;
import email.daimon.functions.Wiring;
import email.daimon.functions.api.Cursors;
import email.daimon.functions.api.Paywall;
import email.daimon.functions.api.Reach;
import email.daimon.functions.api.Route;
import email.daimon.functions.queue.SendQueue;
import email.daimon.functions.store.DraftRelease;
import email.daimon.functions.store.Sends;
import java.util.ArrayList;
import java.util.List;

/** Puts the routes of sending together. */
public final class SendRoutes {
  private final Wiring wiring;
  private final Reach reach;
  private final Sends sends;
  private final SendQueue queue;
  private final OutgoingFiles files;
  private final Posting posting;
  private final Conversations conversations;
  private final AttachmentFields attachments;
  private final SendResource sending;

  public SendRoutes(Wiring wiring, Reach reach, Paywall paywall) {
    this.wiring = wiring;
    this.reach = reach;
    sends = wiring.sends();
    queue = wiring.sendQueue();
    files = new OutgoingFiles(wiring.blobs(), wiring.uploads());
    SendGates gates =
        new SendGates(
            wiring.accounts(),
            wiring.sendQuota(),
            wiring.sendBurst(),
            SendLimits.of(wiring.settings()),
            new SendRefusals(paywall));
    posting =
        new Posting(
            wiring.ids(),
            gates,
            new OutgoingMails(wiring.blobs(), files, sends, gates),
            sends,
            wiring.mailbox(),
            wiring.clientIds(),
            queue);
    conversations =
        new Conversations(
            wiring.mailbox(), wiring.messageLists(), wiring.documents(), wiring.messageIdIndex());
    attachments = new AttachmentFields(wiring.uploads(), wiring.documents(), wiring.messageLists());
    sending = new SendResource(reach, conversations, attachments, wiring.drafts(), posting);
  }

  /** All of them. */
  public List<Route> routes(Cursors cursors) {
    List<Route> routes = new ArrayList<>(sending.routes());
    routes.addAll(
        new AnswerResource(reach, wiring.documents(), conversations, attachments, posting)
            .routes());
    routes.addAll(
        new ForwardResource(reach, wiring.documents(), conversations, attachments, posting)
            .routes());
    routes.addAll(new ResolveResource(reach, wiring.documents(), sends, queue).routes());
    routes.addAll(
        new DraftResource(
                reach,
                cursors,
                wiring.ids(),
                wiring.drafts(),
                new DraftFields(conversations, attachments),
                files,
                queue,
                sending)
            .routes());
    routes.addAll(new UploadResource(reach, wiring.uploads(), wiring.ids()).routes());
    routes.addAll(new SuppressionResource(wiring.suppressions(), cursors).routes());
    return routes;
  }

  /** What sends drafts whose time has come. */
  public DraftRelease draftRelease() {
    return new ScheduledDrafts(
        wiring.drafts(),
        wiring.accounts(),
        wiring.inboxes(),
        sending,
        conversations,
        wiring.clock());
  }
}
