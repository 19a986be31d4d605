package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Endpoint;
import email.daimon.model.WebhookStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * Puts into a transaction what an owner changed: never the health, which belongs to who calls,
   * but for a reactivation, which begins it anew.
   */
  void configure(UnitOfWork unit, StoredWebhook webhook, boolean statusToo) {
    List<String> set = new ArrayList<>(List.of("#url = :url", "#secrets = :secrets"));
    List<String> remove = new ArrayList<>();
    Map<String, String> names = new HashMap<>(Map.of("#url", "url", "#secrets", "secrets"));
    Item values =
        Item.nested()
            .text(":url", webhook.url())
            .items(":secrets", EndpointCodec.secrets(webhook.secrets()))
            .bytes(":dataKey", webhook.dataKey().bytes());
    set.add("dataKey = :dataKey");
    webhook
        .inboxId()
        .ifPresentOrElse(
            id -> {
              set.add("inboxId = :inboxId");
              values.text(":inboxId", id);
            },
            () -> remove.add("inboxId"));
    if (statusToo) {
      set.add("#status = :status");
      names.put("#status", "status");
      values.text(":status", webhook.status().name());
      if (webhook.status() == WebhookStatus.ACTIVE) {
        set.addAll(List.of("failuresInRow = :none", "opened = :none"));
        values.number(":none", 0);
        remove.addAll(List.of("failingSince", "slowUntil", "openUntil"));
      }
    }
    unit.update(
        work,
        Item.key(Keys.endpoint(webhook.id()), Keys.META),
        "SET "
            + String.join(", ", set)
            + (remove.isEmpty() ? "" : " REMOVE " + String.join(", ", remove)),
        "attribute_exists(pk)",
        values.attributes(),
        names);
  }

  /** Takes it out in the transaction that deletes the webhook. */
  void remove(UnitOfWork unit, String webhookId) {
    unit.delete(work, Item.key(Keys.endpoint(webhookId), Keys.META));
  }
}
