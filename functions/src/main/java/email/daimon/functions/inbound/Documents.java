package email.daimon.functions.inbound;

import email.daimon.functions.store.StoredDocument;
import email.daimon.mime.Mail;
import email.daimon.model.Attachment;
import email.daimon.model.Findings;
import email.daimon.model.MessageDocument;
import email.daimon.model.TextCut;
import email.daimon.understand.MailAuthentication;
import email.daimon.understand.MailDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the document of a mail, each text within what one reply may show. */
final class Documents {
  /** Bytes of UTF-8 of a text or of HTML that are kept for replies; the whole lies in S3. */
  static final int LONGEST_TEXT = 512 * 1024;

  private static final int LONGEST_HEADERS = 64 * 1024;

  private Documents() {}

  static StoredDocument of(ReadMail read) {
    Mail mail = read.mail();
    Notification notification = read.notification();
    Set<String> truncated = new LinkedHashSet<>();
    MessageDocument whole = MailDocument.of(mail, read.understanding());
    MessageDocument document =
        new MessageDocument(
            cut("text_body", whole.textBody(), truncated),
            whole.textFrom(),
            whole.htmlBody().map(html -> cut("html_body", html, truncated)),
            cut("reply_body", whole.replyBody(), truncated),
            whole.links(),
            whole.ctaLinks(),
            headers(whole.headers(), truncated),
            whole.recipients(),
            whole.replyTo(),
            whole.inReplyTo(),
            whole.references(),
            cut(whole.findings(), truncated),
            Optional.of(
                MailAuthentication.of(notification.verdicts(), notification.envelopeFrom(), mail)));
    List<Attachment> files = MailDocument.attachments(mail);
    boolean rowHasAll = Composition.inRow(files).size() == files.size();
    return new StoredDocument(document, truncated, rowHasAll ? List.of() : files);
  }

  /** The document of a mail of which only subject and sender may be kept. */
  static StoredDocument quarantined() {
    return StoredDocument.whole(MessageDocument.EMPTY);
  }

  private static Findings cut(Findings findings, Set<String> truncated) {
    return findings.withVisibleText(cut("visible_text", findings.visibleText(), truncated));
  }

  private static String cut(String name, String text, Set<String> truncated) {
    String head = TextCut.head(text, LONGEST_TEXT);
    if (head.length() < text.length()) {
      truncated.add(name);
    }
    return head;
  }

  private static Map<String, List<String>> headers(
      Map<String, List<String>> all, Set<String> truncated) {
    Map<String, List<String>> kept = new LinkedHashMap<>();
    long left = LONGEST_HEADERS;
    for (Map.Entry<String, List<String>> field : all.entrySet()) {
      List<String> values = new ArrayList<>();
      for (String value : field.getValue()) {
        left -= field.getKey().length() + TextCut.size(value);
        if (left >= 0) {
          values.add(value);
        }
      }
      if (!values.isEmpty()) {
        kept.put(field.getKey(), values);
      }
    }
    if (left < 0) {
      truncated.add("headers");
    }
    return kept;
  }
}
