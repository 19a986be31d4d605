package email.daimon.model;

import static java.util.Objects.requireNonNull;

import email.daimon.model.MessageDocument.Recipient;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a list row shows of a parsed mail: its document without headers and HTML, each text and each
 * list cut at {@link #MOST} bytes. It lies beside the row, so that a list never opens the document.
 *
 * @param truncated names of the components that were cut, as the API spells them: {@code
 *     text_body}, {@code reply_body}, {@code links}, {@code cta_links}, {@code recipients_details},
 *     {@code references}
 */
public record ListForm(
    String textBody,
    String textFrom,
    String replyBody,
    List<String> links,
    List<String> ctaLinks,
    List<Recipient> recipients,
    List<String> replyTo,
    List<String> inReplyTo,
    List<String> references,
    Set<String> truncated) {
  /** Bytes of UTF-8 that a row shows of each text. */
  public static final int MOST = 8 * 1024;

  /** What a row shows before its document can be read. */
  public static final ListForm EMPTY =
      new ListForm(
          "", "text", "", List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
          Set.of());

  public ListForm {
    requireNonNull(textBody, "textBody is null");
    requireNonNull(textFrom, "textFrom is null");
    requireNonNull(replyBody, "replyBody is null");
    links = List.copyOf(links);
    ctaLinks = List.copyOf(ctaLinks);
    recipients = List.copyOf(recipients);
    replyTo = List.copyOf(replyTo);
    inReplyTo = List.copyOf(inReplyTo);
    references = List.copyOf(references);
    truncated = Set.copyOf(truncated);
  }

  /** The list form of a document. */
  public static ListForm of(MessageDocument document) {
    Set<String> truncated = new LinkedHashSet<>();
    return new ListForm(
        cut("text_body", document.textBody(), truncated),
        document.textFrom(),
        cut("reply_body", document.replyBody(), truncated),
        cut("links", document.links(), truncated),
        cut("cta_links", document.ctaLinks(), truncated),
        recipients(document.recipients(), truncated),
        TextCut.head(document.replyTo(), MOST),
        TextCut.head(document.inReplyTo(), MOST),
        cut("references", document.references(), truncated),
        truncated);
  }

  private static String cut(String name, String text, Set<String> truncated) {
    String head = TextCut.head(text, MOST);
    if (head.length() < text.length()) {
      truncated.add(name);
    }
    return head;
  }

  private static List<String> cut(String name, List<String> values, Set<String> truncated) {
    List<String> head = TextCut.head(values, MOST);
    if (head.size() < values.size()) {
      truncated.add(name);
    }
    return head;
  }

  private static List<Recipient> recipients(List<Recipient> all, Set<String> truncated) {
    List<String> texts = all.stream().map(one -> one.address() + one.name()).toList();
    return all.subList(0, cut("recipients_details", texts, truncated).size());
  }
}
