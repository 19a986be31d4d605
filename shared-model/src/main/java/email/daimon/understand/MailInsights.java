package email.daimon.understand;

import email.daimon.mime.Mail;
import email.daimon.model.AutoKind;
import email.daimon.model.Insights;

/** What lists and events show of what was understood of a mail; its inbox adds what it knows. */
public final class MailInsights {
  private MailInsights() {}

  /** Of a mail as it was read. */
  public static Insights of(Mail mail, Understanding understanding) {
    return new Insights(
        understanding.codes(),
        AutoKind.HUMAN,
        SenderSigns.of(mail, understanding.findings().injections()));
  }
}
