package email.daimon.compose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.mime.Attachment;
import email.daimon.mime.Mail;
import email.daimon.mime.MailAddress;
import email.daimon.mime.MailParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.address.MailboxList;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;

/** What was asked for is what two parsers read, whatever was asked for. */
class ComposedMailPropertyTest {
  @Property(tries = 400)
  void ourOwnParserReadsWhatWasAskedFor(@ForAll long seed) throws IOException {
    OutgoingMail mail = new HostileRequests(seed).next();
    byte[] bytes = MailComposer.bytes(mail);
    Wire.check(mail, bytes);
    assertThat(MailComposer.bytes(mail)).as("the same each time").isEqualTo(bytes);
    assertThat((long) bytes.length).isLessThanOrEqualTo(MailComposer.sizeAtMost(mail));

    List<byte[]> parts = new ArrayList<>();
    Mail read = MailParser.parse(new ByteArrayInputStream(bytes), head -> kept(parts));

    assertThat(read.warnings()).isEmpty();
    assertThat(read.from()).isEqualTo(addresses(List.of(mail.from())));
    assertThat(read.replyTo()).isEqualTo(addresses(mail.replyTo()));
    assertThat(read.to()).isEqualTo(addresses(mail.to()));
    assertThat(read.cc()).isEqualTo(addresses(mail.cc()));
    assertThat(read.subject()).isEqualTo(mail.subject());
    assertThat(read.date()).contains(mail.date());
    assertThat(read.bracketedMessageId()).contains("<" + mail.messageId() + ">");
    assertThat(bracketed(read.inReplyTo()))
        .isEqualTo(WireIds.of(mail.inReplyTo().stream().toList()));
    assertThat(bracketed(read.references())).isEqualTo(WireIds.of(mail.references()));
    mail.headers()
        .forEach((name, value) ->
            assertThat(read.header(name.toLowerCase(java.util.Locale.ROOT)))
                .containsExactly(value.strip()));
    assertThat(withoutLastLineEnd(read.text().orElse("")))
        .isEqualTo(withoutLastLineEnd(lines(mail.text())));
    assertThat(read.html()).isEqualTo(mail.html().map(ComposedMailPropertyTest::lines));

    List<OutgoingFile> files = ExpectedFiles.of(mail);
    assertThat(read.attachments()).hasSameSizeAs(files);
    for (int i = 0; i < files.size(); i++) {
      same(
          files.get(i),
          ExpectedFiles.isAlternative(mail, i),
          read.attachments().get(i),
          parts.get(i));
    }
  }

  @Property(tries = 200)
  void mime4jReadsWhatWasAskedFor(@ForAll long seed) throws IOException {
    OutgoingMail mail = new HostileRequests(seed).next();
    DefaultMessageBuilder builder = new DefaultMessageBuilder();
    builder.setMimeEntityConfig(MimeConfig.STRICT);

    Message read = builder.parseMessage(new ByteArrayInputStream(MailComposer.bytes(mail)));

    assertThat(mailboxes(read.getFrom())).isEqualTo(addresses(List.of(mail.from())));
    assertThat(read.getTo() == null ? List.of() : mailboxes(read.getTo().flatten()))
        .isEqualTo(addresses(mail.to()));
    assertThat(read.getCc() == null ? List.of() : mailboxes(read.getCc().flatten()))
        .isEqualTo(addresses(mail.cc()));
    assertThat(Optional.ofNullable(read.getSubject()).orElse("")).isEqualTo(mail.subject());
    assertThat(read.getMessageId()).isEqualTo("<" + mail.messageId() + ">");
    List<Entity> leaves = new ArrayList<>();
    leaves(read, leaves);
    assertThat(withoutLastLineEnd(text(leaves.removeFirst())))
        .isEqualTo(withoutLastLineEnd(lines(mail.text())));
    if (mail.html().isPresent()) {
      assertThat(text(leaves.removeFirst())).isEqualTo(lines(mail.html().get()));
    }
    List<OutgoingFile> files = ExpectedFiles.of(mail);
    assertThat(leaves).hasSameSizeAs(files);
    for (int i = 0; i < files.size(); i++) {
      OutgoingFile file = files.get(i);
      assertThat(leaves.get(i).getMimeType()).isEqualTo(file.type().type());
      // mime4j takes a charset off plain names, too.
      if (!ExpectedFiles.isAlternative(mail, i) && !file.filename().matches(".*'.*'.*")) {
        assertThat(leaves.get(i).getFilename())
            .isIn(file.filename(), Parameters.ascii(file.filename()));
      }
      if (leaves.get(i).getBody() instanceof SingleBody body) {
        assertThat(body.getInputStream().readAllBytes()).isEqualTo(bytes(file));
      }
    }
  }

  private static void same(OutgoingFile file, boolean alternative, Attachment read, byte[] bytes)
      throws IOException {
    assertThat(read.contentType()).isEqualTo(file.type().type());
    if (alternative) {
      assertThat(read.declaredName()).isEmpty();
    } else {
      assertThat(read.declaredName()).contains(file.filename());
      assertThat(read.contentId()).isEqualTo(file.contentId());
      assertThat(read.inline()).isEqualTo(file.inline());
    }
    if (file.type().isMail()) {
      Mail original = parsed(bytes(file));
      Mail sent = parsed(bytes);
      assertThat(sent.subject()).isEqualTo(original.subject());
      assertThat(sent.from()).isEqualTo(original.from());
      assertThat(sent.text()).isEqualTo(original.text());
      assertThat(sent.attachments()).isEqualTo(original.attachments());
    } else {
      assertThat(bytes).isEqualTo(bytes(file));
    }
  }

  private static Mail parsed(byte[] bytes) {
    return MailParser.parse(new ByteArrayInputStream(bytes), email.daimon.mime.AttachmentSink.NONE);
  }

  private static ByteArrayOutputStream kept(List<byte[]> parts) {
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        parts.add(toByteArray());
      }
    };
  }

  static byte[] bytes(OutgoingFile file) throws IOException {
    try (InputStream bytes = file.source().open()) {
      return bytes.readAllBytes();
    }
  }

  private static void leaves(Entity entity, List<Entity> found) {
    if (entity.getBody() instanceof Multipart multipart) {
      multipart.getBodyParts().forEach(part -> leaves(part, found));
    } else {
      found.add(entity);
    }
  }

  private static String text(Entity entity) throws IOException {
    return new String(((SingleBody) entity.getBody()).getInputStream().readAllBytes(), UTF_8)
        .replace("\r\n", "\n");
  }

  private static List<MailAddress> mailboxes(MailboxList list) {
    return list.stream()
        .map(mailbox -> {
          String name = Optional.ofNullable(mailbox.getName()).orElse("");
          Mailbox same =
              Mailbox.of(
                  Mailbox.isDotAtom(mailbox.getLocalPart())
                      ? mailbox.getAddress()
                      : Mailbox.quoted(mailbox.getLocalPart()) + "@" + mailbox.getDomain(),
                  "");
          return new MailAddress(same.address(), name);
        })
        .toList();
  }

  private static List<MailAddress> addresses(List<Mailbox> mailboxes) {
    return mailboxes.stream()
        .map(mailbox -> new MailAddress(mailbox.address(), mailbox.name()))
        .toList();
  }

  private static List<String> bracketed(List<String> ids) {
    return ids.stream().map(id -> "<" + id + ">").toList();
  }

  static String lines(String text) {
    return TextPart.canonical(text).replace("\r\n", "\n");
  }

  static String withoutLastLineEnd(String text) {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
