package email.daimon.understand.testing;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.Findings;
import email.daimon.model.HiddenText;
import email.daimon.model.Injection;
import email.daimon.model.LinkDetail;
import email.daimon.model.MailCode;
import email.daimon.model.ReplyParts;
import email.daimon.model.TextSpan;
import email.daimon.understand.Understanding;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What holds of any mail's understanding, whatever the mail. */
public final class Soundness {
  private static final Pattern INVISIBLE = Pattern.compile("[\\s\\p{Z}\\p{C}]+");
  private static final int MOST_LINKS = 500;
  private static final int MOST_PREVIEW = 200;

  private Soundness() {}

  /**
   * Reads texts and checks what comes of them.
   *
   * @param subject of the mail, where a code may stand too
   */
  public static void check(
      Optional<String> text, Optional<String> html, String subject, Understanding said) {
    Findings findings = said.findings();
    spans(said);
    reply(said);
    assertThat(said.preview().codePointCount(0, said.preview().length()))
        .isLessThanOrEqualTo(MOST_PREVIEW);
    assertThat(said.links()).hasSizeLessThanOrEqualTo(MOST_LINKS).doesNotHaveDuplicates();
    assertThat(said.links()).containsAll(said.ctaLinks());
    said.links().forEach(Soundness::isAddress);
    if (html.isEmpty()) {
      String dense = text.orElse("").replaceAll("\\s", "");
      assertThat(said.links()).allMatch(dense::contains, "stands in the text");
    }
    String source =
        letters(
            text.orElse("")
                + ' '
                + html.map(_ -> said.textBody() + findings.visibleText()).orElse("")
                + ' '
                + subject);
    assertThat(said.codes()).hasSizeLessThanOrEqualTo(MailCode.MOST);
    for (MailCode code : said.codes()) {
      assertThat(code.confidence()).isBetween(0.0, 1.0);
      assertThat(source).as("code %s", code.value()).contains(letters(code.value()));
    }
    for (LinkDetail link : findings.links()) {
      assertThat(said.links()).contains(link.url());
      assertThat(said.ctaLinks().contains(link.url()) && link.kind() == LinkDetail.Kind.DENY)
          .isFalse();
    }
  }

  private static void isAddress(String link) {
    assertThat(link).matches("(?is)https?://\\S+").doesNotContain("\0");
    try {
      // A host or an authority that is none has no port and no host, yet may stand: only the shape
      // is checked.
      new URI(
          link.replaceAll("[^!-~]|[\"<>\\\\^`{|}\\[\\]]|%(?![0-9A-Fa-f]{2})", "_")
              .replaceFirst("#.*", ""));
    } catch (URISyntaxException e) {
      throw new AssertionError("no address: " + link, e);
    }
  }

  private static void reply(Understanding said) {
    ReplyParts parts = said.findings().reply();
    assertThat(parts.confidence()).isBetween(0.0, 1.0);
    if (parts.rule().equals("none")) {
      return;
    }
    String divided =
        parts.of().equals("text_body") ? said.textBody() : said.findings().visibleText();
    if (!INVISIBLE.matcher(outside(divided, spansOf(parts))).replaceAll("").isEmpty()) {
      assertThat(said.replyBody()).as("own text, yet no reply in: %s", divided).isNotBlank();
    }
  }

  private static void spans(Understanding said) {
    Findings findings = said.findings();
    ReplyParts parts = findings.reply();
    int length = length(parts.of().equals("text_body") ? said.textBody() : findings.visibleText());
    int end = 0;
    for (TextSpan span : spansOf(parts)) {
      assertThat(span.start())
          .as("spans in order and apart: %s", parts)
          .isGreaterThanOrEqualTo(end);
      assertThat(span.end()).isGreaterThan(span.start()).isLessThanOrEqualTo(length);
      end = span.end();
    }
    for (HiddenText hidden : findings.hidden()) {
      assertThat(hidden.span().end()).isGreaterThanOrEqualTo(hidden.span().start());
    }
    for (Injection injection : findings.injections()) {
      assertThat(injection.span().end()).isGreaterThanOrEqualTo(injection.span().start());
      if (injection.in().equals("visible_text")) {
        assertThat(injection.span().end()).isLessThanOrEqualTo(length(findings.visibleText()));
      }
    }
  }

  private static List<TextSpan> spansOf(ReplyParts parts) {
    List<TextSpan> spans = new ArrayList<>(parts.quoted());
    spans.addAll(parts.signature());
    spans.addAll(parts.forwarded());
    spans.sort(Comparator.comparingInt(TextSpan::start));
    return spans;
  }

  private static String outside(String text, List<TextSpan> spans) {
    StringBuilder rest = new StringBuilder();
    int[] points = text.codePoints().toArray();
    int at = 0;
    for (TextSpan span : spans) {
      rest.append(new String(points, at, span.start() - at)).append('\n');
      at = span.end();
    }
    return rest.append(new String(points, at, points.length - at)).toString();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Letters and digits alone, each digit in ASCII. */
  private static String letters(String text) {
    StringBuilder letters = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFKC)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(point -> {
          int digit = Character.digit(point, 10);
          letters.appendCodePoint(digit < 0 ? point : '0' + digit);
        });
    return letters.toString().toUpperCase(Locale.ROOT);
  }
}
