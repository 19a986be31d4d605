package email.daimon.understand;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.mime.AttachmentSink;
import email.daimon.mime.Mail;
import email.daimon.mime.MailParser;
import email.daimon.model.Authentication;
import email.daimon.model.Authentication.Signature;
import email.daimon.model.Trust;
import email.daimon.model.Verdicts;
import email.daimon.model.Verdicts.Verdict;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules 3.7, and what a mail alone shows. */
final class MailInsightsTest {
  private static final String SES =
      "Return-Path: <bounce@mail.example.org>\nReceived: from a by b\nAuthentication-Results:"
          + " amazonses.com; spf=pass (x) client-ip=1.2.3.4; envelope-from=bounce@mail.example.org;"
          + " dkim=pass header.i=@mail.example.org; dkim=fail header.i=@esp.example;"
          + " dmarc=none header.from=example.org;\n";

  @Test
  void whatTheReceivingSideWroteIsShownWithItsReason() {
    Authentication found = authentication(SES, Verdict.GRAY, Verdict.PASS);
    assertThat(found.spf()).isEqualTo("pass");
    assertThat(found.dmarc()).isEqualTo("none");
    assertThat(found.dkim())
        .containsExactly(
            new Signature("mail.example.org", "pass"), new Signature("esp.example", "fail"));
    assertThat(found.alignedDomain()).hasValue("mail.example.org");
    assertThat(found.evidence()).contains("DKIM signature of From's own domain passed");
  }

  @Test
  void aFieldOfTheSendersOwnCountsForNothing() {
    String forged = SES.replace("amazonses.com;", "mx.example;");
    Authentication found = authentication(forged, Verdict.GRAY, Verdict.FAIL);
    assertThat(found.spf()).isEqualTo("fail");
    assertThat(found.dkim()).isEmpty();
    assertThat(found.dmarc()).isEqualTo("gray");
    assertThat(found.alignedDomain()).isEmpty();
    assertThat(found.evidence()).startsWith("DMARC says nothing, and neither");
    String below = "Received: from x by y\n" + SES;
    assertThat(authentication(below, Verdict.GRAY, Verdict.FAIL).dkim()).isEmpty();
  }

  @Test
  void aVerdictIsNeverContradictedByAField() {
    assertThat(authentication(SES, Verdict.FAIL, Verdict.PASS).dmarc()).isEqualTo("none");
    assertThat(authentication(SES, Verdict.FAIL, Verdict.FAIL).spf()).isEqualTo("fail");
    assertThat(authentication(SES, Verdict.FAIL, Verdict.PASS).evidence())
        .startsWith("DMARC failed");
    assertThat(authentication(SES, Verdict.PASS, Verdict.PASS).dmarc()).isEqualTo("pass");
    assertThat(
            authentication(SES + "From: x@evil.example\n", Verdict.PASS, Verdict.PASS).evidence())
        .startsWith("There are several");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"ceo@bank.example\" <x@evil.example> | ceo@bank.example",
        "\"CEO <ceo@bank.example>\" <x@evil.example> | ceo@bank.example",
        "\"Bank: ceo＠Bank.Example.\" <x@evil.example> | ceo@bank.example",
        "\"x@evil.example\" <x@evil.example> |",
        "\"X@Evil.Example via List\" <x+tag@evil.example> |",
        "\"me@home\" <x@evil.example> |",
        "\"@handle\" <x@evil.example> |",
        "Bank <x@evil.example> |",
      })
  void anAddressInTheNameThatIsNotTheSenders(String from, String expected) {
    assertThat(trust("From: " + from + "\n").nameHoldsAddress())
        .isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void aMailAloneSaysWhatTheReceivingSideWroteIntoIt() {
    Authentication found =
        MailAuthentication.ofFields(mail(SES + "From: ann@example.org\n")).orElseThrow();
    assertThat(found.spf()).isEqualTo("pass");
    assertThat(found.alignedDomain()).hasValue("mail.example.org");
    assertThat(MailAuthentication.ofFields(mail("From: ann@example.org\n"))).isEmpty();
  }

  @Test
  void answersThatGoElsewhere() {
    String from = "From: a@mail.example.org\nReply-To: ";
    assertThat(trust(from + "b@example.org\n").replyToDiffers()).isFalse();
    assertThat(trust(from + "b@example.org, c@evil.example\n").replyToDiffers()).isTrue();
    assertThat(trust("From: a@example.org\n").replyToDiffers()).isFalse();
  }

  private static Trust trust(String fields) {
    Mail mail = mail(fields);
    return MailInsights.of(mail, Understanding.of(mail), Optional.empty()).trust();
  }

  private static Authentication authentication(String fields, Verdict dmarc, Verdict spf) {
    return MailAuthentication.of(
        new Verdicts(Verdict.PASS, Verdict.PASS, spf, Verdict.PASS, dmarc, Optional.empty()),
        "bounce@mail.example.org",
        mail(fields + "From: Ann <ann@example.org>\n"));
  }

  private static Mail mail(String fields) {
    byte[] raw = (fields + "Subject: s\n\nText\n").replace("\n", "\r\n").getBytes(UTF_8);
    return MailParser.parse(new ByteArrayInputStream(raw), AttachmentSink.NONE);
  }
}
