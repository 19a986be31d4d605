package email.daimon.functions.api;

import email.daimon.functions.Wiring;
import email.daimon.functions.api.send.SendRoutes;
import email.daimon.functions.store.DraftRelease;

/** The way of a worker to drafts whose time has come. */
public final class DraftDesk {
  private DraftDesk() {}

  /** What releases them. */
  public static DraftRelease of(Wiring wiring) {
    UpgradeLinks links = new UpgradeLinks(wiring.signingSecrets(), wiring.settings().publicUrl());
    return new SendRoutes(
            wiring, new Reach(wiring.inboxes()), new Paywall(links, wiring.settings()))
        .draftRelease();
  }
}
