package email.daimon.understand.trust;

import email.daimon.model.HiddenText;
import email.daimon.understand.html.HiddenPart;
import email.daimon.understand.unseen.SeenText;
import email.daimon.understand.words.CodePoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The hidden texts of a mail as they are told. */
final class HiddenTexts {
  private static final Set<String> STYLED =
      Set.of(
          "display_none",
          "invisible",
          "zero_size",
          "tiny",
          "same_color",
          "transparent",
          "clipped",
          "off_screen",
          "mso_hide");
  private static final int LONGEST_PREHEADER = 400;

  /** Not styled away, but never drawn: told after all that is. */
  private static final Set<String> BESIDE_THE_TEXT =
      Set.of("title", "aria_label", "alt", "meta", "hidden_input", "comment", "not_rendered");

  private HiddenTexts() {}

  /**
   * What HTML hides.
   *
   * @param injecting those that hold an injection: they are no preheaders
   */
  static List<HiddenText> ofHtml(String html, List<HiddenPart> parts, Set<HiddenPart> injecting) {
    CodePoints points = new CodePoints(html);
    List<HiddenText> hidden = new ArrayList<>();
    for (HiddenPart part : parts) {
      hidden.add(
          new HiddenText(
              kind(part, injecting.contains(part)),
              "html_body",
              points.span(part.start(), part.end()),
              CodePoints.excerpt(part.text())));
    }
    return hidden;
  }

  private static String kind(HiddenPart part, boolean injecting) {
    boolean preheader =
        part.opening()
            && !injecting
            && part.text().length() <= LONGEST_PREHEADER
            && STYLED.contains(part.kind());
    return preheader ? "preheader" : part.kind();
  }

  /** What characters hide in a plain text. */
  static List<HiddenText> ofText(String in, String text, SeenText seen) {
    if (seen.hidden().isEmpty()) {
      return List.of();
    }
    CodePoints points = new CodePoints(text);
    return seen.hidden().stream()
        .map(one ->
            new HiddenText(
                one.kind(),
                in,
                points.span(one.start(), one.end()),
                CodePoints.excerpt(one.text())))
        .toList();
  }

  /** As many as are kept, those that were styled away first. */
  static List<HiddenText> most(List<HiddenText> all) {
    if (all.size() <= HiddenText.MOST) {
      return all;
    }
    List<HiddenText> kept = new ArrayList<>();
    all.stream().filter(it -> !BESIDE_THE_TEXT.contains(it.kind())).forEach(kept::add);
    all.stream().filter(it -> BESIDE_THE_TEXT.contains(it.kind())).forEach(kept::add);
    return kept.subList(0, HiddenText.MOST);
  }
}
