package email.daimon.understand.reply;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.ReplyParts;
import email.daimon.model.TextSpan;
import email.daimon.understand.Understanding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What holds of every division of a text. */
public final class ReplySpans {
  private ReplySpans() {}

  /**
   * Spans are sorted and disjoint and in the text, and what they leave is the reply: nothing is
   * lost.
   */
  public static void check(Understanding said) {
    ReplyParts parts = said.findings().reply();
    String text = parts.of().equals("text_body") ? said.textBody() : said.findings().visibleText();
    check(text, said.replyBody(), parts);
  }

  static void check(String text, String body, ReplyParts parts) {
    for (List<TextSpan> kind : List.of(parts.quoted(), parts.signature(), parts.forwarded())) {
      assertThat(kind).isSortedAccordingTo(Comparator.comparingInt(TextSpan::start));
    }
    List<TextSpan> spans = new ArrayList<>(parts.quoted());
    spans.addAll(parts.signature());
    spans.addAll(parts.forwarded());
    spans.sort(Comparator.comparingInt(TextSpan::start));
    int[] points = text.codePoints().toArray();
    StringBuilder fresh = new StringBuilder();
    int from = 0;
    for (TextSpan span : spans) {
      assertThat(span.start()).isGreaterThanOrEqualTo(from);
      assertThat(span.end()).isGreaterThan(span.start()).isLessThanOrEqualTo(points.length);
      fresh.append(new String(points, from, span.start() - from)).append('\n');
      from = span.end();
    }
    fresh.append(new String(points, from, points.length - from));
    assertThat(collapsed(body)).isEqualTo(collapsed(fresh.toString()));
    assertThat(parts.confidence()).isBetween(0.0, 1.0);
  }

  private static String collapsed(String text) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (!Chars.isBlank(text.charAt(i))) {
        words.append(text.charAt(i));
      }
    }
    return words.toString();
  }
}
