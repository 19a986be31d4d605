package email.daimon.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of mails without faults, Apache mime4j sees the same attachments, to the byte. */
class OtherOpinionTest {
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "alternative-related",
        "mixed-texts",
        "exact-bytes",
        "forwarded",
        "rfc2231-names",
        "unsafe-names",
        "automatic",
        "bare-lf",
        "doubtful-text"
      })
  void attachmentsAreTheSameToTheByte(String name) throws Exception {
    byte[] raw = Files.readAllBytes(Path.of("src/test/resources/golden", name + ".eml"));
    Mail mail = MailParser.parse(new ByteArrayInputStream(raw), AttachmentSink.NONE);
    assertThat(mail.attachments()).isNotEmpty();
    assertThat(leaves(raw))
        .containsSubsequence(mail.attachments().stream().map(Attachment::sha256).toList());
  }

  private static List<String> leaves(byte[] raw) throws IOException, MimeException {
    MimeTokenStream stream = new MimeTokenStream();
    stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
    stream.parse(new ByteArrayInputStream(raw));
    List<String> hashes = new ArrayList<>();
    EntityState state = stream.getState();
    while (state != EntityState.T_END_OF_STREAM) {
      if (state == EntityState.T_BODY) {
        hashes.add(sha256(stream.getDecodedInputStream().readAllBytes()));
      }
      state = stream.next();
    }
    return hashes;
  }

  private static String sha256(byte[] bytes) {
    MessageDigest digest = Hashes.sha256();
    return HexFormat.of().formatHex(digest.digest(bytes));
  }
}
