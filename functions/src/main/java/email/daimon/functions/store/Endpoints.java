package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Endpoint;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What it takes to call webhooks: a mirror of their rows in the work table, so that the function
 * that calls strangers sees nothing else, with the health that it alone keeps.
 */
public final class Endpoints {
  private final Table work;

  public Endpoints(Table work) {
    this.work = requireNonNull(work, "work is null");
  }

  /** One endpoint, read strongly. */
  public Optional<Endpoint> find(String webhookId) {
    return work.get(Keys.endpoint(webhookId), Keys.META).map(EndpointCodec::endpoint);
  }

  /** Those of these that exist. */
  public List<Endpoint> among(Collection<String> webhookIds) {
    return work
        .getAll(
            webhookIds.stream()
                .map(id -> Item.key(Keys.endpoint(id), Keys.META))
                .distinct()
                .toList())
        .stream()
        .map(EndpointCodec::endpoint)
        .toList();
  }

  /** Puts a new webhook's endpoint into the transaction that makes it. */
  void put(UnitOfWork unit, Endpoint endpoint) {
    unit.put(work, EndpointCodec.item(endpoint));
  }

  /** Takes it out in the transaction that deletes the webhook. */
  void remove(UnitOfWork unit, String webhookId) {
    unit.delete(work, Item.key(Keys.endpoint(webhookId), Keys.META));
  }
}
