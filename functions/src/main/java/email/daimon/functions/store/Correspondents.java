package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Correspondent;
import email.daimon.model.Message;
import email.daimon.model.TextCut;
import email.daimon.policy.OwnAddress;
import email.daimon.understand.Lookalikes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * With whom an inbox has had to do, {@code I#inbox / K#address}: put by the first unflagged mail of
 * an address, or by the first that the inbox sends there, in its commit. Of a known one nothing is
 * written any more, but once that a mail of theirs was verified.
 */
final class Correspondents {
  private static final int LOOKED_AT = 500;
  private static final int LONGEST_ADDRESS = 254;
  private static final int LONGEST_NAME = 100;
  private static final String MARK = "K#";
  private final Table mail;

  Correspondents(Table mail) {
    this.mail = requireNonNull(mail, "mail is null");
  }

  /** The one form of an address; empty where it is none. */
  static Optional<String> address(String bare) {
    return OwnAddress.parse(bare)
        .map(OwnAddress::text)
        .filter(address -> TextCut.size(address) <= LONGEST_ADDRESS);
  }

  static Optional<String> address(Arrival arrival) {
    return address(arrival.message().from());
  }

  static Optional<Map<String, AttributeValue>> key(Arrival arrival) {
    return address(arrival)
        .map(address -> Item.key(Keys.inbox(arrival.inboxId()), Keys.correspondent(address)));
  }

  static Correspondent correspondent(Item item) {
    return new Correspondent(
        item.text("sk").substring(MARK.length()),
        item.text("name"),
        item.flag("verified"),
        item.flag("written"),
        item.optionalText("lookalikeOf"));
  }

  /** Somebody to whom an inbox writes before it has heard of them. */
  static Item writtenTo(String inboxId, String address) {
    return item(inboxId, new Correspondent(address, "", false, true, Optional.empty()));
  }

  /**
   * A mail with what its inbox knows of its sender, who is known from its commit on.
   *
   * @param state in which the sender is missing at their first mail
   */
  Message judged(Arrival arrival, InboxState state, UnitOfWork work) {
    Optional<Correspondent> sender = state.sender();
    Message message = arrival.message();
    Optional<String> address = address(arrival);
    if (address.isEmpty() || message.labels().contains("virus")) {
      return message;
    }
    if (sender.isPresent()) {
      if (message.verifiedSender() && !sender.get().verified() && !message.flagged()) {
        work.put(mail, item(arrival.inboxId(), sender.get().proven()));
      }
      return message.trusting(
          message.insights().trust().knowing(false, sender.get().lookalikeOf()));
    }
    Optional<String> resembled =
        Lookalikes.of(address.get(), message.fromName(), known(arrival.inboxId(), state));
    if (!message.flagged()) {
      work.putNew(
          mail,
          item(
              arrival.inboxId(),
              new Correspondent(
                  address.get(),
                  TextCut.head(message.fromName(), LONGEST_NAME),
                  message.verifiedSender(),
                  false,
                  resembled)));
    }
    return message.trusting(message.insights().trust().knowing(true, resembled));
  }

  private List<Correspondent> known(String inboxId, InboxState state) {
    // Whom should an inbox know in which nothing has happened?
    if (state.counters().version() == 0) {
      return List.of();
    }
    return mail
        .query(query ->
            query
                .keyConditionExpression("pk = :pk AND begins_with(sk, :mark)")
                .expressionAttributeValues(
                    Map.of(
                        ":pk", AttributeValue.fromS(Keys.inbox(inboxId)),
                        ":mark", AttributeValue.fromS(MARK)))
                .limit(LOOKED_AT))
        .items()
        .stream()
        .map(Item::read)
        .map(Correspondents::correspondent)
        .toList();
  }

  private static Item item(String inboxId, Correspondent one) {
    return Item.of(Keys.inbox(inboxId), Keys.correspondent(one.address()))
        .text("name", one.name())
        .flag("verified", one.verified())
        .flag("written", one.written())
        .text("lookalikeOf", one.lookalikeOf());
  }
}
