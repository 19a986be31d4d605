package email.daimon.understand;

import static email.daimon.model.Verdicts.Verdict.GRAY;
import static email.daimon.model.Verdicts.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.mime.AttachmentSink;
import email.daimon.mime.MailParser;
import email.daimon.model.Verdicts;
import email.daimon.model.Verdicts.Verdict;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifiedSenderTest {
  private static final String SES =
      """
      Return-Path: <bounce@mailer.example.net>
      Received: from mx (mx [192.0.2.1]) by inbound-smtp.us-east-1.amazonaws.com with SMTP id 1
      Authentication-Results: amazonses.com;
       spf=pass (spfCheck: domain of mailer.example.net designates 192.0.2.1 as permitted sender)
       client-ip=192.0.2.1; envelope-from=bounce@mailer.example.net; helo=mx;
       dkim=pass header.i=@news.example.co.uk;
       dkim=fail header.i=@bank.example;
       dmarc=none header.from=example.co.uk;
      """;

  @ParameterizedTest(name = "{0}: DMARC {1}, SPF {2} for {3}, From {4}: {5}")
  @CsvSource({
    "DMARC alone is enough,                    PASS, FAIL, other.example,      a@example.com,   true",
    "aligned DKIM helps where DMARC is gray,   GRAY, FAIL, other.example,      a@example.co.uk, true",
    "aligned SPF helps where DMARC is gray,    GRAY, PASS, mail.example.com,   a@example.com,   true",
    "a failed DMARC is the end,                FAIL, PASS, example.com,        a@example.com,   false",
    "an SPF pass of a stranger proves nothing, GRAY, PASS, other.example,      a@example.com,   false",
    "a failed DKIM proves nothing,             GRAY, FAIL, other.example,      a@bank.example,  false",
    "a public suffix joins nobody,             GRAY, PASS, b.co.uk,            a@c.co.uk,       false",
    "hosts under one private suffix differ,    GRAY, PASS, b.github.io,        a@c.github.io,   false",
  })
  void senderIsVerified(
      String why,
      Verdict dmarc,
      Verdict spf,
      String envelopeDomain,
      String from,
      boolean verified) {
    assertThat(
            VerifiedSender.of(
                verdicts(dmarc, spf), "x@" + envelopeDomain, mail(SES + "From: " + from)))
        .as(why)
        .isEqualTo(verified);
  }

  @Test
  void twoFromFieldsOrTwoAuthorsAreNeverVerified() {
    Verdicts pass = verdicts(PASS, PASS);
    assertThat(VerifiedSender.of(pass, "", mail("From: a@example.com\nFrom: a@example.com")))
        .isFalse();
    assertThat(VerifiedSender.of(pass, "", mail("From: a@example.com, b@example.com"))).isFalse();
    assertThat(VerifiedSender.of(pass, "", mail("Subject: nobody"))).isFalse();
  }

  @Test
  void resultsThatTheSenderBroughtAlongAreNotBelieved() {
    String forged = "Authentication-Results: amazonses.com; dkim=pass header.d=example.com\n";
    String hop = "Received: from somewhere\n";
    Verdicts gray = verdicts(GRAY, GRAY);
    assertThat(VerifiedSender.of(gray, "", mail(hop + forged + "From: a@example.com"))).isTrue();
    assertThat(VerifiedSender.of(gray, "", mail(hop + hop + forged + "From: a@example.com")))
        .isFalse();
    assertThat(VerifiedSender.of(gray, "", mail(SES + forged + "From: a@example.com"))).isFalse();
    String foreign = forged.replace("amazonses.com", "mx.example.com");
    assertThat(VerifiedSender.of(gray, "", mail(hop + foreign + "From: a@example.com"))).isFalse();
  }

  @Test
  void resultsOfSesAreRead() {
    AuthenticationResults results =
        AuthenticationResults.parse(mail(SES).transit().authenticationResults().orElseThrow());
    assertThat(results.results())
        .extracting(it -> it.method() + " " + it.outcome() + " " + it.domain().orElse("-"))
        .containsExactly(
            "spf pass mailer.example.net",
            "dkim pass news.example.co.uk",
            "dkim fail bank.example",
            "dmarc none example.co.uk");
    assertThat(results.passingDkimDomains()).containsExactly("news.example.co.uk");
  }

  private static Verdicts verdicts(Verdict dmarc, Verdict spf) {
    return new Verdicts(PASS, PASS, spf, PASS, dmarc, Optional.empty());
  }

  private static email.daimon.mime.Mail mail(String header) {
    byte[] raw = (header + "\n\ntext\n").getBytes(StandardCharsets.UTF_8);
    return MailParser.parse(new ByteArrayInputStream(raw), AttachmentSink.NONE);
  }
}
