package email.daimon.functions.api;

import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.api.hooks.HookRoutes;
import email.daimon.functions.api.send.SendRoutes;
import email.daimon.functions.store.Accounts;
import email.daimon.functions.store.ApiKeys;
import email.daimon.functions.store.Inboxes;
import email.daimon.functions.store.Mailbox;
import email.daimon.functions.store.MessageLists;
import email.daimon.functions.store.RequestRate;
import email.daimon.functions.store.SigningSecrets;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the API together. Every API function has the whole table of routes, so that each can name
 * the nearest one and the methods of a path; which function gets which request is decided by the
 * routes of {@code template.yaml}, by permission.
 */
public final class Composition {
  private Composition() {}

  /** Everything behind the routes. */
  public static Pipeline of(Wiring wiring) {
    Accounts accounts = wiring.accounts();
    ApiKeys keys = wiring.apiKeys();
    Inboxes inboxes = wiring.inboxes();
    SigningSecrets secrets = wiring.signingSecrets();
    Reach reach = new Reach(inboxes);
    Cursors cursors = new Cursors(secrets);
    URI publicUrl = wiring.settings().publicUrl();
    UpgradeLinks links = new UpgradeLinks(secrets, publicUrl);
    Paywall paywall = new Paywall(links, wiring.settings());
    RequestRate rate = RequestRate.of(wiring.work(), wiring.settings().environment());
    Authenticator authenticator = new Authenticator(keys, accounts, inboxes, rate);
    InboxCreate create =
        new InboxCreate(wiring.settings(), wiring.ids(), inboxes, accounts, keys, paywall);

    List<Route> routes = new ArrayList<>();
    routes.add(Route.post("/v1/inboxes", Access.SIGNUP, create::prepare));
    routes.addAll(new InboxList(inboxes, accounts, cursors, publicUrl).routes());
    routes.addAll(
        new InboxResource(
                inboxes,
                keys,
                wiring.hooks().webhooks(),
                wiring.jobs(),
                wiring.jobQueue(),
                reach,
                publicUrl)
            .routes());
    Mailbox mailbox = wiring.mailbox();
    MessageLists messageLists = wiring.messageLists();
    MessageResource messages =
        new MessageResource(
            reach,
            new MessageList(reach, cursors, messageLists),
            mailbox,
            wiring.documents(),
            wiring.blobs(),
            new UnsentMail(wiring.sends(), wiring.sendQueue()));
    routes.addAll(messages.routes());
    routes.addAll(new AttachmentResource(messages, mailbox, wiring.blobs()).routes());
    ThreadList threads =
        new ThreadList(reach, cursors, inboxes, wiring.threadLists(), wiring.accountTotals());
    routes.addAll(
        new ThreadResource(
                reach,
                threads,
                new ThreadReading(cursors, messageLists, wiring.documents()),
                mailbox,
                wiring.jobQueue())
            .routes());
    routes.addAll(new InboxPage().routes());
    routes.addAll(new KeyResource(keys, reach, wiring.ids(), cursors).routes());
    routes.addAll(new AccountResource(accounts, wiring.hooks().webhooks(), links).routes());
    UpgradeTexts upgradeTexts = new UpgradeTexts(wiring.settings());
    routes.addAll(
        new UpgradeResource(
                wiring.upgrades(), accounts, links, paywall, upgradeTexts, authenticator::forget)
            .routes());
    routes.addAll(
        new UpgradePage(wiring.upgrades(), accounts, links, upgradeTexts, authenticator::forget)
            .routes());
    routes.addAll(new PageResource().routes());
    routes.addAll(new SendRoutes(wiring, reach, paywall).routes(cursors));
    routes.addAll(new HookRoutes(wiring, reach, paywall).routes(cursors));
    EventFeed feed = new EventFeed(reach, cursors, wiring.events());
    AfterMark marks = new AfterMark(cursors, mailbox);
    MessageWait messageWait = new MessageWait(reach, marks, messageLists);
    routes.add(Route.get("/v1/events", Access.READ, feed::prepare));
    routes.add(Route.get("/v1/inboxes/{id}/messages/wait", Access.READ, messageWait::prepare));
    routes.addAll(new CodeResource(reach, cursors, marks, wiring.mailCodes()).routes());
    routes.addAll(new LaterResource(paywall).routes());

    Router router = new Router(routes);
    boolean signupOpen = wiring.settings().signup() == Settings.Signup.OPEN;
    return new Pipeline(
        router,
        authenticator,
        new Idempotency(wiring.claims(), new SealedReply(wiring.random())),
        new NextSteps(router, signupOpen),
        new Envelope(publicUrl),
        wiring.clock());
  }
}
