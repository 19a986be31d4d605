package email.daimon.functions;

import email.daimon.model.Tier;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What an operator decides about sending.
 *
 * @param burst mails a minute and account: a number, {@code tier} or {@code off}
 * @param threadHour mails an hour in one thread
 * @param automaticHour answers an hour and thread to what machines sent by themselves
 * @param parked whether there is no transport: mails wait until one is set
 */
public record SendLimits(String burst, int threadHour, int automaticHour, boolean parked) {
  private static final String OFF = "off";
  private static final int THREAD_HOUR = 60;
  private static final int AUTOMATIC_HOUR = 3;

  /** As the settings have them. */
  public static SendLimits of(Settings settings) {
    Map<String, String> environment = settings.environment();
    return new SendLimits(
        environment.getOrDefault("SEND_BURST", OFF),
        number(environment, "THREAD_SENDS_AN_HOUR", THREAD_HOUR),
        number(environment, "AUTOMATIC_ANSWERS_AN_HOUR", AUTOMATIC_HOUR),
        settings.mailTransport() == Settings.MailTransport.NONE);
  }

  /** Mails a minute that an account of a tier may ask for. */
  public OptionalInt aMinute(Tier tier) {
    return switch (burst) {
      case OFF -> OptionalInt.empty();
      case "tier" -> OptionalInt.of(ofTier(tier));
      default -> OptionalInt.of(Integer.parseInt(burst));
    };
  }

  private static int ofTier(Tier tier) {
    return switch (tier) {
      case FREE -> 0;
      case DEVELOPER -> 10;
      case GROWTH -> 100;
      case ENTERPRISE -> 1_000;
    };
  }

  private static int number(Map<String, String> environment, String name, int byDefault) {
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? byDefault : Integer.parseInt(value);
  }
}
