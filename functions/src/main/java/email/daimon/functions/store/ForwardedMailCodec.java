package email.daimon.functions.store;

import email.daimon.model.ForwardedMail;
import java.time.Instant;

/** What an attached mail is about, as a map within the row of its message. */
final class ForwardedMailCodec {
  private ForwardedMailCodec() {}

  static Item item(ForwardedMail mail) {
    return Item.nested()
        .text("subject", mail.subject())
        .texts("from", mail.from())
        .texts("to", mail.to())
        .text("date", mail.date().map(Instant::toString))
        .text("messageId", mail.messageId())
        .text("preview", mail.preview());
  }

  static ForwardedMail mail(Item item) {
    return new ForwardedMail(
        item.text("subject"),
        item.texts("from"),
        item.texts("to"),
        item.optionalText("date").map(Instant::parse),
        item.optionalText("messageId"),
        item.text("preview"));
  }
}
