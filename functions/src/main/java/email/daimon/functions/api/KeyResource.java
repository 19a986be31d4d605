package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.ApiKeys;
import email.daimon.functions.store.IssuedKey;
import email.daimon.model.ApiKey;
import email.daimon.model.ApiKey.Scope;
import email.daimon.model.Ids;
import email.daimon.model.Inbox;
import email.daimon.wire.ErrorCode;
import email.daimon.wire.Json;
import email.daimon.wire.KeyJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code /v1/keys}: made, listed, rotated and revoked by an account key. */
final class KeyResource {
  /** The route that replaces a key by a new one. */
  static final String ROTATE = "/v1/keys/{id}/rotate";

  private static final int LONGEST_NAME = 100;
  private static final int CHUNK = 100;
  private final ApiKeys keys;
  private final Reach reach;
  private final Ids ids;
  private final Cursors cursors;

  KeyResource(ApiKeys keys, Reach reach, Ids ids, Cursors cursors) {
    this.keys = requireNonNull(keys, "keys is null");
    this.reach = requireNonNull(reach, "reach is null");
    this.ids = requireNonNull(ids, "ids is null");
    this.cursors = requireNonNull(cursors, "cursors is null");
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/keys", Access.ACCOUNT, this::list),
        Route.post("/v1/keys", Access.ACCOUNT, this::create),
        Route.post(ROTATE, Access.ACCOUNT, this::rotate),
        Route.delete("/v1/keys/{id}", Access.ACCOUNT, this::revoke));
  }

  private Plan list(Request request) {
    Optional<String> inboxId = reached(request, request.query().id("inbox_id"));
    boolean revokedToo = request.query().flag("include_revoked").orElse(false);
    String accountId = request.caller().account().id();
    Paging paging =
        Paging.read(request, cursors, accountId + " keys " + inboxId + " " + revokedToo);
    return Plan.of(() -> {
      List<ApiKey> found = new ArrayList<>();
      String place = paging.place().orElse("");
      List<ApiKey> chunk;
      do {
        chunk = keys.list(accountId, place, CHUNK);
        place = chunk.isEmpty() ? place : chunk.getLast().id();
        chunk.stream()
            .filter(key -> revokedToo || key.revokedAt().isEmpty())
            .filter(key -> inboxId.isEmpty() || key.inboxId().equals(inboxId))
            .forEach(found::add);
      } while (found.size() <= paging.limit() && chunk.size() == CHUNK);
      return page(paging, found);
    });
  }

  private static Reply page(Paging paging, List<ApiKey> found) {
    List<ApiKey> shown = found.subList(0, Math.min(paging.limit(), found.size()));
    var array = Json.array();
    shown.forEach(key -> array.add(KeyJson.of(key)));
    var result = Json.object();
    result.set("keys", array);
    result.putNull("total");
    boolean more = found.size() > shown.size();
    paging.close(result, more ? Optional.of(shown.getLast().id()) : Optional.empty());
    return Reply.ok(result).next("Make another key with POST /v1/keys");
  }

  private Plan create(Request request) {
    Fields body = request.body();
    Optional<String> inboxId = reached(request, body.id("inbox_id"));
    Scope scope = scope(body, inboxId.isPresent());
    String name = body.text("name").orElse(scope.wireName() + " key");
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      body.problem("name", "is 1 to " + LONGEST_NAME + " characters");
    }
    return Plan.committing(completion -> {
      IssuedKey key = make(request, scope, inboxId, name);
      Reply reply = shown(key);
      keys.issue(List.of(key), work -> completion.into(work, reply));
      return reply;
    });
  }

  private Optional<String> reached(Request request, Optional<String> inboxId) {
    return inboxId.map(
        id -> reach.inbox(request.caller(), id).map(Inbox::id).orElseThrow(Reach::noInbox));
  }

  private static Scope scope(Fields body, boolean hasInbox) {
    String given = body.text("scope").orElse(hasInbox ? "inbox" : "account");
    Optional<Scope> scope =
        Arrays.stream(Scope.values()).filter(one -> one.wireName().equals(given)).findFirst();
    if (scope.isEmpty()) {
      body.problem("scope", "is account, inbox or inbox_read");
    } else if ((scope.get() == Scope.ACCOUNT) == hasInbox) {
      body.problem(
          "inbox_id", hasInbox ? "does not go with scope account" : "is needed with this scope");
    }
    return scope.orElse(Scope.ACCOUNT);
  }

  private Plan rotate(Request request) {
    ApiKey old = found(request);
    return Plan.committing(completion -> {
      IssuedKey next = make(request, old.scope(), old.inboxId(), old.name());
      Reply reply =
          Reply.created(KeyJson.issued(next.key(), next.secret()).put("replaces", old.id()))
              .next("Store the new key: " + old.id() + " is dead from now on");
      if (!keys.rotate(old, next, request.now(), work -> completion.into(work, reply))) {
        throw noKey();
      }
      return reply;
    });
  }

  private Plan revoke(Request request) {
    ApiKey key = found(request);
    return Plan.of(() -> {
      if (key.scope() == Scope.ACCOUNT && lastAccountKey(key)) {
        throw new ApiException(
                ErrorCode.LAST_ACCOUNT_KEY,
                "This is the account's last key: without it nobody gets in.",
                "Rotate it, or make another account key first.")
            .next("Rotate it with POST /v1/keys/" + key.id() + "/rotate");
      }
      ApiKey revoked =
          keys.revoke(key.accountId(), key.id(), request.now()).orElseThrow(KeyResource::noKey);
      return Reply.ok(KeyJson.of(revoked)).next("List the other keys with GET /v1/keys");
    });
  }

  private boolean lastAccountKey(ApiKey key) {
    String place = "";
    List<ApiKey> chunk;
    do {
      chunk = keys.list(key.accountId(), place, CHUNK);
      for (ApiKey other : chunk) {
        if (other.scope() == Scope.ACCOUNT
            && other.revokedAt().isEmpty()
            && !other.id().equals(key.id())) {
          return false;
        }
        place = other.id();
      }
    } while (chunk.size() == CHUNK);
    return true;
  }

  private ApiKey found(Request request) {
    return keys.find(request.caller().account().id(), request.path("id"))
        .filter(key -> key.revokedAt().isEmpty())
        .orElseThrow(KeyResource::noKey);
  }

  private IssuedKey make(Request request, Scope scope, Optional<String> inboxId, String name) {
    var account = request.caller().account();
    return IssuedKey.make(ids, account.id(), account.tier(), scope, inboxId, name, request.now());
  }

  private static Reply shown(IssuedKey key) {
    return Reply.created(KeyJson.issued(key.key(), key.secret()))
        .next(
            "Save the key now: it is shown this once",
            "Rotate it with POST /v1/keys/" + key.key().id() + "/rotate");
  }

  private static ApiException noKey() {
    return new ApiException(
            ErrorCode.KEY_NOT_FOUND,
            "There is no such live key in this account.",
            "Take an id from the list of keys.")
        .next("List the keys with GET /v1/keys");
  }
}
