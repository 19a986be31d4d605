package email.daimon.compose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.Corpora;
import email.daimon.mime.Attachment;
import email.daimon.mime.AttachmentSink;
import email.daimon.mime.Mail;
import email.daimon.mime.MailParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Mails of strangers on their way into a forward: 7-bit, and still saying what they said. */
class MailRewriterTest {
  @Test
  void realMailsStayWhatTheyAre() throws IOException {
    int rewritten = 0;
    List<String> changed = new ArrayList<>();
    for (JsonNode row : Corpora.rows("mime.open.jsonl")) {
      byte[] raw = Base64.getDecoder().decode(row.get("eml_b64").asText());
      if (SevenBit.holds(new ByteArrayInputStream(raw))) {
        continue;
      }
      Optional<byte[]> sevenBit = MailRewriter.rewrite(new ByteArrayInputStream(raw));
      if (sevenBit.isEmpty()) {
        changed.add(row.get("id").asText() + " as bytes");
        continue;
      }
      rewritten++;
      assertThat(SevenBit.holds(new ByteArrayInputStream(sevenBit.get())))
          .as(row.get("id").asText())
          .isTrue();
      String before = said(raw);
      String after = said(sevenBit.get());
      if (!before.equals(after)) {
        changed.add(row.get("id").asText());
      }
    }
    System.out.println(rewritten + " mails brought to 7 bits, changed: " + changed);
    assertThat(rewritten).isGreaterThan(20);
    // One without any word in its text, one that another mail's boundary cuts.
    assertThat(changed).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void fieldsOfAMegabyteEndNeitherStackNorTime() throws IOException {
    for (String filling : new String[] {"\\\"", "\"", "\"ü ", "ü", "=?utf-8?Q?", "x ", "<ü@x>,"}) {
      byte[] raw =
          ("To: ü \"" + filling.repeat((1 << 20) / filling.length()) + "\r\n\r\nü").getBytes(UTF_8);
      byte[] sevenBit = MailRewriter.rewrite(new ByteArrayInputStream(raw)).orElseThrow();
      assertThat(SevenBit.holds(new ByteArrayInputStream(sevenBit))).as(filling).isTrue();
    }
  }

  private static String said(byte[] raw) {
    Mail mail = MailParser.parse(new ByteArrayInputStream(raw), AttachmentSink.NONE);
    return mail.subject()
        + mail.from()
        + mail.to()
        + mail.messageId()
        + mail.text().map(String::strip)
        + mail.html().map(String::strip)
        + mail.attachments().stream()
            .map(Attachment::head)
            .map(head -> head.filename() + head.contentType() + head.contentId())
            .toList();
  }
}
