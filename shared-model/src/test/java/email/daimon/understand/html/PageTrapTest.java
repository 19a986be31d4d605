package email.daimon.understand.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HTML that is made to take long. */
class PageTrapTest {
  private static final int BYTES = 1 << 20;

  // On an idle core each takes under 100 ms. What fails is what grows faster than its input.
  private static final long LONGEST_MILLIS = 600;

  record Trap(String name, IntFunction<String> make) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Trap> traps() {
    return Arrays.asList(
        repeated("nested div", "<div>"),
        repeated("nested hidden div", "<div style='mso-hide:all'>"),
        repeated("nested bold", "<b>"),
        repeated("paragraphs", "<p>a"),
        repeated("cells", "<table><tr><td style='color:#fff'>x"),
        repeated("text", "a "),
        repeated("amp", "<i style='font-size:0'>a&#8203;b&"),
        repeated("zero width", "a\u200b"),
        repeated("tags", "a\udb40\udc41\udb40\udc42"),
        repeated("comments", "<!-- one two three four -->"),
        repeated("titles", "<a title='one two three'>x</a>"),
        repeated("open comment", "<!--"),
        repeated("open tag", "<a href='"),
        new Trap("style", size -> sheet("p{color:red}".repeat(size / 12))),
        new Trap("tag rules", size -> many("div{display:none}", size)),
        new Trap("universal rules", size -> many("*{color:#123}", size)),
        new Trap("deep selectors", size -> many("div div div div div p{color:#123}", size)),
        new Trap("attribute rules", size -> many("[style*=q]{color:#123}", size)),
        new Trap("sibling rules", size -> many("div ~ p, p:nth-child(odd){color:#123}", size)),
        new Trap("open braces", size -> sheet("@media screen{".repeat(size / 14))),
        new Trap("open brackets", size -> sheet("a(".repeat(size / 2))),
        new Trap("open strings", size -> sheet("a{b:'".repeat(size / 5))),
        new Trap("open css comments", size -> sheet("/*".repeat(size / 2))),
        new Trap("long selector", size -> sheet("a ".repeat(size / 2) + "{color:red}")),
        new Trap("long class", size -> "<p class='" + "a ".repeat(size / 2) + "'>x"),
        new Trap("long style", size -> "<p style='" + "color:red;".repeat(size / 10) + "'>x"));
  }

  private static Trap repeated(String name, String unit) {
    return new Trap(name, size -> unit.repeat(size / unit.length()));
  }

  private static String sheet(String css) {
    return "<style>" + css + "</style><p class=a>x";
  }

  private static String many(String rule, int size) {
    return "<style>"
        + rule.repeat(size / 2 / rule.length())
        + "</style>"
        + "<div><p style='q'>x</p></div>".repeat(size / 2 / 30);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("traps")
  void takesNoLongerThanItsSize(Trap trap) {
    assertThat(millis(trap, BYTES / 8)).isLessThan(LONGEST_MILLIS / 2);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}")
  @MethodSource("traps")
  void aWholeMegabyteTakesNoLongerThanItsSize(Trap trap) {
    assertThat(millis(trap, BYTES)).isLessThan(LONGEST_MILLIS);
  }

  /** The best of some, for a busy machine says nothing of the code. */
  private static long millis(Trap trap, int size) {
    String html = trap.make().apply(size);
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5 && best > 100; i++) {
      long start = System.nanoTime();
      Page page = Page.of(html);
      page.hidden();
      best = Math.min(best, (System.nanoTime() - start) / 1_000_000);
    }
    return best;
  }
}
