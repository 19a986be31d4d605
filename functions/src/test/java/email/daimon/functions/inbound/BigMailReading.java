package email.daimon.functions.inbound;

import static java.nio.charset.StandardCharsets.US_ASCII;

import email.daimon.functions.store.Blobs;
import email.daimon.mime.Attachment;
import email.daimon.model.Verdicts;
import email.daimon.model.Verdicts.Verdict;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Base64;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/** Reads a mail with one large attachment, which is made while it is read. */
final class BigMailReading {
  private static final int ATTACHMENT = 29_000_000;
  private static final int LINE = 50;

  public static void main(String[] arguments) throws Exception {
    Blobs blobs =
        (Blobs)
            Proxy.newProxyInstance(
                Blobs.class.getClassLoader(), new Class<?>[] {Blobs.class}, (_, _, _) -> raw());
    Verdict pass = Verdict.PASS;
    Notification notification =
        new Notification(
            "ses",
            Instant.EPOCH,
            "",
            List.of(),
            new Verdicts(pass, pass, pass, pass, pass, Optional.empty()));
    try (ReadMail read = new MailReading(blobs).read(notification)) {
      Attachment attachment = read.mail().attachments().getFirst();
      System.out.println(
          "attachment of "
              + attachment.size()
              + " bytes, "
              + Files.size(read.files().file(0))
              + " on disk");
    }
  }

  private static InputStream raw() {
    String head =
        """
        Subject: big
        Content-Type: multipart/mixed; boundary=b

        --b

        text
        --b
        Content-Disposition: attachment; filename=big.bin
        Content-Transfer-Encoding: base64

        """;
    byte[] line = (Base64.getEncoder().encodeToString(new byte[LINE]) + "\r\n").getBytes(US_ASCII);
    Enumeration<InputStream> parts =
        new Enumeration<>() {
          private int next = -1;

          @Override
          public boolean hasMoreElements() {
            return next <= ATTACHMENT / LINE;
          }

          @Override
          public InputStream nextElement() {
            next++;
            return switch (next) {
              case 0 -> new ByteArrayInputStream(head.getBytes(US_ASCII));
              case ATTACHMENT / LINE + 1 -> new ByteArrayInputStream("--b--".getBytes(US_ASCII));
              default -> new ByteArrayInputStream(line);
            };
          }
        };
    return new SequenceInputStream(parts);
  }
}
