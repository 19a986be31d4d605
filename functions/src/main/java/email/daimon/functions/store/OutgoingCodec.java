package email.daimon.functions.store;

import email.daimon.model.Outgoing;
import email.daimon.model.Outgoing.Conditions;
import email.daimon.model.Outgoing.Counted;
import email.daimon.model.Outgoing.Extras;
import email.daimon.model.Outgoing.State;
import email.daimon.model.Outgoing.UnlessReplied;
import email.daimon.model.SendRecipient;
import java.util.Optional;

/** The way of a mail that is sent, as a map within its row. */
final class OutgoingCodec {
  private OutgoingCodec() {}

  static Item item(Outgoing way) {
    Item item =
        Item.nested()
            .text("state", way.state().name())
            .items("recipients", way.recipients().stream().map(OutgoingCodec::recipient).toList())
            .text("attempt", way.attempt())
            .time("leaseEnd", way.leaseEnd())
            .time("due", way.due())
            .time("sendAt", way.sendAt())
            .text("anchor", way.anchor())
            .pairs("headers", way.sender().headers())
            .number("hop", way.sender().hop())
            .flag("answersAutomatic", way.sender().answersAutomatic())
            .text("unlessReplied", way.conditions().unlessReplied().name())
            .flag("waitsForQuota", way.conditions().waitsForQuota())
            .time("acceptedAt", way.acceptedAt())
            .text("transportId", way.transportId())
            .text("messageIdHeader", way.messageIdHeader());
    way.counted()
        .ifPresent(use ->
            item.time("countedDay", use.day())
                .number("counted", use.recipients())
                .flag("countedByInbox", use.byInbox())
                .flag("countedSpread", use.spread()));
    return item;
  }

  static Outgoing outgoing(Item item) {
    Optional<Counted> counted =
        item.optionalTime("countedDay")
            .map(day ->
                new Counted(
                    day,
                    (int) item.number("counted"),
                    item.flag("countedByInbox"),
                    item.flag("countedSpread")));
    return new Outgoing(
        State.valueOf(item.text("state")),
        item.items("recipients").stream().map(OutgoingCodec::recipient).toList(),
        item.text("attempt"),
        item.optionalTime("leaseEnd"),
        item.time("due"),
        item.optionalTime("sendAt"),
        item.text("anchor"),
        new Extras(item.pairs("headers"), (int) item.number("hop"), item.flag("answersAutomatic")),
        new Conditions(
            UnlessReplied.valueOf(item.text("unlessReplied")), item.flag("waitsForQuota")),
        item.optionalTime("acceptedAt"),
        item.optionalText("transportId"),
        item.optionalText("messageIdHeader"),
        counted);
  }

  private static Item recipient(SendRecipient one) {
    return Item.nested()
        .text("address", one.address())
        .text("name", one.name())
        .text("kind", one.kind().name())
        .text("status", one.status().name())
        .text("smtpCode", one.smtpCode())
        .text("reason", one.reason())
        .time("at", one.at());
  }

  private static SendRecipient recipient(Item item) {
    return new SendRecipient(
        item.text("address"),
        item.text("name"),
        SendRecipient.Kind.valueOf(item.text("kind")),
        SendRecipient.Status.parse(item.text("status")),
        item.optionalText("smtpCode"),
        item.optionalText("reason"),
        item.time("at"));
  }
}
