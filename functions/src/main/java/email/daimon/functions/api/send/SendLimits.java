package email.daimon.functions.api.send;

import email.daimon.functions.Settings;
import email.daimon.model.Tier;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What an operator decides about sending.
 *
 * @param burst whether tiers bound the mails a minute ({@code SEND_BURST}: {@code tier} or {@code
 *     off})
 * @param threadHour mails an hour in one thread
 * @param automaticHour answers an hour and thread to what machines sent by themselves
 * @param parked whether there is no transport: mails wait until one is set
 */
record SendLimits(boolean burst, int threadHour, int automaticHour, boolean parked) {
  private static final int THREAD_HOUR = 60;
  private static final int AUTOMATIC_HOUR = 3;

  static SendLimits of(Settings settings) {
    Map<String, String> environment = settings.environment();
    return new SendLimits(
        environment.getOrDefault("SEND_BURST", "").equals("tier"),
        number(environment, "THREAD_SENDS_AN_HOUR", THREAD_HOUR),
        number(environment, "AUTOMATIC_ANSWERS_AN_HOUR", AUTOMATIC_HOUR),
        settings.mailTransport() == Settings.MailTransport.NONE);
  }

  /** Mails a minute that a tier may ask for. */
  OptionalInt aMinute(Tier tier) {
    if (!burst) {
      return OptionalInt.empty();
    }
    return switch (tier) {
      case FREE -> OptionalInt.of(0);
      case DEVELOPER -> OptionalInt.of(10);
      case GROWTH -> OptionalInt.of(100);
      case ENTERPRISE -> OptionalInt.of(1_000);
    };
  }

  private static int number(Map<String, String> environment, String name, int byDefault) {
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? byDefault : Integer.parseInt(value);
  }
}
