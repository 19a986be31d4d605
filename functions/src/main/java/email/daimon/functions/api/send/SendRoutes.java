package email.daimon.functions.api.send;

import email.daimon.functions.Wiring;
import email.daimon.functions.api.Cursors;
import email.daimon.functions.api.Paywall;
import email.daimon.functions.api.Reach;
import email.daimon.functions.api.Route;
import email.daimon.functions.queue.SendQueue;
import email.daimon.functions.store.Sends;
import java.util.ArrayList;
import java.util.List;

/** Puts the routes of sending together. */
public final class SendRoutes {
  private SendRoutes() {}

  /** All of them. */
  public static List<Route> of(Wiring wiring, Reach reach, Cursors cursors, Paywall paywall) {
    Sends sends = wiring.sends();
    SendQueue queue = wiring.sendQueue();
    SendGates gates =
        new SendGates(
            wiring.accounts(),
            wiring.suppressions(),
            wiring.sendQuota(),
            wiring.sendBurst(),
            SendLimits.of(wiring.settings()),
            new SendRefusals(paywall));
    OutgoingFiles files = new OutgoingFiles(wiring.blobs(), wiring.uploads());
    OutgoingMails mails = new OutgoingMails(wiring.blobs(), files, sends, gates);
    Posting posting = new Posting(wiring.ids(), gates, mails, sends, wiring.clientIds(), queue);
    Conversations conversations =
        new Conversations(
            wiring.mailbox(), wiring.messageLists(), wiring.documents(), wiring.messageIdIndex());
    AttachmentFields attachments =
        new AttachmentFields(wiring.uploads(), wiring.documents(), wiring.messageLists());
    List<Route> routes = new ArrayList<>();
    routes.addAll(new SendResource(reach, conversations, attachments, posting).routes());
    routes.addAll(
        new AnswerResource(reach, wiring.documents(), conversations, attachments, posting)
            .routes());
    routes.addAll(
        new ForwardResource(reach, wiring.documents(), conversations, attachments, posting)
            .routes());
    routes.addAll(new ResolveResource(reach, wiring.documents(), sends, queue).routes());
    routes.addAll(new UploadResource(reach, wiring.uploads(), wiring.ids()).routes());
    routes.addAll(new SuppressionResource(wiring.suppressions(), cursors).routes());
    return routes;
  }
}
