package email.daimon.local.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.local.ses.ReceivedMail;
import email.daimon.local.ses.Spool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmtpDoorTest {
  private static final Set<String> INBOXES =
      Set.of("one@daimon.email", "two@daimon.email", "postmaster@daimon.email");

  @TempDir Path folder;
  private Spool spool;
  private SmtpDoor door;
  private RawSmtpClient client;

  @BeforeEach
  void open() throws IOException {
    spool = new Spool(folder, 3, false);
    door =
        new SmtpDoor(
            0,
            "daimon.email",
            address ->
                INBOXES.contains(address.toLowerCase(java.util.Locale.ROOT))
                    || address.startsWith("many"),
            spool,
            InstantSource.system(),
            new Random(1));
    client = new RawSmtpClient(door.port());
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    door.close();
  }

  @Test
  void announcesWhatItCan() throws IOException {
    assertThat(client.say("EHLO sender.example").split("\n"))
        .containsExactly(
            "250-daimon.email",
            "250-PIPELINING",
            "250-SIZE 41943040",
            "250-8BITMIME",
            "250-SMTPUTF8",
            "250-STARTTLS",
            "250 ENHANCEDSTATUSCODES");
    assertThat(client.say("AUTH PLAIN AAAA")).startsWith("502 5.5.1");
    assertThat(client.say("HELO sender.example")).isEqualTo("250 daimon.email");
    assertThat(client.say("EHLO")).startsWith("501 5.5.4");
  }

  @Test
  void acceptsAMailWithItsEnvelope() throws Exception {
    hello();
    assertThat(client.say("MAIL FROM:<ann@sender.example> SIZE=100 BODY=8BITMIME"))
        .startsWith("250 2.1.0");
    assertThat(client.say("RCPT TO:<nobody@daimon.email>")).isEqualTo("550 5.1.1 No such inbox");
    assertThat(client.say("RCPT TO:<one@daimon.email>")).startsWith("250 2.1.5");
    assertThat(client.say("rcpt to: two@daimon.email")).startsWith("250 2.1.5");
    assertThat(client.say("RCPT TO:<Postmaster>")).startsWith("250 2.1.5");
    assertThat(client.say("DATA")).startsWith("354");
    assertThat(client.say("Subject: x\r\n\r\n..dot\r\nend\r\n."))
        .startsWith("250 2.6.0 Ok, stored as ");

    Spool.Entry entry = only();
    ReceivedMail mail = entry.mail();
    assertThat(mail.sender()).isEqualTo("ann@sender.example");
    assertThat(mail.recipients())
        .containsExactly("one@daimon.email", "two@daimon.email", "Postmaster@daimon.email");
    assertThat(mail.id()).matches("[0-9a-v]{40}");
    assertThat(mail.client().name()).isEqualTo("sender.example");
    assertThat(content(entry)).isEqualTo("Subject: x\r\n\r\n.dot\r\nend\r\n");
  }

  @Test
  void takesPipelinedMailsOneAfterAnother() throws Exception {
    hello();
    String mail =
        "MAIL FROM:<>\r\nRCPT TO:<no@daimon.email>\r\nRCPT TO:<one@daimon.email>\r\nDATA\r\n";
    client.write(mail);
    assertThat(client.hear()).startsWith("250");
    assertThat(client.hear()).startsWith("550");
    assertThat(client.hear()).startsWith("250");
    assertThat(client.hear()).startsWith("354");
    client.write("first\r\n.\r\n" + mail + "second\r\n.\r\nQUIT\r\n");
    for (String code : List.of("250", "250", "550", "250", "354", "250", "221")) {
      assertThat(client.hear()).startsWith(code);
    }
    List<Spool.Entry> entries = spool.take(10, Duration.ofSeconds(5));
    assertThat(entries).hasSize(2);
    assertThat(entries).allMatch(entry -> entry.mail().sender().isEmpty());
  }

  @Test
  void refusesADeclaredSizeAtOnceAndAnUndeclaredAfterReadingIt() throws Exception {
    hello();
    assertThat(client.say("MAIL FROM:<a@b.example> SIZE=41943041")).startsWith("552 5.3.4");
    assertThat(client.say("MAIL FROM:<a@b.example> SIZE=99999999999999999999999"))
        .startsWith("552 5.3.4");

    begin("one@daimon.email");
    byte[] line = new byte[1 << 20];
    Arrays.fill(line, (byte) 'x');
    line[line.length - 2] = '\r';
    line[line.length - 1] = '\n';
    for (int i = 0; i < 41; i++) {
      client.write(line);
    }
    assertThat(client.say(".")).startsWith("552 5.3.4");
    assertThat(folder).isEmptyDirectory();

    // The next mail needs no RSET.
    begin("one@daimon.email");
    assertThat(client.say("small\r\n.")).startsWith("250");
    assertThat(content(only())).isEqualTo("small\r\n");
  }

  @Test
  void takesAMailOfExactlyTheLimit() throws Exception {
    hello();
    begin("one@daimon.email");
    byte[] line = new byte[1 << 20];
    Arrays.fill(line, (byte) 'x');
    line[line.length - 2] = '\r';
    line[line.length - 1] = '\n';
    for (int i = 0; i < 40; i++) {
      client.write(line);
    }
    assertThat(client.say(".")).startsWith("250");
    assertThat(only().length()).isEqualTo(SmtpDoor.LARGEST_MAIL);
  }

  @Test
  void takesAHundredRecipientsAndNoMore() throws Exception {
    hello();
    client.say("MAIL FROM:<a@b.example>");
    client.write(
        String.join(
            "", IntStream.range(0, 101).mapToObj(i -> "RCPT TO:<many" + i + "@x>\r\n").toList()));
    for (int i = 0; i < 100; i++) {
      assertThat(client.hear()).startsWith("250");
    }
    assertThat(client.hear()).startsWith("452 4.5.3");
    client.say("DATA");
    assertThat(client.say("x\r\n.")).startsWith("250");
    assertThat(only().mail().recipients()).hasSize(100);
  }

  @Test
  void encryptsAndForgetsWhatCameInClearBehindStartTls() throws Exception {
    hello();
    client.write("STARTTLS\r\nMAIL FROM:<evil@b.example>\r\n");
    assertThat(client.hear()).startsWith("220 2.0.0");
    client.startTls();
    assertThat(client.isQuiet()).isTrue();
    assertThat(client.say("EHLO sender.example")).doesNotContain("STARTTLS");
    assertThat(client.say("STARTTLS")).startsWith("454");
    begin("one@daimon.email");
    assertThat(client.say("secret\r\n.")).startsWith("250");
    assertThat(only().mail().sender()).isEqualTo("a@b.example");
  }

  @Test
  void aBareLineFeedDotIsNoEndOfData() throws Exception {
    hello();
    begin("one@daimon.email");
    client.write("a\n.\nMAIL FROM:<smuggled@b.example>\n.\r\n\n.\r\nb\r\n.\r\n");
    assertThat(client.hear()).startsWith("250");
    assertThat(content(only()))
        .isEqualTo("a\n.\nMAIL FROM:<smuggled@b.example>\n.\r\n\n.\r\nb\r\n");
    assertThat(client.isQuiet()).isTrue();
  }

  @Test
  void takesUtf8AddressesAndEightBitData() throws Exception {
    hello();
    assertThat(client.say("MAIL FROM:<grüße@bücher.example> SMTPUTF8")).startsWith("250");
    assertThat(client.say("RCPT TO:<many-ü@daimon.email>")).startsWith("250");
    client.say("DATA");
    assertThat(client.say("Subject: ü\r\n\r\nü\r\n.")).startsWith("250");
    Spool.Entry entry = only();
    assertThat(entry.mail().sender()).isEqualTo("grüße@bücher.example");
    assertThat(entry.mail().recipients()).containsExactly("many-ü@daimon.email");
    assertThat(content(entry)).isEqualTo("Subject: ü\r\n\r\nü\r\n");
  }

  @Test
  void keepsOrderAndSyntax() throws Exception {
    hello();
    assertThat(client.say("DATA")).startsWith("503 5.5.1");
    assertThat(client.say("RCPT TO:<one@daimon.email>")).startsWith("503 5.5.1");
    assertThat(client.say("MAIL FROM:<a@b.example")).startsWith("501 5.1.7");
    assertThat(client.say("MAIL FROM:<a@b.example> AUTH=x")).startsWith("555 5.5.4");
    assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("250");
    assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("503 5.5.1");
    assertThat(client.say("RCPT TO:<>")).startsWith("501 5.1.3");
    assertThat(client.say("RCPT TO:<nobody@daimon.email>")).startsWith("550");
    assertThat(client.say("DATA")).startsWith("554 5.5.1");
    assertThat(client.say("RSET")).startsWith("250 2.0.0");
    assertThat(client.say("NOOP")).startsWith("250 2.0.0");
    assertThat(client.say("WHAT")).startsWith("500");
    assertThat(client.say("QUIT")).startsWith("221 2.0.0");
  }

  @Test
  void aCutOffMailLeavesNothing() throws Exception {
    hello();
    begin("one@daimon.email");
    client.write("half a m");
    client.close();
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(folder).isEmptyDirectory());
    assertThat(spool.take(1, Duration.ZERO)).isEmpty();
  }

  private void hello() throws IOException {
    assertThat(client.say("EHLO sender.example")).startsWith("250");
  }

  private void begin(String recipient) throws IOException {
    assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("250");
    assertThat(client.say("RCPT TO:<" + recipient + ">")).startsWith("250");
    assertThat(client.say("DATA")).startsWith("354");
  }

  private Spool.Entry only() throws InterruptedException {
    List<Spool.Entry> entries = spool.take(10, Duration.ofSeconds(5));
    assertThat(entries).hasSize(1);
    return entries.getFirst();
  }

  private static String content(Spool.Entry entry) throws IOException {
    try (var in = entry.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
