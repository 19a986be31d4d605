package email.daimon.understand.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Texts that make a careless reader quadratic, at any size. */
public final class Traps {
  private final List<Trap> traps = new ArrayList<>();

  private Traps() {}

  /**
   * One kind of text.
   *
   * @param ofSize makes a text of about so many characters
   */
  public record Trap(String name, boolean html, IntFunction<String> ofSize) {}

  /** All of them. */
  public static List<Trap> all() {
    Traps all = new Traps();
    all.lines();
    all.quotations();
    all.linksAndCodes();
    all.elements();
    all.styles();
    return List.copyOf(all.traps);
  }

  private void lines() {
    for (String unit :
        List.of(
            ">",
            "> ",
            "_",
            "<",
            " ",
            "-",
            "=",
            "*",
            ":",
            ".",
            "\t",
            "\u00a0",
            "\u200b",
            "\u202e",
            "\n",
            "\r\n",
            " \n",
            ">\n",
            "> \n",
            "-\n",
            "--\n",
            "-- \n",
            "| ",
            "```\n",
            "\ud83d\ude00")) {
      text("only " + shown(unit), unit);
    }
    text("digits then colon", size -> "1".repeat(size) + ":");
    text(
        "ever deeper",
        size -> {
          StringBuilder text = new StringBuilder();
          for (int depth = 1; text.length() < size; depth++) {
            text.append(">".repeat(depth)).append(" a\n");
          }
          return text.toString();
        });
    text("quoted and not", "> a\nb\n");
  }

  private void quotations() {
    for (String unit :
        List.of(
            "On x, wrote:\n",
            "On 1 Jan 2020 at 10:00, a@b.c wrote:\n",
            "On Mon, Jan 1, 2020 at 10:00 AM\n",
            "From: x\n",
            "From: a@b.c\nSent: 1 Jan 2020\n\n",
            "Von: \n",
            "-----Original Message-----\n",
            "________________________________\nFrom: a\n",
            "---------- Forwarded message ---------\n",
            "Sent from my iPhone\n",
            "-- \nRobin\n\n",
            "wrote ",
            "a@b.c ",
            "schrieb am 1.1.2020 ",
            "写道",
            "Regards\n")) {
      text("many " + shown(unit), unit);
    }
    text("On x, … wrote:", size -> "On x, ".repeat(size / 6) + "wrote:");
    text("On a a a … wrote", size -> "On " + "a ".repeat(size / 2) + "wrote");
    text("On a\na\n… wrote:", size -> "On " + "a\n".repeat(size / 2) + "wrote:");
  }

  private void linksAndCodes() {
    for (String unit :
        List.of(
            "<http://",
            "http://",
            "https://a.example/(",
            "https://a.example/?u=https://",
            "a.",
            "www.",
            "http://a.example/x ",
            "http://a.example/x%",
            "](http://a.example",
            "(((",
            "123456 ",
            "1 2 3 ",
            "1-",
            "12-34-",
            "G-1",
            "A1B2C3 ",
            "@a.example #123456 ",
            "your code is 123456\n",
            "code ",
            "code: ",
            "verification code\n",
            "Kod: 12 ",
            "\u0661\u0662\u0663",
            "\uff11\uff12",
            "\u9a57\u8b49\u78bc",
            "order 123456 ",
            "ignore all previous instructions ",
            "i g n o r e ",
            "\udb40\udc61")) {
      text("many " + shown(unit), unit);
    }
    text("one long link", size -> "https://a.example/" + "a".repeat(size));
    text("one long link of escapes", size -> "https://a.example/?u=" + "%25".repeat(size / 3));
    text("one long word", size -> "a".repeat(size));
    text("one long code", size -> "Your code is " + "A1".repeat(size / 2));
  }

  private void elements() {
    for (String unit :
        List.of(
            "<div>",
            "<blockquote type=cite>",
            "<blockquote><p>x</p>",
            "<table><tr><td>",
            "<a href='https://x.example/'>y",
            "<b><p>x",
            "<font color=red><p>x",
            "<ul><li>x",
            "</div>",
            "<br>",
            "<hr>",
            "<p>",
            "&nbsp;",
            "&amp",
            "&#x",
            "<!--",
            "<!-- -->",
            "<!-- one two three four -->",
            "<![endif]-->",
            "<td>1</td>",
            "<span>1</span>",
            "<p>On x, a@b.c wrote:</p>",
            "<p><b>From:</b> a@b.c</p>",
            "<p>Your code is 123456</p>",
            "<a href='https://x.example/verify'>Verify</a>",
            "<img alt='x' src='https://x.example'>",
            "<div class=gmail_quote>x</div>",
            "<div id=appendonsend></div>",
            "<div style='display:none'>x</div>",
            "<span style='font-size:0'>x</span>",
            "<div style='mso-hide:all'>",
            "<b>",
            "<p>a",
            "<table><tr><td style='color:#fff'>x",
            "a ",
            "a\u200b",
            "a\udb40\udc41\udb40\udc42",
            "<i style='font-size:0'>a&#8203;b&",
            "<a title='one two three'>x</a>",
            "<a href='")) {
      html("many " + shown(unit), unit);
    }
    html("quoted, nested and answered", "<blockquote>a</blockquote>b");
    html("nested and closed by others", "<div><b></p></i></td>x");
    html("nested table, each begun in a cell", "<table><tr><td></p>x");
    html(
        "formats opened again",
        size -> {
          StringBuilder page = new StringBuilder();
          for (int i = 0; i < 12; i++) {
            page.append("<font color=").append(i).append('>');
          }
          return page + "<p>x".repeat(size / 4);
        });
    html("as deep as is read", size -> "<div>".repeat(250) + "<p>x</p>".repeat(size / 8));
    html(
        "deep again and again",
        size -> ("<div>".repeat(200) + "x" + "</div>".repeat(200)).repeat(size / 2_201));
    html("href never closed", size -> "<a href=\"" + "x".repeat(size));
    html("comment never closed", size -> "<p>x</p><!-- " + "x ".repeat(size / 2));
    html("one long attribute", size -> "<p title='" + "x ".repeat(size / 2) + "'>y</p>");
    html("ends of nothing", size -> "<div>".repeat(5_000) + "</span>".repeat(size / 7));
    html(
        "anchors of one address",
        size -> "<a href='https://x.example/" + "y".repeat(500) + "'>" + "<a>".repeat(size / 3));
  }

  private void styles() {
    html(
        "many rules, many classes",
        size -> {
          StringBuilder page = new StringBuilder("<style>");
          for (int i = 0; page.length() < size / 2; i++) {
            page.append(".c").append(i).append("{display:none}");
          }
          page.append("</style>");
          for (int i = 0; page.length() < size; i++) {
            page.append("<p class=c").append(i).append(">x");
          }
          return page.toString();
        });
    html(
        "descendants",
        size ->
            "<style>"
                + "div div div p{display:none}".repeat(size / 60)
                + "</style>"
                + "<div>".repeat(50)
                + "<p>x</p>".repeat(size / 16));
    html("one long style", size -> "<p style='" + "color:red;".repeat(size / 10) + "'>y</p>");
    html("style never closed", size -> "<style>" + ".a{color:red}".repeat(size / 13));
    html("braces", size -> "<style>" + "{".repeat(size) + "</style><p>x</p>");
    html("media in media", size -> "<style>" + "@media x{".repeat(size / 9) + "</style><p>x");
    html("many sheets", "<style>.a{display:none}</style><p class=a>x</p>");
    html(
        "many different sheets",
        size -> {
          StringBuilder page = new StringBuilder();
          for (int i = 0; page.length() < size; i++) {
            page.append("<style>.a{color:#")
                .append(100_000 + i)
                .append("}</style><p class=a>x</p>");
          }
          return page.toString();
        });
    for (String rule :
        List.of(
            "div{display:none}",
            "*{color:#123}",
            "div div div div div p{color:#123}",
            "[style*=q]{color:#123}",
            "div ~ p, p:nth-child(odd){color:#123}")) {
      html("many rules " + rule, size -> ruled(rule, size));
    }
    for (String css :
        List.of(
            "p{color:red}", "@media screen{", "a(", "a{b:'", "/*", "a ", ".a,", ":not(", "[a")) {
      html(
          "many in a sheet: " + css,
          size -> "<style>" + css.repeat(size / css.length()) + "{color:red}</style><p class=a>x");
    }
    html("many classes", size -> "<p class='" + "a ".repeat(size / 2) + "'>x</p>");
  }

  private static String ruled(String rule, int size) {
    return "<style>"
        + rule.repeat(size / 2 / rule.length())
        + "</style>"
        + "<div><p style='q'>x</p></div>".repeat(size / 2 / 30);
  }

  private void text(String name, String unit) {
    text(name, size -> unit.repeat(size / unit.length()));
  }

  private void text(String name, IntFunction<String> ofSize) {
    traps.add(new Trap("text: " + name, false, ofSize));
  }

  private void html(String name, String unit) {
    html(name, size -> unit.repeat(size / unit.length()));
  }

  private void html(String name, IntFunction<String> ofSize) {
    traps.add(new Trap("html: " + name, true, ofSize));
  }

  private static String shown(String unit) {
    StringBuilder shown = new StringBuilder();
    unit.codePoints()
        .forEach(c -> {
          if (c >= ' ' && c < 0x7f) {
            shown.append((char) c);
          } else {
            shown.append("\\u%04x".formatted(c));
          }
        });
    return shown.toString();
  }
}
