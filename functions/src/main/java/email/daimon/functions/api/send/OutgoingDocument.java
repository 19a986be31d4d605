package email.daimon.functions.api.send;

import email.daimon.compose.Mailbox;
import email.daimon.functions.store.StoredDocument;
import email.daimon.model.MessageDocument;
import email.daimon.model.MessageDocument.Recipient;
import email.daimon.model.TextCut;
import email.daimon.understand.Understanding;
import email.daimon.wire.FullMessageJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The document of a mail that is sent: what a reader of the mail will see, and all that it is
 * composed from beside its row and its files.
 */
final class OutgoingDocument {
  private OutgoingDocument() {}

  static StoredDocument of(Letter letter, Understanding texts, Conversation conversation) {
    Set<String> truncated = new LinkedHashSet<>();
    Map<String, List<String>> headers = new LinkedHashMap<>();
    letter
        .headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    MessageDocument document =
        new MessageDocument(
            cut("text_body", texts.textBody(), truncated),
            texts.textFrom().name().toLowerCase(Locale.ROOT),
            letter.html().map(html -> cut("html_body", html, truncated)),
            cut("reply_body", texts.replyBody(), truncated),
            texts.links(),
            texts.ctaLinks(),
            headers,
            recipients(letter.addressees()),
            letter.replyTo().stream().map(Mailbox::address).toList(),
            conversation.inReplyTo().map(List::of).orElse(List.of()),
            conversation.references(),
            texts
                .findings()
                .withVisibleText(cut("visible_text", texts.findings().visibleText(), truncated)));
    return new StoredDocument(document, truncated);
  }

  private static List<Recipient> recipients(Addressees addressees) {
    List<Recipient> all = new ArrayList<>();
    addressees.to().forEach(one -> all.add(new Recipient(one.address(), one.name(), "to")));
    addressees.cc().forEach(one -> all.add(new Recipient(one.address(), one.name(), "cc")));
    return all;
  }

  private static String cut(String name, String text, Set<String> truncated) {
    String head = TextCut.head(text, FullMessageJson.MOST_TEXT);
    if (head.length() < text.length()) {
      truncated.add(name);
    }
    return head;
  }
}
