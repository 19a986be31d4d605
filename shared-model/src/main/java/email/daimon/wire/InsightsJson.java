package email.daimon.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.Direction;
import email.daimon.model.Insights;
import email.daimon.model.MailCode;
import email.daimon.model.Message;
import email.daimon.model.Trust;
import email.daimon.policy.Quarantine;
import java.util.List;

/** What was understood of a mail, as every list row, message and event shows it. */
final class InsightsJson {
  private InsightsJson() {}

  static void add(ObjectNode json, Message message) {
    Insights shown = Quarantine.holds(message) ? Insights.NONE : message.insights();
    ArrayNode codes = json.putArray("codes");
    for (int i = 0; i < shown.codes().size(); i++) {
      codes.add(code(message.id(), i, shown.codes().get(i)));
    }
    json.put("auto_kind", shown.autoKind().wireName());
    json.set("trust", trust(message, shown.trust()));
  }

  /** The same in short: codes by their values, trust in words. */
  static void addShort(ObjectNode json, Message message) {
    Insights shown = message.insights();
    ArrayNode codes = json.putArray("codes");
    for (int i = 0; i < shown.codes().size(); i++) {
      MailCode code = shown.codes().get(i);
      codes
          .addObject()
          .put("id", code.id(message.id(), i))
          .put("value", code.value())
          .put("kind", code.kind().wireName())
          .put("confidence", code.confidence());
    }
    json.put("auto_kind", shown.autoKind().wireName());
    json.put("verified_sender", message.verifiedSender());
    ObjectNode trust = json.putObject("trust");
    trust.set("words", Json.texts(TrustWords.of(message.verifiedSender(), shown.trust())));
  }

  /**
   * One code.
   *
   * @param position among the codes of its message
   */
  static ObjectNode code(String messageId, int position, MailCode code) {
    ObjectNode json = Json.object();
    json.put("id", code.id(messageId, position));
    json.put("value", code.value());
    json.put("kind", code.kind().wireName());
    json.put("confidence", code.confidence());
    json.put("where", code.where());
    json.set("expires_hint", Json.text(code.expiresHint()));
    return json;
  }

  private static ObjectNode trust(Message message, Trust trust) {
    ObjectNode json = Json.object();
    json.put("verified_sender", message.verifiedSender());
    trust
        .firstContact()
        .ifPresentOrElse(
            first -> json.put("first_contact", first.booleanValue()),
            () -> json.putNull("first_contact"));
    json.set("lookalike_of", Json.text(trust.lookalikeOf()));
    json.put("reply_to_differs", trust.replyToDiffers());
    json.set("name_holds_address", Json.text(trust.nameHoldsAddress()));
    json.set("injection", Json.text(trust.injection().map(worst -> worst.wireName())));
    // Of what the inbox sends itself there is nothing to say.
    boolean cameIn = message.direction() == Direction.INBOUND;
    json.set(
        "words", Json.texts(cameIn ? TrustWords.of(message.verifiedSender(), trust) : List.of()));
    return json;
  }
}
