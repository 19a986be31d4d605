package email.daimon.compose;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * Brings a mail of others to 7 bits, as a relay must before a next hop without 8BITMIME (RFC 6152,
 * 3): leaves that are not 7-bit are encoded in base64, fields get encoded-words, the structure
 * stays. What is signed in it may no longer verify.
 */
final class MailRewriter {
  // mime4j reads a leaf once for each multipart around it.
  private static final int DEPTH = 20;
  private static final MimeConfig UNBOUNDED =
      MimeConfig.custom()
          .setMaxLineLen(-1)
          .setMaxHeaderCount(-1)
          .setMaxHeaderLen(-1)
          .setMaxContentLen(-1)
          .build();

  private final MimeTokenStream mail = new MimeTokenStream(UNBOUNDED);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Field> fields = new ArrayList<>();
  private final Deque<String> boundaries = new ArrayDeque<>();
  private int depth;

  private MailRewriter() {}

  /** The rewritten mail; empty where its parts lie too deep or cannot be told apart. */
  static Optional<byte[]> rewrite(InputStream original) throws IOException {
    MailRewriter rewriter = new MailRewriter();
    try {
      return rewriter.read(original) ? Optional.of(rewriter.out.toByteArray()) : Optional.empty();
    } catch (MimeException noMail) {
      return Optional.empty();
    }
  }

  private boolean read(InputStream original) throws IOException, MimeException {
    mail.setRecursionMode(RecursionMode.M_RECURSE);
    mail.parse(original);
    for (EntityState state = mail.getState();
        state != EntityState.T_END_OF_STREAM;
        state = mail.next()) {
      switch (state) {
        case T_START_HEADER -> fields.clear();
        case T_FIELD -> fields.add(mail.getField());
        case T_START_MULTIPART -> {
          String boundary = mail.getBodyDescriptor().getBoundary();
          if (++depth > DEPTH || boundary == null || !isAscii(boundary)) {
            return false;
          }
          boundaries.push(boundary);
          header(Optional.empty());
        }
        case T_START_BODYPART -> line("--" + boundaries.getFirst());
        case T_END_MULTIPART -> {
          depth--;
          line("--" + boundaries.pop() + "--");
        }
        case T_START_MESSAGE -> {
          if (depth > 0 || !fields.isEmpty()) {
            header(Optional.empty());
          }
          if (++depth > DEPTH) {
            return false;
          }
        }
        case T_END_MESSAGE -> depth--;
        case T_BODY -> leaf();
        default -> {}
      }
    }
    return true;
  }

  private void leaf() throws IOException {
    byte[] raw = mail.getInputStream().readAllBytes();
    String encoding =
        Optional.ofNullable(mail.getBodyDescriptor().getTransferEncoding())
            .orElse("7bit")
            .strip()
            .toLowerCase(Locale.ROOT);
    boolean encoded = encoding.equals("base64") || encoding.equals("quoted-printable");
    if (SevenBit.holds(new ByteArrayInputStream(raw))) {
      header(encoded ? Optional.of(encoding) : Optional.empty());
      SevenBit.copy(new ByteArrayInputStream(raw), out);
      line("");
      return;
    }
    header(Optional.of("base64"));
    InputStream bytes = new ByteArrayInputStream(raw);
    InputStream decoded =
        switch (encoding) {
          case "base64" -> new Base64InputStream(bytes);
          case "quoted-printable" -> new QuotedPrintableInputStream(bytes);
          default -> bytes;
        };
    Base64Bodies.write(decoded, out);
  }

  /** Writes the fields gathered, the encoding of the part in place of its own. */
  private void header(Optional<String> encoding) throws IOException {
    for (Field field : fields) {
      if (!field.getNameLowerCase().equals("content-transfer-encoding")) {
        out.write(FieldRewriter.rewrite(field));
      }
    }
    if (encoding.isPresent()) {
      line("Content-Transfer-Encoding: " + encoding.get());
    }
    line("");
    fields.clear();
  }

  private void line(String ascii) {
    out.writeBytes((ascii + "\r\n").getBytes(US_ASCII));
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 127);
  }
}
