package email.daimon.understand.html;

import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;

/** Elements that a reader of the mail never sees: no text of theirs counts as said. */
final class HiddenElements {
  private static final Set<String> NEVER_SHOWN =
      Set.of("head", "script", "style", "title", "template", "noscript", "object", "svg", "select");
  private static final Set<String> HIDING =
      Set.of(
          "display:none",
          "visibility:hidden",
          "opacity:0",
          "font-size:0",
          "font-size:0px",
          "font-size:0pt",
          "max-height:0",
          "max-height:0px",
          "mso-hide:all");

  private HiddenElements() {}

  static boolean contains(Element element) {
    if (NEVER_SHOWN.contains(element.normalName()) || element.hasAttr("hidden")) {
      return true;
    }
    String style = element.attr("style");
    return !style.isEmpty() && hides(style);
  }

  private static boolean hides(String style) {
    StringBuilder declaration = new StringBuilder();
    String lower = style.toLowerCase(Locale.ROOT);
    for (int i = 0; i <= lower.length(); i++) {
      char c = i < lower.length() ? lower.charAt(i) : ';';
      if (c == ';') {
        String one = declaration.toString().replace("!important", "");
        if (HIDING.contains(one)) {
          return true;
        }
        declaration.setLength(0);
      } else if (c > ' ') {
        declaration.append(c);
      }
    }
    return false;
  }
}
