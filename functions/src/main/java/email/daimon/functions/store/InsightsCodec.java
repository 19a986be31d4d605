package email.daimon.functions.store;

import email.daimon.model.AutoKind;
import email.daimon.model.Injection;
import email.daimon.model.Insights;
import email.daimon.model.MailCode;
import email.daimon.model.Trust;
import java.util.Locale;
import java.util.Optional;

/** What was understood of a mail, as a map within its row. */
final class InsightsCodec {
  private InsightsCodec() {}

  static Item item(Insights insights) {
    Trust trust = insights.trust();
    Item item =
        Item.nested()
            .items("codes", insights.codes().stream().map(InsightsCodec::code).toList())
            .text("autoKind", insights.autoKind().wireName())
            .text("lookalikeOf", trust.lookalikeOf())
            .flag("replyToDiffers", trust.replyToDiffers())
            .text("nameHoldsAddress", trust.nameHoldsAddress())
            .text("injection", trust.injection().map(worst -> worst.wireName()));
    trust.firstContact().ifPresent(first -> item.number("firstContact", first ? 1 : 0));
    return item;
  }

  static Insights insights(Item item) {
    Trust trust =
        new Trust(
            item.has("firstContact")
                ? Optional.of(item.number("firstContact") == 1)
                : Optional.empty(),
            item.optionalText("lookalikeOf"),
            item.flag("replyToDiffers"),
            item.optionalText("nameHoldsAddress"),
            item.optionalText("injection").map(word -> Injection.Severity.valueOf(upper(word))));
    return new Insights(
        item.items("codes").stream().map(InsightsCodec::code).toList(),
        AutoKind.valueOf(upper(item.text("autoKind"))),
        trust);
  }

  private static Item code(MailCode code) {
    return Item.nested()
        .text("value", code.value())
        .text("kind", code.kind().wireName())
        .number("percent", Math.round(code.confidence() * 100))
        .text("where", code.where())
        .text("expiresHint", code.expiresHint());
  }

  private static MailCode code(Item item) {
    return new MailCode(
        item.text("value"),
        MailCode.Kind.valueOf(upper(item.text("kind"))),
        item.number("percent") / 100.0,
        item.text("where"),
        item.optionalText("expiresHint"));
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }
}
