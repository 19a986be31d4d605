package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.wire.ErrorPage;
import java.util.List;

/** Pages for people: what an error means, and where upgrade links lead. */
final class PageResource {
  private final UpgradeLinks links;

  PageResource(UpgradeLinks links) {
    this.links = requireNonNull(links, "links is null");
  }

  List<Route> routes() {
    return List.of(
        Route.get("/docs/errors", Access.PUBLIC, _ -> Plan.of(() -> errors())),
        Route.get("/upgrade", Access.PUBLIC, this::upgrade),
        Route.get("/approve/{token}", Access.PUBLIC, _ -> Plan.of(() -> approve())),
        Route.post("/approve/{token}", Access.PUBLIC, PageResource::approveAnything));
  }

  private static Reply errors() {
    return Reply.page(200, ErrorPage.html());
  }

  private Plan upgrade(Request request) {
    boolean good =
        request
            .query()
            .text("token")
            .flatMap(token -> links.read(token, request.now()))
            .isPresent();
    return Plan.of(() ->
        good
            ? page(501, "Upgrading is not built yet. The link is good; nothing was charged.")
            : page(400, "This link is not ours, or older than seven days."));
  }

  private static Plan approveAnything(Request request) {
    request.takeAnything();
    return Plan.of(PageResource::approve);
  }

  private static Reply approve() {
    return page(501, "Approvals are not built yet.");
  }

  private static Reply page(int status, String text) {
    return Reply.page(
        status,
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>daimon</title>"
            + "</head><body><p>"
            + text
            + "</p></body></html>");
  }
}
