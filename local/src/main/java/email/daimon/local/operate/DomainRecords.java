package email.daimon.local.operate;

import java.util.ArrayList;
import java.util.List;

/** The records of a mail domain whose mail SES receives and sends. */
public final class DomainRecords {
  /** The label below the domain that bounces come back to. */
  public static final String MAIL_FROM_LABEL = "mail.";

  public static final String SPF = "v=spf1 include:amazonses.com ~all";

  private DomainRecords() {}

  public static ExpectedRecord mx(String domain, String region) {
    return new ExpectedRecord(
        domain,
        Dns.Type.MX,
        "10 inbound-smtp.%s.amazonaws.com".formatted(region),
        "no mail to the domain arrives");
  }

  public static ExpectedRecord spf(String domain) {
    return new ExpectedRecord(
        domain, Dns.Type.TXT, SPF, "receivers cannot tell who may send for it");
  }

  public static ExpectedRecord dmarc(String domain) {
    return new ExpectedRecord(
        "_dmarc." + domain,
        Dns.Type.TXT,
        "v=DMARC1; p=none; rua=mailto:postmaster@" + domain,
        "large receivers refuse or distrust its mail");
  }

  /** One for each token of Easy DKIM. */
  public static List<ExpectedRecord> dkim(String domain, List<String> tokens) {
    List<ExpectedRecord> records = new ArrayList<>();
    for (String token : tokens) {
      records.add(
          new ExpectedRecord(
              token + "._domainkey." + domain,
              Dns.Type.CNAME,
              token + ".dkim.amazonses.com",
              "SES does not sign, and does not send for the domain"));
    }
    return records;
  }

  public static List<ExpectedRecord> mailFrom(String mailFrom, String region) {
    return List.of(
        new ExpectedRecord(
            mailFrom,
            Dns.Type.MX,
            "10 feedback-smtp.%s.amazonses.com".formatted(region),
            "SES sends from its own domain, and SPF is not aligned"),
        new ExpectedRecord(mailFrom, Dns.Type.TXT, SPF, "SPF fails for what SES sends"));
  }
}
