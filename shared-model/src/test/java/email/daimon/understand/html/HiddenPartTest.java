package email.daimon.understand.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HiddenPartTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "display_none | display: none !important",
        "display_none | DISPLAY:NONE",
        "display_none | dis\\70lay:none",
        "display_none | /* x */ display /**/ : none",
        "invisible    | visibility:hidden",
        "invisible    | visibility: collapse",
        "zero_size    | font-size:0",
        "zero_size    | font-size:0px;line-height:20px",
        "zero_size    | font: 0/0 a",
        "zero_size    | font-size:0.01em",
        "zero_size    | transform:scale(0)",
        "zero_size    | transform: translate(3px) scale(0, 1)",
        "tiny         | font-size:1px",
        "tiny         | font-size:1.5pt",
        "tiny         | font:1px/1px Arial, sans-serif",
        "transparent  | opacity:0",
        "transparent  | opacity: .01",
        "transparent  | filter:alpha(opacity=0)",
        "transparent  | filter: opacity(0%)",
        "transparent  | color:transparent",
        "transparent  | color:rgba(0,0,0,0)",
        "transparent  | color:#00000000",
        "transparent  | -webkit-text-fill-color: transparent; color:#000",
        "same_color   | color:#fff",
        "same_color   | color:white",
        "same_color   | color: rgb(254, 255, 253)",
        "same_color   | color: rgb(100% 99% 100%)",
        "same_color   | color:hsl(0, 0%, 99%)",
        "same_color   | color:#fefefe",
        "same_color   | color:#f0f0f0",
        "same_color   | color:#333;background:#333333",
        "same_color   | color:#111;background-color:black",
        "same_color   | background:#0000ff url(); color:blue; background:blue",
        "transparent  | color:rgba(0,0,0,.02)",
        "same_color   | color:#ffffee",
        "off_screen   | position:absolute;left:-9999px",
        "off_screen   | position:fixed; top:-200vh",
        "off_screen   | position:absolute;left:-100em",
        "off_screen   | position:absolute;left:9999px",
        "off_screen   | text-indent:-9999px",
        "off_screen   | margin-left:-5000px",
        "off_screen   | margin:0 0 0 -9999px",
        "off_screen   | transform:translateX(-9999px)",
        "off_screen   | transform: translate(-200%, 0)",
        "clipped      | height:0;overflow:hidden",
        "clipped      | max-height:0px;overflow:hidden",
        "clipped      | max-height:0",
        "clipped      | width:0;overflow:hidden;display:block",
        "clipped      | width:1px; overflow-x: hidden",
        "clipped      | clip-path:inset(100%)",
        "clipped      | clip-path: circle(0)",
        "clipped      | clip-path:polygon(0 0, 0 0, 0 0)",
        "clipped      | line-height:0;overflow:hidden",
        "screen_reader | position:absolute;clip:rect(0 0 0 0)",
        "screen_reader | position:absolute;width:1px;height:1px;overflow:hidden",
        "mso_hide     | mso-hide:all",
      })
  void styledAwayTextIsHidden(String kind, String style) {
    String html = "<p>Seen.</p><div style=\"" + style + "\">Told to <b>no</b> one</div><p>End.</p>";
    Page page = Page.of(html);
    assertThat(page.text()).isEqualTo("Seen.\n\nEnd.");
    HiddenPart part = page.hidden().getFirst();
    assertThat(part.kind()).isEqualTo(kind);
    assertThat(part.text()).isEqualTo("Told to no one");
    assertThat(html.substring(part.start(), part.end())).isEqualTo("Told to <b>no</b> one");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "color:#999",
        "color:#ccc",
        "color:#ddd",
        "color:#fff;background:#222",
        "background-color:navy;color:white",
        "color:#fff;background:url(https://example.com/dark.png)",
        "color:#fff;background-image:linear-gradient(#000,#333)",
        "color:red;background:green",
        "opacity:.6",
        "font-size:9px",
        "font:12px/0 Arial",
        "line-height:0",
        "margin-left:-20px",
        "position:absolute;left:20px",
        "overflow:hidden;height:300px",
        "overflow:hidden;max-width:600px;width:100%",
        "height:0",
        "visibility:visible;display:block",
        "text-indent:2em",
        "transform:rotate(3deg) scale(1.1)",
        "clip:auto;clip-path:none",
        "max-height:none",
        "font-size:1.0rem;mso-line-height-rule:exactly",
        "color:var(--ink, #333)",
      })
  void whatCanBeReadStays(String style) {
    Page page = Page.of("<div style=\"" + style + "\">Read me</div>");
    assertThat(page.text()).isEqualTo("Read me");
    assertThat(page.hidden()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ".a {display:none}                                     | no",
        "p.a {display:none} .a {display:block}                 | no",
        ".a {display:none !important} p.a {display:block}      | no",
        "#i {font-size:0}                                      | no",
        "div > p {color:#fff}                                  | no",
        "div p.a, h1 {opacity:0}                               | no",
        "* {color:white}                                       | no",
        "[class=a] {visibility:hidden}                         | no",
        "p[class^='a'] {visibility:hidden}                     | no",
        "body p:first-child {display:none}                     | no",
        "p:not(.b) {display:none}                              | no",
        "h6 + p, h5 > p, p:nth-child(1) {display:none}         | no",
        "@media screen {.a {display:none}}                     | no",
        "@media (min-width:600px) {.a {display:none}}          | no",
        "@media print {.b{}} .a{display:none}                  | no",
        "@import url(x.css); .a{display:none}                  | no",
        "@font-face{font-family:x;src:url(y)} .a{display:none} | no",
        "<!-- .a{display:none} -->                             | no",
        "/* } */ .a{display:none}                              | no",
        "@supports (display:grid){.a{display:none}}            | no",
        ".a{display:none} .a{display:block}                    | yes",
        "p.a{display:block} .a{display:none}                   | yes",
        "@media (max-width:600px) {.a {display:none}}          | yes",
        "@media only screen and (max-width: 480px) {.a {display:none !important}} | yes",
        "@media print {.a {display:none}}                      | yes",
        "@media (prefers-color-scheme: dark) {.a {color:#fff}} | yes",
        "@keyframes x {from {opacity:0}} .b{opacity:0}         | yes",
        "p:hover {display:none} p::before{display:none}        | yes",
        "td p {display:none} div > span > p {display:none}     | yes",
        "body {background:#fff} @media (max-width:9px){}       | yes",
        "@media screen {@media print {.a{display:none}}}       | yes",
        ":root{--p:#fcfcfc} .a{color:var(--p)}                  | no",
        ".a{color:var( --p , #000)} html{ --p : white }         | no",
        ":root{--q:#fff;--p:var(--q)} .a{color:var(--p)}        | no",
        ".a{display:var(--d, none)}                             | no",
        ":root{--p:#000} .a{color:var(--p, #fff)}               | yes",
        ":root{--p:#fff} .b{--p:#000} .a{color:var(--p)}        | yes",
        ":root{--p:#000} @media (prefers-color-scheme: dark) {:root{--p:#fff}} .a{color:var(--p)} | yes",
        ":root{--p:var(--p)} .a{color:var(--p)}                 | yes",
      })
  void styleSheetsAreRead(String css, String seen) {
    Page page =
        Page.of(
            "<html><head><style>"
                + css
                + "</style></head><body><div><p class=a id=i>Words</p></div></body></html>");
    assertThat(page.text()).isEqualTo(seen.equals("yes") ? "Words" : "");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<div style='font-size:0'><span style='font-size:16px'>A</span> <span style='font-size:14px'>B</span>c</div> | A B",
        "<div style='visibility:hidden'>a<b style='visibility:visible'>B</b></div> | B",
        "<div style='display:none'>a<b style='display:block'>b</b></div>C | C",
        "<body bgcolor='#000000' text='#ffffff'>A<p style='color:#000'>b</p></body> | A",
        "<table bgcolor=navy><tr><td><font color=white>A</font></td><td bgcolor=white><font color='#fefefe'>b</font></td></table> | A",
        "<div style='background:#fff'><div style='background:#000'><p style='color:#fff'>A</p></div><p style='color:#fff'>b</p></div> | A",
        "<table background='x.png'><tr><td style='color:#fff'>A</td></tr></table> | A",
        "<div style='color:#fff'>b<a href='https://example.com/'>A</a></div> | A",
        "<p hidden>b</p>A | A",
        "<a style='mso-hide:all;background:#00f;color:#fff' href='https://example.com/'>A</a> | A",
        "<div style='font-size:0'><img alt='Shop now' src='x'></div> | Shop now",
        "<img alt='pixel' width=1 height=1>A | A",
        "<title>b</title><noscript>b</noscript><template>b</template>A | A",
        "<div style='opacity:.3'><div style='opacity:.2'>b</div></div>A | A",
        "<div style='background:rgba(0,0,0,.9)'><p style='color:#fff'>A</p></div> | A",
      })
  void looksAreInherited(String html, String seen) {
    String text = Page.of(html).text().replaceAll("\\s+", " ").strip();
    assertThat(text).isEqualTo(seen);
  }

  @Test
  void whatIsBesideTheTextIsTold() {
    String html =
        "<head><title>News of May</title></head><body>"
            + "<!-- BEGIN HEADER ROW --><!-- please forget all of it -->"
            + "<a href='https://example.com/' title='A longer word'>Word</a>"
            + "<a href='https://example.com/' title='Word'>Word</a>"
            + "<b aria-label='Said aloud'>x</b><input type=hidden value='kept from view'></body>";
    List<HiddenPart> parts = Page.of(html).hidden();
    assertThat(parts)
        .extracting(HiddenPart::kind)
        .containsExactly("title", "comment", "title", "aria_label", "hidden_input");
    assertThat(parts)
        .extracting(part -> html.substring(part.start(), part.end()))
        .containsExactly(
            "News of May",
            "<!-- please forget all of it -->",
            "A longer word",
            "Said aloud",
            "kept from view");
  }

  @Test
  void charactersWithoutInkAreCountedInTheSource() {
    String html = "<p>&lt;pa&#8203;ss&#x200b;word</p>";
    HiddenPart part = Page.of(html).hidden().getFirst();
    assertThat(part.kind()).isEqualTo("zero_width");
    assertThat(html.substring(part.start(), part.end())).isEqualTo("&#8203;ss&#x200b;");
    assertThat(Page.of(html).text()).isEqualTo("<password");
  }

  @Test
  void aHiddenLinkIsNotShown() {
    Page page =
        Page.of(
            "<a id=a href=x style='color:#fff'>a</a><a id=b href=x>b</a>"
                + "<div style='font-size:0'><a id=c href=x><img src=x></a></div>"
                + "<div style='display:none'><a id=d href=x>d</a></div>");
    assertThat(page.document().select("a"))
        .extracting(page::shows)
        .containsExactly(false, true, true, false);
  }

  @Test
  void aTextTooDeepIsNotReadAndNeverShown() {
    String deep =
        "<div style='display:none'>"
            + "<div>".repeat(300)
            + "kept from all"
            + "</div>".repeat(300)
            + "from all the same</div>";
    String html = "<p>Seen.</p>" + deep + "<p>Beyond.</p>";
    Page page = Page.of(html);
    assertThat(page.text()).isEqualTo("Seen.");
    assertThat(page.hidden()).extracting(HiddenPart::kind).containsExactly("not_read");
    HiddenPart rest = page.hidden().getFirst();
    assertThat(rest.text()).isEqualTo("kept from all from all the same Beyond.");
    assertThat(html.substring(0, rest.start())).endsWith("<div>").doesNotContain("kept");
    assertThat(rest.end()).isEqualTo(html.length());
  }

  @Test
  void aReplyToAReplyToManyIsReadToItsEnd() {
    int replies = 60;
    String html =
        "<div>New.</div>"
            + "<div class=gmail_quote><blockquote><div dir=ltr>Older.".repeat(replies)
            + "</div></blockquote></div>".repeat(replies)
            + "<p>End.</p>";
    assertThat(Page.of(html).text()).startsWith("New.").endsWith("End.");
    assertThat(Page.of(html).hidden()).isEmpty();
  }

  @Test
  void manyTagsLeftOpenAreNotNested() {
    String html = "<a name=x>word<p><li><td>word<br>".repeat(3_000) + "<p>End.";
    assertThat(Page.of(html).text()).endsWith("End.");
  }

  @Test
  void aHiddenTextFarBehindHasItsPlace() {
    String html = "<p>" + "word ".repeat(80_000) + "</p><p style='font-size:0'>Unseen</p>";
    HiddenPart part = Page.of(html).hidden().getFirst();
    assertThat(html.substring(part.start(), part.end())).isEqualTo("Unseen");
  }
}
