package email.daimon.local.ses;

import email.daimon.model.Verdicts.Verdict;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The fields that SES writes above a received mail: above all but its own Received line. */
final class SesFields {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private SesFields() {}

  /**
   * @param fromDomain domain of the From field, empty without one
   */
  static String of(ReceivedMail mail, String fromDomain) {
    Verdicts verdicts = mail.verdicts();
    ReceivedMail.Client client = mail.client();
    String envelopeDomain = domain(mail.sender(), client.name());
    String dkimDomain = verdicts.dkimDomain() == null ? fromDomain : verdicts.dkimDomain();
    String spf =
        "%s (spfCheck: domain of %s) client-ip=%s; envelope-from=%s; helo=%s;"
            .formatted(
                spf(verdicts.spf()),
                envelopeDomain,
                client.address(),
                mail.sender().isEmpty() ? "postmaster@" + envelopeDomain : mail.sender(),
                client.name());
    return """
    Return-Path: <%s>
    Received: from %s ([%s])
     by inbound-smtp.us-east-1.amazonaws.com with SMTP id %s
     for %s;
     %s (UTC)
    X-SES-Spam-Verdict: %s
    X-SES-Virus-Verdict: %s
    Received-SPF: %s
    Authentication-Results: amazonses.com;
     spf=%s
     dkim=%s header.i=@%s;
     dmarc=%s header.from=%s;
    X-SES-RECEIPT: %s
    """
        .formatted(
            mail.sender(),
            client.name(),
            client.address(),
            mail.id(),
            mail.recipients().getFirst(),
            DATE.format(mail.receivedAt()),
            verdicts.spam(),
            verdicts.virus(),
            spf,
            spf,
            result(verdicts.dkim()),
            dkimDomain,
            result(verdicts.dmarc()),
            fromDomain,
            mail.id())
        .replace("\n", "\r\n");
  }

  private static String domain(String address, String otherwise) {
    int at = address.lastIndexOf('@');
    return at < 0 ? otherwise : address.substring(at + 1);
  }

  private static String spf(Verdict verdict) {
    return verdict == Verdict.GRAY ? "softfail" : result(verdict);
  }

  private static String result(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "pass";
      case FAIL -> "fail";
      case GRAY, DISABLED -> "none";
      case PROCESSING_FAILED -> "temperror";
    };
  }
}
