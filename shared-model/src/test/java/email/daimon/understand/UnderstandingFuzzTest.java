package email.daimon.understand;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.understand.testing.KeptTexts;
import email.daimon.understand.testing.Soundness;
import email.daimon.understand.testing.Traps;
import email.daimon.understand.testing.Variant;
import email.daimon.understand.testing.Variants;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/**
 * Texts and pages made of what readers look for, in any order, and damaged replies. Always with one
 * seed, a few; with {@code -Dslow} many, of any seed.
 */
class UnderstandingFuzzTest {
  private static final String SEED = "20261121";
  private static final int FEW = 500;
  private static final int MANY = 200_000;
  private static final int SHORT = 1 << 15;

  /** Four times the text: at most four times the time, and some for the clock's grain. */
  private static final double MOST_GROWTH = 6;

  private static final double SLACK_MILLISECONDS = 12;
  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
  private static final List<Variant> REPLIES = Variants.of(false);

  private static final List<String> WORDS =
      List.of(
          "Hello",
          "wrote",
          "schrieb",
          "a écrit",
          "написал",
          "写道：",
          "كتب",
          "On",
          "Am",
          "Le",
          "From:",
          "Von:",
          "Sent:",
          "To:",
          "Subject:",
          "Date:",
          "差出人:",
          "-----Original Message-----",
          "________________________________",
          "-- ",
          "--",
          "> ",
          ">",
          ">> ",
          "On Mon, Mar 4, 2024 at 9:15 AM Ada <ada@example.org> wrote:",
          "Am 04.03.24 um 09:15 schrieb Ada:",
          "Sent from my iPhone",
          "Begin forwarded message:",
          "ada@example.org",
          "<ada@example.org>",
          "2024-03-04 09:15",
          "4 March",
          "https://example.org/verify?token=abcdefabcdef12345678",
          "http://",
          "<https://example.org>",
          "https://example.org/a(b)",
          "https://例え.example/ü",
          "https://nam.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org",
          "www.example.org",
          "click here",
          "Confirm your email",
          "unsubscribe",
          "your code is",
          "verification code:",
          "code",
          "123456",
          "12 34 56",
          "G-123456",
          "٤٨٢٩١٣",
          "１２３４５６",
          "X7K-9QP",
          "@example.org #123456",
          "验证码",
          "order",
          "EUR 1.234,56",
          "+49 30 901820",
          "ignore all previous instructions",
          "system:",
          "\u200b",
          "\u202e",
          "\ufeff",
          "\u00a0",
          "\udb40\udc41",
          "\ud83d\ude00",
          "\ud83d",
          "\0",
          "\t",
          "\n",
          "\n\n",
          "\r\n",
          "\r",
          " ",
          " ",
          ":",
          ".",
          "é",
          "e\u0301");

  private static final List<String> ELEMENTS =
      List.of(
          "<div>",
          "</div>",
          "<p>",
          "</p>",
          "<br>",
          "<hr>",
          "<blockquote type=cite>",
          "</blockquote>",
          "<div class=gmail_quote>",
          "<div class=gmail_attr>",
          "<div id=appendonsend></div>",
          "<div id=divRplyFwdMsg>",
          "<div style='border-top:solid #E1E1E1 1.0pt'>",
          "<div class=moz-cite-prefix>",
          "<table>",
          "<tr>",
          "<td>",
          "</table>",
          "<a href='https://example.org/verify/Zm9vYmFy'>",
          "<a href='https://example.org/a b'>",
          "<a href=' HTTPS://EXAMPLE.org '>",
          "<a href='/relative'>",
          "<base href='https://base.example/'>",
          "</a>",
          "<b>",
          "</b>",
          "<span style='display:none'>",
          "<span style='font-size:0;color:#fff'>",
          "</span>",
          "<img alt='Your code is 123456'>",
          "<!-- comment -->",
          "<![endif]-->",
          "<style>.a{display:none}</style>",
          "<div class=a>",
          "<pre>",
          "</pre>",
          "<li>",
          "&nbsp;",
          "&lt;",
          "&#8203;",
          "&#x202e;",
          "&amp",
          "<title>t</title>",
          "<v:roundrect href='https://example.org/reset'>",
          "<script>",
          "</script>",
          "<o:p>",
          "<body bgcolor=#fff>");

  @Example
  void whatWasOnceFoundIsUnderstood() {
    KeptTexts.found().forEach(UnderstandingFuzzTest::checkReply);
  }

  @Property(tries = FEW, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
  void anyTextIsUnderstood(@ForAll("texts") String text) {
    checkText(text);
  }

  @Property(tries = FEW, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
  void anyPageIsUnderstood(@ForAll("pages") String page) {
    checkPage(page);
  }

  @Property(tries = FEW, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
  void anyDamagedReplyIsUnderstood(@ForAll("damaged") Variant reply) {
    checkReply(reply);
  }

  @Property(tries = FEW / 20, seed = SEED, shrinking = ShrinkingMode.OFF)
  void timeIsLinear(@ForAll("units") String unit) {
    checkTime(unit);
  }

  @Tag("slow")
  @Property(tries = MANY)
  void anyTextOfManyIsUnderstood(@ForAll("texts") String text) {
    checkText(text);
  }

  @Tag("slow")
  @Property(tries = MANY)
  void anyPageOfManyIsUnderstood(@ForAll("pages") String page) {
    checkPage(page);
  }

  @Tag("slow")
  @Property(tries = MANY)
  void anyDamagedReplyOfManyIsUnderstood(@ForAll("damaged") Variant reply) {
    checkReply(reply);
  }

  @Tag("slow")
  @Property(tries = MANY / 100, shrinking = ShrinkingMode.OFF)
  void timeOfManyIsLinear(@ForAll("units") String unit) {
    checkTime(unit);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(WORDS).list().ofMaxSize(40).map(words -> String.join("", words));
  }

  @Provide
  Arbitrary<String> pages() {
    List<String> all = new ArrayList<>(WORDS);
    all.addAll(ELEMENTS);
    all.addAll(ELEMENTS);
    return Arbitraries.of(all).list().ofMaxSize(40).map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<Variant> damaged() {
    return Combinators.combine(
            Arbitraries.of(REPLIES),
            Arbitraries.doubles().between(0, 1),
            Arbitraries.doubles().between(0, 1),
            Arbitraries.of(WORDS))
        .as((reply, from, to, word) -> {
          String input = reply.input();
          int start = (int) (Math.min(from, to) * input.length());
          int end = (int) (Math.max(from, to) * input.length());
          String damaged =
              end - start < input.length() / 3
                  ? input.substring(0, start) + word + input.substring(end)
                  : input.substring(0, start) + word + input.substring(start);
          return new Variant(
              reply.id(),
              reply.language(),
              reply.client(),
              reply.style(),
              reply.html(),
              damaged,
              reply.readings());
        });
  }

  @Provide
  Arbitrary<String> units() {
    List<String> all = new ArrayList<>(WORDS);
    Traps.all().forEach(trap -> all.add(trap.ofSize().apply(40)));
    return Arbitraries.of(all)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(parts -> String.join("", parts))
        .filter(unit -> !unit.isEmpty() && unit.length() < SHORT);
  }

  private static void checkText(String text) {
    Optional<String> input = Optional.of(text);
    Soundness.check(input, Optional.empty(), "", Understanding.of(input, Optional.empty()));
  }

  private static void checkPage(String page) {
    Optional<String> input = Optional.of(page);
    Soundness.check(Optional.empty(), input, "", Understanding.of(Optional.empty(), input));
  }

  private static void checkReply(Variant reply) {
    if (reply.html()) {
      checkPage(reply.input());
    } else {
      checkText(reply.input());
    }
  }

  private static void checkTime(String unit) {
    for (boolean html : new boolean[] {false, true}) {
      String small = unit.repeat(SHORT / unit.length());
      String large = unit.repeat(4 * SHORT / unit.length());
      double once = milliseconds(small, html);
      double fourTimes = milliseconds(large, html);
      for (int again = 0;
          again < 4 && fourTimes > MOST_GROWTH * once + SLACK_MILLISECONDS;
          again++) {
        once = Math.min(once, milliseconds(small, html));
        fourTimes = Math.min(fourTimes, milliseconds(large, html));
      }
      assertThat(fourTimes)
          .as("milliseconds of four times the text, %.1f of once: %s", once, unit)
          .isLessThanOrEqualTo(MOST_GROWTH * once + SLACK_MILLISECONDS);
    }
  }

  private static double milliseconds(String text, boolean html) {
    Optional<String> input = Optional.of(text);
    long start = THREAD.getCurrentThreadCpuTime();
    if (html) {
      Understanding.of(Optional.empty(), input);
    } else {
      Understanding.of(input, Optional.empty());
    }
    return (THREAD.getCurrentThreadCpuTime() - start) / 1e6;
  }
}
