package email.daimon.functions.store;

import email.daimon.functions.store.CodeMail.Consumed;
import email.daimon.model.MailCode;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What lies beside the row of a mail that holds codes: one item at its place, {@code I#inbox /
 * C#time#id}, by which lists find it and which says who has consumed which code, and for each code
 * its look-up, {@code I#inbox / O#code}. All live as long as the mail.
 */
final class CodesCodec {
  /** Holds where nobody, or the same consumer, has consumed the code. */
  static final String FREE = "attribute_exists(pk) AND (attribute_not_exists(#by) OR #by = :by)";

  static final String CONSUME = "SET #by = if_not_exists(#by, :by), #at = if_not_exists(#at, :at)";

  static final String MARK = "C#";

  private CodesCodec() {}

  /** Where a code is found: its mail, and its position there. */
  record Place(MessageKey key, int position) {}

  /** The items of a mail; none where it holds no codes. */
  static List<Item> items(Message message) {
    List<MailCode> codes = message.insights().codes();
    if (codes.isEmpty()) {
      return List.of();
    }
    String pk = Keys.inbox(message.inboxId());
    List<Item> items = new ArrayList<>();
    items.add(Item.of(pk, Keys.codes(message.key())).text("threadId", message.threadId()));
    for (int position = 0; position < codes.size(); position++) {
      items.add(
          Item.of(pk, Keys.code(codes.get(position).id(message.id(), position)))
              .text("key", message.key().text())
              .number("position", position));
    }
    return items;
  }

  static MessageKey key(Item mark) {
    return MessageKey.parse(mark.text("sk").substring(MARK.length()));
  }

  static Place place(Item lookUp) {
    return new Place(MessageKey.parse(lookUp.text("key")), (int) lookUp.number("position"));
  }

  static Optional<Consumed> consumed(Item mark, int position) {
    return mark.optionalText(by(position))
        .map(consumer -> new Consumed(consumer, mark.time(at(position))));
  }

  static Map<String, String> names(int position) {
    return Map.of("#by", by(position), "#at", at(position));
  }

  static Map<String, AttributeValue> values(String consumer, Instant at) {
    return Map.of(
        ":by",
        AttributeValue.fromS(consumer),
        ":at",
        AttributeValue.fromN(Long.toString(at.toEpochMilli())));
  }

  private static String by(int position) {
    return "by" + position;
  }

  private static String at(int position) {
    return "at" + position;
  }
}
