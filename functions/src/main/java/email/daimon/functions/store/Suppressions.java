package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.Suppression;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The addresses that accounts send nothing more to, {@code A#id / SUP#address}. */
public final class Suppressions {
  private static final String PREFIX = Keys.suppression("");
  private final Table mail;
  private final Transactions transactions;

  public Suppressions(Table mail, Transactions transactions) {
    this.mail = requireNonNull(mail, "mail is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
  }

  /**
   * A part of the list, by address.
   *
   * @param next behind which address there may be more
   */
  public record Page(List<Suppression> suppressions, Optional<String> next) {
    public Page {
      suppressions = List.copyOf(suppressions);
    }
  }

  /** Which of these addresses are suppressed. */
  public List<Suppression> among(String accountId, Collection<String> addresses) {
    return mail
        .getAll(addresses.stream().map(address -> key(accountId, address)).distinct().toList())
        .stream()
        .map(Suppressions::suppression)
        .toList();
  }

  /** The suppressed addresses behind one, at most so many. */
  public Page list(String accountId, String after, int most) {
    QueryResponse page =
        mail.query(query ->
            query
                .keyConditionExpression("pk = :pk AND sk BETWEEN :from AND :to")
                .expressionAttributeValues(
                    Map.of(
                        ":pk", AttributeValue.fromS(Keys.account(accountId)),
                        ":from",
                            AttributeValue.fromS(after.isEmpty() ? PREFIX : PREFIX + after + " "),
                        ":to", AttributeValue.fromS("SUP$")))
                .consistentRead(true)
                .limit(most));
    List<Suppression> found =
        page.items().stream().map(Item::read).map(Suppressions::suppression).toList();
    return new Page(
        found,
        page.lastEvaluatedKey().isEmpty() || found.isEmpty()
            ? Optional.empty()
            : Optional.of(found.getLast().address()));
  }

  /** Forgets one; whether there was one. */
  public boolean remove(String accountId, String address) {
    Map<String, AttributeValue> key = key(accountId, address);
    return transactions.run(() ->
        mail.getAll(List.of(key)).isEmpty()
            ? new Attempt.Done<>(false)
            : new Attempt.Write<>(new UnitOfWork().delete(mail, key), true));
  }

  /** Adds one to a transaction; later evidence takes the place of earlier. */
  void put(UnitOfWork unit, Suppression one) {
    unit.put(
        mail,
        Item.of(Keys.account(one.accountId()), sortKey(one.address()))
            .text("accountId", one.accountId())
            .text("address", one.address())
            .text("reason", one.reason())
            .time("since", one.since())
            .text("inboxId", one.inboxId())
            .text("messageId", one.messageId())
            .text("evidence", one.evidence()));
  }

  static Map<String, AttributeValue> key(String accountId, String address) {
    return Item.key(Keys.account(accountId), sortKey(address));
  }

  private static String sortKey(String address) {
    return Keys.suppression(address.toLowerCase(Locale.ROOT));
  }

  static Suppression suppression(Item item) {
    return new Suppression(
        item.text("accountId"),
        item.text("address"),
        item.text("reason"),
        item.time("since"),
        item.text("inboxId"),
        item.text("messageId"),
        item.optionalText("evidence"));
  }
}
