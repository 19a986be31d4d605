package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was understood of a mail, parsed once and kept: small ones in the table, larger ones in S3
 * {@code parsed/{inbox_id}/{message_id}.json.gz}.
 *
 * @param textFrom {@code text}, or {@code html} where the text was rendered from it
 * @param headers lower-case names; repeated fields in order
 * @param recipients every To and Cc mailbox with its untrusted name
 * @param replyTo bare addresses
 * @param inReplyTo with brackets, as shown
 * @param references with brackets, as shown
 * @param findings what was found in the texts
 * @param authentication of a mail that came in
 */
public record MessageDocument(
    String textBody,
    String textFrom,
    Optional<String> htmlBody,
    String replyBody,
    List<String> links,
    List<String> ctaLinks,
    Map<String, List<String>> headers,
    List<Recipient> recipients,
    List<String> replyTo,
    List<String> inReplyTo,
    List<String> references,
    Findings findings,
    Optional<Authentication> authentication) {
  /** Of a mail that nothing is known of, or may be shown of. */
  public static final MessageDocument EMPTY =
      new MessageDocument(
          "",
          "text",
          Optional.empty(),
          "",
          List.of(),
          List.of(),
          Map.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Findings.NONE);

  public MessageDocument {
    requireNonNull(textBody, "textBody is null");
    requireNonNull(textFrom, "textFrom is null");
    requireNonNull(htmlBody, "htmlBody is null");
    requireNonNull(replyBody, "replyBody is null");
    links = List.copyOf(links);
    ctaLinks = List.copyOf(ctaLinks);
    requireNonNull(headers, "headers is null");
    recipients = List.copyOf(recipients);
    replyTo = List.copyOf(replyTo);
    inReplyTo = List.copyOf(inReplyTo);
    references = List.copyOf(references);
    requireNonNull(findings, "findings is null");
    requireNonNull(authentication, "authentication is null");
  }

  /** Of a mail whose sender nobody looked into: our own, or one that came by no server. */
  public MessageDocument(
      String textBody,
      String textFrom,
      Optional<String> htmlBody,
      String replyBody,
      List<String> links,
      List<String> ctaLinks,
      Map<String, List<String>> headers,
      List<Recipient> recipients,
      List<String> replyTo,
      List<String> inReplyTo,
      List<String> references,
      Findings findings) {
    this(
        textBody,
        textFrom,
        htmlBody,
        replyBody,
        links,
        ctaLinks,
        headers,
        recipients,
        replyTo,
        inReplyTo,
        references,
        findings,
        Optional.empty());
  }

  /** The same with what is known of who sent it. */
  public MessageDocument authenticated(Optional<Authentication> found) {
    return new MessageDocument(
        textBody,
        textFrom,
        htmlBody,
        replyBody,
        links,
        ctaLinks,
        headers,
        recipients,
        replyTo,
        inReplyTo,
        references,
        findings,
        found);
  }

  /** A mailbox of a header field: {@code kind} is {@code to} or {@code cc}. */
  public record Recipient(String address, String name, String kind) {}
}
