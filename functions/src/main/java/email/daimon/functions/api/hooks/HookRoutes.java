package email.daimon.functions.api.hooks;

import static java.util.Objects.requireNonNull;

import email.daimon.Once;
import email.daimon.functions.Wiring;
import email.daimon.functions.api.Cursors;
import email.daimon.functions.api.Paywall;
import email.daimon.functions.api.Reach;
import email.daimon.functions.api.Route;
import email.daimon.functions.webhook.HostCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the routes of webhooks together. What calls out is made by the first that calls: every
 * function of the API has these routes, and one serves them.
 */
public final class HookRoutes {
  private final Wiring wiring;
  private final Reach reach;
  private final Paywall paywall;

  public HookRoutes(Wiring wiring, Reach reach, Paywall paywall) {
    this.wiring = requireNonNull(wiring, "wiring is null");
    this.reach = requireNonNull(reach, "reach is null");
    this.paywall = requireNonNull(paywall, "paywall is null");
  }

  /** All of them. */
  public List<Route> routes(Cursors cursors) {
    HookGate gate = new HookGate(paywall);
    HookReach hooks = new HookReach(wiring.hooks().webhooks());
    boolean strict = wiring.settings().strictWebhooks();
    Once<HostCheck> hosts = new Once<>(() -> new HostCheck(strict));
    WebhookFields fields = new WebhookFields(reach, hosts, strict);
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        new WebhookCreate(
                wiring.hooks().webhooks(),
                wiring.hooks().webhookSecrets(),
                wiring.ids(),
                fields,
                gate)
            .routes());
    routes.addAll(new WebhookList(wiring.hooks().webhooks(), reach, cursors).routes());
    ReplayResource replay =
        new ReplayResource(
            hooks,
            gate,
            wiring.hooks().replays(),
            wiring.jobs(),
            wiring.jobQueue(),
            wiring.transactions(),
            wiring.ids());
    routes.addAll(replay.routes());
    routes.addAll(
        new WebhookResource(
                wiring.hooks().webhooks(),
                wiring.hooks().webhookSecrets(),
                wiring.jobQueue(),
                wiring.hooks().webhookQueue(),
                hooks,
                fields,
                gate,
                replay)
            .routes());
    routes.addAll(
        new DeliveryResource(
                hooks, gate, wiring.hooks().deliveries(), wiring.hooks().webhookQueue(), cursors)
            .routes());
    routes.addAll(
        new TestResource(
                hooks,
                gate,
                wiring.hooks().endpoints(),
                wiring.hooks().webhookSecrets(),
                wiring.hooks().callPlaces(),
                new Once<>(wiring.hooks()::webhookPost),
                wiring.settings().publicUrl())
            .routes());
    return routes;
  }
}
