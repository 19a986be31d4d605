package email.daimon.infra;

import static email.daimon.infra.DnsRecord.Kind.DKIM;
import static email.daimon.infra.DnsRecord.Kind.DMARC;
import static email.daimon.infra.DnsRecord.Kind.MAILFROM;
import static email.daimon.infra.DnsRecord.Kind.SPF;
import static email.daimon.infra.DnsRecord.Type.CNAME;
import static email.daimon.infra.DnsRecord.Type.MX;
import static email.daimon.infra.DnsRecord.Type.TXT;

import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.ses.CfnEmailIdentity;
import software.constructs.Construct;

/** The domain at SES: it may sign for it and send from it, and mail to it comes in. */
final class MailDomain extends Construct {
  MailDomain(Construct scope, Settings settings, Dns dns, ReceiptRuleActivation activation) {
    super(scope, "MailDomain");
    String domain = settings.domain();
    CfnEmailIdentity identity =
        CfnEmailIdentity.Builder.create(this, "Identity")
            .emailIdentity(domain)
            .dkimSigningAttributes(
                CfnEmailIdentity.DkimSigningAttributesProperty.builder()
                    .nextSigningKeyLength("RSA_2048_BIT")
                    .build())
            // Without its MX record mail still leaves, by SES's own domain.
            .mailFromAttributes(
                CfnEmailIdentity.MailFromAttributesProperty.builder()
                    .mailFromDomain(settings.mailFromDomain())
                    .behaviorOnMxFailure("USE_DEFAULT_VALUE")
                    .build())
            .build();
    dns.add(
        DnsRecord.of(
            DKIM,
            "Dkim1",
            identity.getAttrDkimDnsTokenName1(),
            CNAME,
            identity.getAttrDkimDnsTokenValue1()));
    dns.add(
        DnsRecord.of(
            DKIM,
            "Dkim2",
            identity.getAttrDkimDnsTokenName2(),
            CNAME,
            identity.getAttrDkimDnsTokenValue2()));
    dns.add(
        DnsRecord.of(
            DKIM,
            "Dkim3",
            identity.getAttrDkimDnsTokenName3(),
            CNAME,
            identity.getAttrDkimDnsTokenValue3()));
    // SES refuses mail for good while no receipt rule set is active: the way here opens last.
    dns.add(
            DnsRecord.of(
                DnsRecord.Kind.MX,
                "Mx",
                domain,
                MX,
                "10 inbound-smtp." + Aws.REGION + ".amazonaws.com"))
        .ifPresent(record -> record.getNode().addDependency(activation));
    dns.add(
        DnsRecord.of(
            MAILFROM,
            "MailFromMx",
            settings.mailFromDomain(),
            MX,
            "10 feedback-smtp." + Aws.REGION + ".amazonses.com"));
    dns.add(
        DnsRecord.of(
            MAILFROM,
            "MailFromSpf",
            settings.mailFromDomain(),
            TXT,
            "v=spf1 include:amazonses.com ~all"));
    dns.add(DnsRecord.of(SPF, "Spf", domain, TXT, settings.spf()));
    dns.add(DnsRecord.of(DMARC, "Dmarc", "_dmarc." + domain, TXT, settings.dmarc()));
  }
}
