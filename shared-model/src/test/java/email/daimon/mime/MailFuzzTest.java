package email.daimon.mime;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.understand.AutoKinds;
import email.daimon.understand.MailDocument;
import email.daimon.understand.ReportedDelivery;
import email.daimon.understand.Understanding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever bytes come, they are a mail. The golden mails, damaged by chance with a fixed seed. */
class MailFuzzTest {
  private static final int ROUNDS = 8_000;
  private static final String[] SHARDS = {
    "\r\n",
    "\r\n\r\n",
    "--b\r\n",
    "--b--\r\n",
    "\0",
    "\u00ff",
    "=?utf-8?Q?",
    "?=",
    "\"",
    "<",
    ">",
    "(",
    ";",
    "=",
    "Content-Type: multipart/mixed; boundary=b\r\n",
    "Content-Type: message/rfc822\r\n",
    "Content-Transfer-Encoding: base64\r\n",
    "charset=",
    "name*0*=",
    "\r",
    "<div>",
    "</",
    "&#x",
    "> ",
    "BEGIN:VEVENT\r\n",
    "END:VEVENT\r\n",
    "DTSTART:2026",
    "-----BEGIN PGP SIGNED MESSAGE-----\r\n",
    "Final-Recipient: rfc822;",
    "Content-Type: application/ms-tnef\r\n",
  };

  @Test
  void damagedMailsAreRead() throws IOException {
    List<byte[]> golden = golden();
    Random random = new Random(20261121);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = damaged(golden.get(random.nextInt(golden.size())), random);
      Counting sink = new Counting();
      ReportParts parts = new ReportParts(sink);
      Mail mail = MailParser.parse(new ByteArrayInputStream(damaged), parts);
      assertThat(mail.size()).isEqualTo(damaged.length);
      assertThat(mail.attachments()).hasSize(sink.opened);
      assertThat(mail.attachments().stream().mapToLong(Attachment::size).sum())
          .isEqualTo(sink.bytes);
      Understanding.of(mail);
      MailDocument.attachments(mail);
      assertThat(AutoKinds.of(mail, ReportedDelivery.of(mail, parts))).isNotNull();
    }
  }

  @Test
  void aStreamThatComesInDropsIsReadAlike() throws IOException {
    for (byte[] mail : golden()) {
      Mail whole = MailParser.parse(new ByteArrayInputStream(mail), AttachmentSink.NONE);
      for (int most : new int[] {1, 2, 3, 7}) {
        Mail dripped = MailParser.parse(new Drops(mail, most), AttachmentSink.NONE);
        assertThat(dripped).isEqualTo(whole);
      }
    }
  }

  private static List<byte[]> golden() throws IOException {
    List<byte[]> mails = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
      for (Path file : files.sorted().toList()) {
        if (file.toString().endsWith(".eml")) {
          mails.add(Files.readAllBytes(file));
        }
      }
    }
    return mails;
  }

  private static byte[] damaged(byte[] mail, Random random) {
    byte[] bytes = mail.clone();
    int times = 1 + random.nextInt(6);
    for (int i = 0; i < times && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      bytes =
          switch (random.nextInt(4)) {
            case 0 -> spliced(bytes, at, at, new byte[] {(byte) random.nextInt(256)});
            case 1 ->
                spliced(bytes, at, Math.min(bytes.length, at + random.nextInt(40)), new byte[0]);
            case 2 -> {
              int from = random.nextInt(bytes.length);
              int to = Math.min(bytes.length, from + random.nextInt(200));
              yield spliced(bytes, at, at, Arrays.copyOfRange(bytes, from, to));
            }
            default -> {
              String shard = SHARDS[random.nextInt(SHARDS.length)];
              yield spliced(bytes, at, at, shard.getBytes(StandardCharsets.ISO_8859_1));
            }
          };
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(bytes, 0, from);
    all.writeBytes(between);
    all.write(bytes, to, bytes.length - to);
    return all.toByteArray();
  }

  private static final class Counting implements AttachmentSink {
    private int opened;
    private long bytes;

    @Override
    public OutputStream open(AttachmentHead head) {
      assertThat(head.index()).isEqualTo(opened++);
      return new OutputStream() {
        @Override
        public void write(int b) {
          bytes++;
        }
      };
    }
  }

  /** Gives a few bytes at a time. */
  private static final class Drops extends InputStream {
    private final ByteArrayInputStream all;
    private final int most;

    Drops(byte[] bytes, int most) {
      this.all = new ByteArrayInputStream(bytes);
      this.most = most;
    }

    @Override
    public int read() {
      return all.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return all.read(bytes, offset, Math.min(most, length));
    }
  }
}
