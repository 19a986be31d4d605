package email.daimon.functions.api;

import email.daimon.wire.ErrorPage;
import java.util.List;

/** Pages for people: what an error means, and where approval links lead. */
final class PageResource {
  List<Route> routes() {
    return List.of(
        Route.get("/docs/errors", Access.PUBLIC, _ -> Plan.of(() -> errors())),
        Route.get("/approve/{token}", Access.PUBLIC, _ -> Plan.of(() -> approve())),
        Route.post("/approve/{token}", Access.PUBLIC, PageResource::approveAnything));
  }

  private static Reply errors() {
    return Reply.page(200, ErrorPage.html());
  }

  private static Plan approveAnything(Request request) {
    request.takeAnything();
    return Plan.of(PageResource::approve);
  }

  private static Reply approve() {
    return Page.of(501, "Approvals", "Approvals are not built yet.");
  }
}
