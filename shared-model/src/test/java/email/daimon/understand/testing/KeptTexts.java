package email.daimon.understand.testing;

import java.util.List;

/** Texts in which there is nothing to cut: all of it was newly written. */
public final class KeptTexts {
  private KeptTexts() {}

  /** All of them; the wanted reading of plain text is the text itself, that of HTML its words. */
  public static List<Variant> all() {
    return VariantForms.sections("kept.txt").stream().map(KeptTexts::variant).toList();
  }

  /** What some reader once stumbled over; it may be cut. */
  public static List<Variant> found() {
    return VariantForms.sections("found.txt").stream().map(KeptTexts::variant).toList();
  }

  private static Variant variant(VariantForms.Section section) {
    boolean html = section.word(1).equals("html");
    String text = section.body();
    List<String> readings =
        html ? List.of(words(text), words(text.replace("<li>", "- "))) : List.of(text);
    return new Variant(section.word(0), "", "none", "none", html, text, readings);
  }

  private static String words(String html) {
    return html.replaceAll("<[^>]*>", " ");
  }
}
