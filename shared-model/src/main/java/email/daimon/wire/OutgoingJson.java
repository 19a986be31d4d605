package email.daimon.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.Outgoing;
import email.daimon.model.SendRecipient;
import email.daimon.model.SendRecipient.Kind;
import email.daimon.model.SendRecipient.Status;
import java.util.List;
import java.util.Optional;

/** What became of a mail that is sent, as the API shows it to who sent it. */
public final class OutgoingJson {
  private OutgoingJson() {}

  /** Adds everything to the JSON of a message; times and codes are null where there are none. */
  public static void add(ObjectNode json, Outgoing way) {
    json.set("bcc", Json.texts(addresses(way, Kind.BCC)));
    json.set("recipients", recipients(way));
    times(json, way);
    json.set("accepted_at", Json.time(way.acceptedAt()));
    json.set("sent_at", Json.time(way.acceptedAt()));
    json.set("delivered_at", Json.time(way.deliveredAt()));
    json.set("smtp_message_id", Json.text(way.messageIdHeader()));
    Optional<SendRecipient> bounced = first(way, Status.BOUNCED);
    json.set("bounce_type", Json.text(bounced.map(_ -> "permanent")));
    json.set("bounce_reason", Json.text(bounced.flatMap(SendRecipient::reason)));
    code(json, bounced.or(() -> first(way, Status.FAILED)));
    switch (way.conditions().unlessReplied()) {
      case SOMEBODY -> json.put("unless_replied", true);
      case ANYBODY -> json.put("unless_replied", "any");
      case NOBODY -> json.put("unless_replied", false);
    }
  }

  /** Adds when it is to be sent, under both names. */
  public static void times(ObjectNode json, Outgoing way) {
    json.set("send_at", Json.time(way.sendAt()));
    json.set("scheduled_at", Json.time(way.sendAt()));
  }

  /** Each recipient with what became of the mail there. */
  public static ArrayNode recipients(Outgoing way) {
    ArrayNode all = Json.array();
    for (SendRecipient one : way.recipients()) {
      ObjectNode json = all.addObject();
      json.put("address", one.address());
      json.put("name", one.name());
      json.put("kind", one.kind().wireName());
      json.put("status", status(way, one));
      code(json, Optional.of(one));
      json.set("reason", Json.text(one.reason()));
      json.put("at", Json.time(one.at()));
    }
    return all;
  }

  /** The addresses of one kind. */
  public static List<String> addresses(Outgoing way, Kind kind) {
    return way.recipients().stream()
        .filter(one -> one.kind() == kind)
        .map(SendRecipient::address)
        .toList();
  }

  private static String status(Outgoing way, SendRecipient one) {
    return one.status() == Status.PENDING && way.state() == Outgoing.State.CANCELLED
        ? "cancelled"
        : one.status().wireName();
  }

  private static Optional<SendRecipient> first(Outgoing way, Status status) {
    return way.recipients().stream().filter(one -> one.status() == status).findFirst();
  }

  // A reply code is a number (RFC 5321, 4.2).
  private static void code(ObjectNode json, Optional<SendRecipient> one) {
    Optional<Integer> code =
        one.flatMap(SendRecipient::smtpCode)
            .filter(text -> text.matches("[0-9]{3}"))
            .map(Integer::valueOf);
    code.ifPresentOrElse(number -> json.put("smtp_code", number), () -> json.putNull("smtp_code"));
  }
}
