package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.api.Access;
import email.daimon.functions.api.ApiException;
import email.daimon.functions.api.Cursors;
import email.daimon.functions.api.Paging;
import email.daimon.functions.api.Plan;
import email.daimon.functions.api.Reply;
import email.daimon.functions.api.Request;
import email.daimon.functions.api.Route;
import email.daimon.functions.store.Suppressions;
import email.daimon.wire.ErrorCode;
import email.daimon.wire.Json;
import java.util.List;
import java.util.Locale;

/** {@code /v1/suppressions}: the addresses that an account sends nothing more to. */
final class SuppressionResource {
  private final Suppressions suppressions;
  private final Cursors cursors;

  SuppressionResource(Suppressions suppressions, Cursors cursors) {
    this.suppressions = requireNonNull(suppressions, "suppressions is null");
    this.cursors = requireNonNull(cursors, "cursors is null");
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/suppressions", Access.ACCOUNT, this::list),
        Route.delete("/v1/suppressions/{address}", Access.ACCOUNT, this::remove));
  }

  private Plan list(Request request) {
    String accountId = request.caller().account().id();
    Paging paging = Paging.read(request, cursors, accountId + " suppressions");
    return Plan.of(() -> {
      Suppressions.Page page =
          suppressions.list(accountId, paging.place().orElse(""), paging.limit());
      var result = Json.object();
      var array = result.putArray("suppressions");
      page.suppressions().forEach(one -> array.add(SuppressionJson.of(one)));
      result.putNull("total");
      paging.close(result, page.next());
      Reply reply = Reply.ok(result);
      page.suppressions().stream()
          .findFirst()
          .ifPresent(one ->
              reply.next(
                  "Lift one with DELETE /v1/suppressions/"
                      + SuppressionJson.encoded(one.address())));
      return reply;
    });
  }

  private Plan remove(Request request) {
    String address = request.path("address").toLowerCase(Locale.ROOT);
    String accountId = request.caller().account().id();
    if (suppressions.among(accountId, List.of(address)).isEmpty()) {
      throw new ApiException(
              ErrorCode.SUPPRESSION_NOT_FOUND,
              "This address is not suppressed.",
              "Take an address from the list of suppressions.")
          .next("List them with GET /v1/suppressions");
    }
    return Plan.of(() -> {
      suppressions.remove(accountId, address);
      return Reply.ok(Json.object().put("address", address).put("deleted", true))
          .next("Mail may go to it again; if it bounces again, it is suppressed again");
    });
  }
}
