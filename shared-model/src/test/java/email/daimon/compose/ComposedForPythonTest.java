package email.daimon.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import email.daimon.mime.AttachmentSink;
import email.daimon.mime.MailParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Writes 500 composed mails and what was asked for, for {@code .ci/compose.py}, which reads them
 * with Python's {@code email}: {@code target/composed/NNN.eml} and {@code NNN.json}. Another seed
 * or number: {@code -Dcompose.seed=} and {@code -Dcompose.mails=}.
 */
class ComposedForPythonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void mailsForAnotherReader() throws IOException {
    int seed = Integer.getInteger("compose.seed", 20261121);
    int mails = Integer.getInteger("compose.mails", 500);
    System.out.println("composed mails for another reader: seed " + seed + ", " + mails + " mails");
    Path folder = Files.createDirectories(Path.of("target/composed"));
    try (var earlier = Files.list(folder)) {
      for (Path file : earlier.toList()) {
        Files.delete(file);
      }
    }
    HostileRequests requests = new HostileRequests(seed);
    for (int i = 0; i < mails; i++) {
      OutgoingMail mail = requests.next();
      byte[] bytes = MailComposer.bytes(mail);
      Wire.check(mail, bytes);
      String name = String.format(Locale.ROOT, "%05d", i);
      Files.write(folder.resolve(name + ".eml"), bytes);
      Files.writeString(folder.resolve(name + ".json"), JSON.writeValueAsString(wanted(mail)));
    }
    try (var written = Files.list(folder)) {
      assertThat(written.count()).isEqualTo(2L * mails);
    }
  }

  private static ObjectNode wanted(OutgoingMail mail) throws IOException {
    ObjectNode wanted = JSON.createObjectNode();
    wanted.set("from", mailboxes(List.of(mail.from())));
    wanted.set("reply_to", mailboxes(mail.replyTo()));
    wanted.set("to", mailboxes(mail.to()));
    wanted.set("cc", mailboxes(mail.cc()));
    wanted.put("subject", mail.subject());
    wanted.put("date", mail.date().getEpochSecond());
    wanted.put("message_id", '<' + mail.messageId() + '>');
    wanted.set("in_reply_to", JSON.valueToTree(WireIds.of(mail.inReplyTo().stream().toList())));
    wanted.set("references", JSON.valueToTree(WireIds.of(mail.references())));
    wanted.put("text", ComposedMailPropertyTest.lines(mail.text()));
    wanted.put("html", mail.html().map(ComposedMailPropertyTest::lines).orElse(null));
    wanted.set("headers", JSON.valueToTree(mail.headers()));
    wanted.put("automatic", mail.automatic());
    wanted.put("hop", mail.hop());
    ArrayNode files = wanted.putArray("files");
    List<OutgoingFile> parts = ExpectedFiles.of(mail);
    for (int i = 0; i < parts.size(); i++) {
      OutgoingFile file = parts.get(i);
      boolean alternative = ExpectedFiles.isAlternative(mail, i);
      byte[] bytes = ComposedMailPropertyTest.bytes(file);
      ObjectNode part = files.addObject();
      part.put("filename", alternative ? null : file.filename());
      part.put("type", file.type().type());
      part.put("disposition", alternative ? null : file.inline() ? "inline" : "attachment");
      part.put("content_id", file.contentId().map(id -> '<' + id + '>').orElse(null));
      if (file.type().isMail()) {
        part.put(
            "subject",
            MailParser.parse(new ByteArrayInputStream(bytes), AttachmentSink.NONE).subject());
      } else {
        part.put("sha256", Hashing.sha256().hashBytes(bytes).toString());
      }
    }
    return wanted;
  }

  private static ArrayNode mailboxes(List<Mailbox> mailboxes) {
    ArrayNode all = JSON.createArrayNode();
    mailboxes.forEach(mailbox -> all.addArray().add(mailbox.name()).add(mailbox.address()));
    return all;
  }
}
