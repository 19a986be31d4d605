package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import java.util.Map;
import java.util.Optional;

/** What client_ids have sent, for ever: {@code A#id / CID#route#client_id}. */
public final class ClientIds {
  private final Table mail;

  public ClientIds(Table mail) {
    this.mail = requireNonNull(mail, "mail is null");
  }

  /**
   * A client_id of a caller.
   *
   * @param route method and concrete path
   */
  public record Claim(String accountId, String route, String clientId) {
    public Claim {
      requireNonNull(accountId, "accountId is null");
      requireNonNull(route, "route is null");
      requireNonNull(clientId, "clientId is null");
    }

    private String sortKey() {
      return Keys.clientId(route, clientId);
    }
  }

  /**
   * What it has made.
   *
   * @param fingerprint of the request that made it
   */
  public record Made(String inboxId, MessageKey message, Map<String, String> fingerprint) {
    public Made {
      requireNonNull(inboxId, "inboxId is null");
      requireNonNull(message, "message is null");
      fingerprint = Map.copyOf(fingerprint);
    }
  }

  /** What a client_id has made; empty where it is new. */
  public Optional<Made> find(Claim claim) {
    return mail.get(Keys.account(claim.accountId), claim.sortKey())
        .map(item ->
            new Made(
                item.text("inboxId"),
                MessageKey.parse(item.text("message")),
                item.pairs("fingerprint")));
  }

  /** Adds to a transaction that a new client_id makes a message. */
  public void put(UnitOfWork work, Claim claim, Message made, Map<String, String> fingerprint) {
    work.putNew(
        mail,
        Item.of(Keys.account(claim.accountId), claim.sortKey())
            .text("inboxId", made.inboxId())
            .text("message", made.key().text())
            .pairs("fingerprint", fingerprint));
  }
}
