package email.daimon.understand;

import email.daimon.mime.Mail;
import email.daimon.model.DeliveryReport;
import email.daimon.model.Insights;
import java.util.Optional;

/** What lists and events show of what was understood of a mail; its inbox adds what it knows. */
public final class MailInsights {
  private MailInsights() {}

  /**
   * Of a mail as it was read.
   *
   * @param report what it reports of another
   */
  public static Insights of(
      Mail mail, Understanding understanding, Optional<DeliveryReport> report) {
    return new Insights(
        understanding.codes(),
        AutoKinds.of(mail, report),
        SenderSigns.of(mail, understanding.findings().injections()));
  }
}
