package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.Wiring;
import email.daimon.functions.store.Accounts;
import email.daimon.functions.store.ApiKeys;
import email.daimon.functions.store.Inboxes;
import email.daimon.model.Inbox;
import email.daimon.wire.InboxJson;
import java.net.URI;
import java.util.List;

/** {@code /v1/inboxes}. */
final class InboxResource {
  private final Inboxes inboxes;
  private final Reach reach;
  private final URI publicUrl;

  InboxResource(
      Wiring wiring,
      Inboxes inboxes,
      Accounts accounts,
      ApiKeys keys,
      Reach reach,
      Cursors cursors) {
    this.inboxes = requireNonNull(inboxes, "inboxes is null");
    this.reach = requireNonNull(reach, "reach is null");
    this.publicUrl = wiring.settings().publicUrl();
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/inboxes/{id}", Access.READ, this::get));
  }

  private Plan get(Request request) {
    Inbox inbox = reach.inbox(request);
    return Plan.of(() ->
        Reply.ok(
                InboxJson.of(
                    inbox,
                    request.caller().account().tier(),
                    inboxes.counters(inbox.id()),
                    publicUrl))
            .next("Read its mail with GET /v1/inboxes/" + inbox.id() + "/messages"));
  }
}
