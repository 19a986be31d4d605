package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What was found in the texts of a mail, beside the texts themselves. It is kept in the document.
 *
 * @param visibleText what a reader of the mail sees, and nothing hidden: of the HTML where there is
 *     any, else of the text
 * @param reply how the text was divided
 * @param links of the mail in their order, at most 500
 * @param hidden what a reader does not see, at most {@link HiddenText#MOST}
 * @param injections what tries to instruct a machine, at most {@link Injection#MOST}
 * @param parts what lies beside the texts
 */
public record Findings(
    String visibleText,
    ReplyParts reply,
    List<LinkDetail> links,
    List<HiddenText> hidden,
    List<Injection> injections,
    MailParts parts) {
  /** Of a mail that nothing is known of, or may be shown of. */
  public static final Findings NONE =
      new Findings("", ReplyParts.WHOLE, List.of(), List.of(), List.of());

  public Findings {
    requireNonNull(visibleText, "visibleText is null");
    requireNonNull(reply, "reply is null");
    links = List.copyOf(links);
    hidden = List.copyOf(hidden);
    injections = List.copyOf(injections);
    requireNonNull(parts, "parts is null");
  }

  /** Of texts alone. */
  public Findings(
      String visibleText,
      ReplyParts reply,
      List<LinkDetail> links,
      List<HiddenText> hidden,
      List<Injection> injections) {
    this(visibleText, reply, links, hidden, injections, MailParts.NONE);
  }

  /** The same with another visible text, such as a shorter one. */
  public Findings withVisibleText(String text) {
    return new Findings(text, reply, links, hidden, injections, parts);
  }

  /** The same with what lies beside the texts. */
  public Findings with(MailParts beside) {
    return new Findings(visibleText, reply, links, hidden, injections, beside);
  }
}
