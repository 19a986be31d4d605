package email.daimon.compose;

import static java.util.Objects.requireNonNull;

import email.daimon.mime.MailAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The texts of a forward: what the caller says, a block of the original's fields, the original
 * text; in HTML the same with the original HTML sanitised ({@link ShownHtml}).
 *
 * @param html there where the caller or the original has HTML
 * @param contentIds lower-case ids of the original's pictures that the HTML shows: they go along
 *     inline whether or not its other attachments do
 */
public record ForwardBody(String text, Optional<String> html, Set<String> contentIds) {
  private static final String MARK = "---------- Forwarded message ---------";
  private static final int ADDRESSES = 50;
  private static final Pattern BODY_END = Pattern.compile("</body\\s*>", Pattern.CASE_INSENSITIVE);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /**
   * The mail that is forwarded.
   *
   * @param text its plain text, or what a reader of its HTML sees
   */
  public record Original(
      List<MailAddress> from,
      Optional<Instant> date,
      String subject,
      List<MailAddress> to,
      List<MailAddress> cc,
      String text,
      Optional<String> html) {
    public Original {
      from = List.copyOf(from);
      requireNonNull(date, "date is null");
      requireNonNull(subject, "subject is null");
      to = List.copyOf(to);
      cc = List.copyOf(cc);
      requireNonNull(text, "text is null");
      requireNonNull(html, "html is null");
    }
  }

  public ForwardBody {
    requireNonNull(text, "text is null");
    requireNonNull(html, "html is null");
    contentIds = Set.copyOf(contentIds);
  }

  /**
   * Puts a forward together.
   *
   * @param text of the caller, may be empty
   * @param html of the caller, if there is any
   */
  public static ForwardBody of(String text, Optional<String> html, Original original) {
    List<String> block = block(original);
    String above = text.isBlank() ? "" : text.stripTrailing() + "\n\n";
    String plain = above + MARK + "\n" + String.join("\n", block) + "\n\n" + original.text();
    if (html.isEmpty() && original.html().isEmpty()) {
      return new ForwardBody(plain, Optional.empty(), Set.of());
    }
    String shown = original.html().map(ShownHtml::of).orElseGet(() -> paragraphs(original.text()));
    String below =
        "<div><br></div>\n<div dir=\"auto\">"
            + escaped(MARK)
            + "<br>\n"
            + block.stream().map(ForwardBody::escaped).collect(Collectors.joining("<br>\n"))
            + "<br><br>\n</div>\n<div>"
            + shown
            + "</div>\n";
    return new ForwardBody(
        plain,
        Optional.of(joined(html.orElseGet(() -> paragraphs(text)), below)),
        original.html().isPresent() ? ShownHtml.contentIds(shown) : Set.of());
  }

  private static List<String> block(Original original) {
    List<String> block = new ArrayList<>();
    block.add("From: " + addresses(original.from()));
    original.date().ifPresent(date -> block.add("Date: " + DATE.format(date)));
    block.add("Subject: " + OneLine.of(original.subject()));
    block.add("To: " + addresses(original.to()));
    if (!original.cc().isEmpty()) {
      block.add("Cc: " + addresses(original.cc()));
    }
    return block;
  }

  private static String addresses(List<MailAddress> addresses) {
    String shown =
        addresses.stream()
            .limit(ADDRESSES)
            .map(address ->
                address.name().isEmpty()
                    ? address.address()
                    : address.name() + " <" + address.address() + ">")
            .map(OneLine::of)
            .collect(Collectors.joining(", "));
    int more = addresses.size() - ADDRESSES;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  /** Below the caller's HTML, within its body where it has one. */
  private static String joined(String above, String below) {
    int at = -1;
    Matcher end = BODY_END.matcher(above);
    while (end.find()) {
      at = end.start();
    }
    return at < 0 ? above + "\n" + below : above.substring(0, at) + below + above.substring(at);
  }

  private static String paragraphs(String text) {
    return "<div style=\"white-space:pre-wrap\">" + escaped(text) + "</div>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
