package email.daimon.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamingTest {
  private static final String HEADER =
      "From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n";

  @ParameterizedTest(name = "attachments of about {0} bytes")
  @ValueSource(ints = {1, 80, 8_192, 65_536, 131_072})
  void attachmentsArriveToTheByteWhereverTheWindowEnds(int about) throws Exception {
    for (int size = Math.max(0, about - 70); size < about + 10; size++) {
      for (int line : new int[] {60, 1 << 20}) {
        byte[] content = content(size, line);
        Kept sink = new Kept();
        Mail closed = read(mail(content, "\r\n--b--\r\n"), sink);
        Mail open = read(mail(content, ""), sink);
        for (Mail mail : List.of(closed, open)) {
          assertThat(mail.attachments()).hasSize(1);
          assertThat(mail.attachments().getFirst().size()).isEqualTo(size);
          assertThat(mail.attachments().getFirst().sha256()).isEqualTo(sha256(content));
        }
        assertThat(sink.all).hasSize(2).allMatch(it -> Arrays.equals(it.toByteArray(), content));
      }
    }
  }

  @Test
  void theBodyHashIsThatOfAllBytesBehindTheHeader() throws Exception {
    byte[] body = content(100_000, 60);
    byte[] mail = joined("From: a@example.com\r\n\r\n".getBytes(StandardCharsets.UTF_8), body);
    assertThat(read(mail, AttachmentSink.NONE).bodyHash()).isEqualTo(sha256(body));
    byte[] unseparated = "From: a@example.com\r\ntext\r\nmore".getBytes(StandardCharsets.UTF_8);
    assertThat(read(unseparated, AttachmentSink.NONE).bodyHash())
        .isEqualTo(sha256("text\r\nmore".getBytes(StandardCharsets.UTF_8)));
    byte[] many = HEADER.concat("--b\r\n\r\nx\r\n".repeat(30_000)).getBytes(StandardCharsets.UTF_8);
    assertThat(read(many, AttachmentSink.NONE).bodyHash())
        .isEqualTo(sha256(Arrays.copyOfRange(many, HEADER.length(), many.length)));
  }

  @Test
  void twoDeliveriesOfOneMailShareTheHashOfWhatWasHandedOver() {
    String mail = "Received: from a by b; yesterday\r\nFrom: a@example.com\r\n\r\ntext\r\n";
    String first =
        "Return-Path: <a@x>\r\nReceived: from b by ses; 1\r\nX-SES-RECEIPT: 1\r\n" + mail;
    String second =
        "Return-Path: <a@x>\r\nReceived: from b by ses; 2\r\nX-SES-RECEIPT: 2\r\n" + mail;
    assertThat(hash(first)).isEqualTo(hash(second));
    assertThat(hash(first)).isNotEqualTo(hash(first.replace("yesterday", "today")));
    assertThat(hash(first)).isNotEqualTo(hash(first.replace("text", "other")));
    assertThat(hash(first)).isNotEqualTo(hash(first.replace("From: a@", "From: b@")));
  }

  @Test
  void aHeaderBehindAnEndlessOneIsStillRead() {
    String mail = "Subject: " + "s".repeat(3 << 20) + "\r\nFrom: a@example.com\r\n\r\ntext";
    assertThat(read(mail.getBytes(StandardCharsets.UTF_8), AttachmentSink.NONE).from())
        .containsExactly(new MailAddress("a@example.com", ""));
  }

  @Test
  void failuresOfStreamAndSinkGoThrough() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("cut off");
          }
        };
    assertThatThrownBy(() -> MailParser.parse(broken, AttachmentSink.NONE))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cut off");
    AttachmentSink full =
        head -> {
          throw new IOException("disk full");
        };
    assertThatThrownBy(() -> read(mail(new byte[1], ""), full))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("disk full");
  }

  private static String hash(String mail) {
    return read(mail.getBytes(StandardCharsets.UTF_8), AttachmentSink.NONE).handedOverHash();
  }

  private static Mail read(byte[] mail, AttachmentSink sink) {
    return MailParser.parse(new ByteArrayInputStream(mail), sink);
  }

  /** Lines of a length, or one line. */
  private static byte[] content(int size, int line) {
    byte[] content = new byte[size];
    for (int i = 0; i < size; i++) {
      int place = i % line;
      content[i] = (byte) (place == line - 2 ? '\r' : place == line - 1 ? '\n' : 'a' + i % 26);
    }
    return content;
  }

  private static byte[] mail(byte[] content, String end) {
    String part = HEADER + "--b\r\nContent-Type: application/octet-stream\r\n\r\n";
    return joined(
        joined(part.getBytes(StandardCharsets.US_ASCII), content),
        end.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static final class Kept implements AttachmentSink {
    private final List<ByteArrayOutputStream> all = new ArrayList<>();

    @Override
    public OutputStream open(AttachmentHead head) {
      assertThat(head.declaredName()).isEqualTo(Optional.empty());
      all.add(new ByteArrayOutputStream());
      return all.getLast();
    }
  }
}
