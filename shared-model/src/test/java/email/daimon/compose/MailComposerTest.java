package email.daimon.compose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 5.4: what leaves. */
class MailComposerTest {
  private static final Instant DATE = Instant.parse("2026-11-20T09:05:00Z");

  @Test
  void aPlainMailIsPlain() throws IOException {
    assertThat(composed(mail("Hello", "Hi,\nhow are you?\n", Optional.empty(), List.of())))
        .isEqualTo(
            """
            From: "Bot, the" <bot@daimon.email>
            To: ada@x.example, Grace Hopper <grace@x.example>
            Subject: Hello
            Date: Fri, 20 Nov 2026 09:05:00 +0000
            Message-ID: <msg_1@daimon.email>
            In-Reply-To: <p@x.example>
            References: <thread_1@daimon.email>
             <p@x.example>
            MIME-Version: 1.0
            Content-Type: text/plain; charset="us-ascii"
            Content-Transfer-Encoding: 7bit

            Hi,
            how are you?
            """);
  }

  @Test
  void theBodyIsMixedRelatedAlternative() throws IOException {
    OutgoingFile picture =
        OutgoingFile.inline("logo.png", "image/png", "logo", 3, () -> bytes("PNG"));
    OutgoingFile invitation =
        OutgoingFile.attached("invite.ics", "text/calendar", 14, () -> bytes("METHOD:REQUEST"));
    OutgoingFile file =
        OutgoingFile.attached("Übersicht.pdf", "application/pdf", 3, () -> bytes("PDF"));
    String mail =
        composed(
            mail("Grüße", "Grüße", Optional.of("<p>Hi</p>"), List.of(file, picture, invitation)));

    String mark = Boundaries.made("msg_1@daimon.email", 0).mark();
    assertThat(mail.lines().filter(line -> line.startsWith("Content-Type:")))
        .containsExactly(
            "Content-Type: multipart/mixed; boundary=\"" + mark + "_m\"",
            "Content-Type: multipart/related; type=\"multipart/alternative\";",
            "Content-Type: multipart/alternative; boundary=\"" + mark + "_a\"",
            "Content-Type: text/plain; charset=\"utf-8\"",
            "Content-Type: text/html; charset=\"us-ascii\"",
            "Content-Type: text/calendar; charset=\"utf-8\"; method=\"REQUEST\"",
            "Content-Type: image/png; name=\"logo.png\"",
            "Content-Type: application/pdf; name=\"Ubersicht.pdf\"",
            "Content-Type: text/calendar; name=\"invite.ics\"");
    assertThat(mail)
        .contains(
            "Subject: =?UTF-8?B?R3LDvMOfZQ==?=\n",
            "Content-Disposition: attachment; filename*=utf-8''%C3%9Cbersicht.pdf;\n"
                + " filename=\"Ubersicht.pdf\"\n",
            "Content-Disposition: inline; filename=\"logo.png\"\nContent-ID: <logo>\n",
            "\nGr=C3=BC=C3=9Fe\n");
  }

  @Test
  void aPictureThatNoHtmlCanShowIsAFile() throws IOException {
    OutgoingFile picture =
        OutgoingFile.inline("logo.png", "image/png", "logo", 3, () -> bytes("PNG"));
    assertThat(composed(mail("s", "t", Optional.empty(), List.of(picture))))
        .contains("multipart/mixed")
        .doesNotContain("multipart/related");
  }

  @Test
  void aContentIdThatEndsItsFieldIsNone() throws IOException {
    OutgoingFile picture =
        OutgoingFile.inline(
            "logo.png", "image/png", "logo>\r\nBcc: a@x.example", 3, () -> bytes("PNG"));
    assertThat(composed(mail("s", "t", Optional.of("<p>Hi</p>"), List.of(picture))))
        .doesNotContain("Content-ID", "Bcc");
  }

  @Test
  void aForwardedCalendarIsAFileAndNoMore() throws IOException {
    OutgoingFile calendar =
        OutgoingFile.plain(
            "invite.ics", "text/calendar; method=REQUEST", 14, () -> bytes("METHOD:REQUEST"));
    assertThat(composed(mail("s", "t", Optional.empty(), List.of(calendar))))
        .doesNotContain("multipart/alternative");
  }

  @ParameterizedTest(name = "{0} -> {1}, {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "plain words                 | 7bit             | plain words",
        "'.'                         | quoted-printable | =2E",
        "From here                   | quoted-printable | =46rom here",
        "a = b                       | 7bit             | a = b",
        "a = b and é                 | quoted-printable | a =3D b and =C3=A9",
        "é                           | quoted-printable | =C3=A9",
        "日本語のメールの本文です           | base64           | 5pel5pys6Kqe44Gu44Oh44O844Or44Gu5pys5paH44Gn44GZ",
        "'-- '                       | quoted-printable | --=20",
      })
  void textsTakeTheLeastEncodingThatIsSafe(String text, String encoding, String line)
      throws IOException {
    assertThat(composed(mail("s", text, Optional.empty(), List.of())))
        .contains("Content-Transfer-Encoding: " + encoding + "\n")
        .endsWith("\n\n" + line + "\n");
  }

  @Test
  void theBoundaryIsOneThatNothingHolds() throws IOException {
    String first = Boundaries.made("msg_1@daimon.email", 0).mark();
    OutgoingFile file = OutgoingFile.attached("a.bin", "x/y", 1, () -> bytes("x"));
    String mail = composed(mail("s", "--" + first + "_m", Optional.empty(), List.of(file)));
    assertThat(mail).contains("boundary=\"" + Boundaries.made("msg_1@daimon.email", 1).of("mixed"));
  }

  @Test
  void aFileOfAnotherSizeThanSaidIsNoMail() {
    OutgoingFile file = OutgoingFile.attached("a.bin", "x/y", 5, () -> bytes("four"));
    assertThatThrownBy(() -> composed(mail("s", "t", Optional.empty(), List.of(file))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.bin has 4 bytes, 5 were announced");
  }

  @Test
  void theSizeIsKnownBeforeAndExact() throws IOException {
    for (int size : new int[] {0, 1, 56, 57, 58, 1_000, 100_000}) {
      OutgoingFile file =
          OutgoingFile.attached(
              "a.bin", "x/y", size, () -> new ByteArrayInputStream(new byte[size]));
      OutgoingMail mail = mail("s", "Grüße", Optional.of("<p>Hi</p>"), List.of(file, file));
      assertThat(MailComposer.sizeAtMost(mail))
          .isBetween((long) MailComposer.bytes(mail).length, MailComposer.bytes(mail).length + 16L);
    }
  }

  @Test
  void aMailWithinTheMailIsNeverEncodedAsAWhole() throws IOException {
    String original = "Subject: Grüße\nContent-Transfer-Encoding: 8bit\n\nSchöne Grüße\n";
    OutgoingFile file =
        OutgoingFile.attached(
            "original.eml",
            "message/rfc822",
            original.getBytes(UTF_8).length,
            () -> bytes(original));
    assertThat(composed(mail("s", "t", Optional.empty(), List.of(file))))
        .contains(
            "Content-Transfer-Encoding: 7bit\n\nSubject: =?UTF-8?B?R3LDvMOfZQ==?=\n"
                + "Content-Transfer-Encoding: base64\n\nU2Now7ZuZSBHcsO8w59l");
  }

  @Test
  void aMailOfMailsWithoutEndGoesAsBytes() throws IOException {
    String nested =
        IntStream.range(0, 5_000)
                .mapToObj(i -> "Content-Type: message/rfc822\n\n")
                .reduce("", String::concat)
            + "Subject: ü\n\nü";
    byte[] bytes = nested.getBytes(UTF_8);
    OutgoingFile file =
        OutgoingFile.attached(
            "deep.eml", "message/rfc822", bytes.length, () -> new ByteArrayInputStream(bytes));
    assertThat(composed(mail("s", "t", Optional.empty(), List.of(file))))
        .contains("Content-Type: application/octet-stream; name=\"deep.eml\"");
  }

  @Test
  void fieldsOfTheCallerStandOnceAndAsGiven() throws IOException {
    OutgoingMail mail =
        new OutgoingMail(
            Mailbox.parse("bot@daimon.email"),
            List.of(Mailbox.parse("desk@x.example")),
            List.of(),
            List.of(),
            "a\r\nBcc: evil@x.example",
            "t",
            Optional.empty(),
            List.of(),
            Map.of("X-Campaign", "spring  2026"),
            "<msg_1@daimon.email>",
            DATE,
            Optional.empty(),
            List.of(),
            true,
            3);
    assertThat(composed(mail))
        .startsWith(
            """
            From: bot@daimon.email
            Reply-To: desk@x.example
            Subject: a Bcc: evil@x.example
            Date: Fri, 20 Nov 2026 09:05:00 +0000
            Message-ID: <msg_1@daimon.email>
            Auto-Submitted: auto-replied
            X-Daimon-Hop: 3
            X-Campaign: spring  2026
            MIME-Version: 1.0
            """);
  }

  private static OutgoingMail mail(
      String subject, String text, Optional<String> html, List<OutgoingFile> files) {
    return new OutgoingMail(
        Mailbox.parse("\"Bot, the\" <bot@daimon.email>"),
        List.of(),
        List.of(Mailbox.parse("ada@x.example"), Mailbox.parse("Grace Hopper <grace@x.example>")),
        List.of(),
        subject,
        text,
        html,
        files,
        Map.of(),
        "msg_1@daimon.email",
        DATE,
        Optional.of("<p@x.example>"),
        List.of("thread_1@daimon.email", "<p@x.example>", "P@x.example"),
        false,
        0);
  }

  private static String composed(OutgoingMail mail) throws IOException {
    String wire = new String(MailComposer.bytes(mail), US_ASCII);
    return wire.replace("\r\n", "\n");
  }

  private static ByteArrayInputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
