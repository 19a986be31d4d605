package email.daimon.wire;

import email.daimon.model.Suppression;

/** Why an address is sent nothing more, in a sentence for who asked to send to it. */
public final class SuppressionText {
  private SuppressionText() {}

  /** Names the address, since when and why; ends with a full stop. */
  public static String of(Suppression one) {
    return one.address()
        + " is suppressed since "
        + Json.time(one.since())
        + (one.reason().equals("complaint")
            ? ": a mail to it was complained of."
            : ": a mail to it bounced for good.");
  }
}
