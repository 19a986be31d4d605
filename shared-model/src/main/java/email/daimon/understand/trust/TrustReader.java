package email.daimon.understand.trust;

import email.daimon.model.HiddenText;
import email.daimon.model.Injection;
import email.daimon.understand.html.HiddenPart;
import email.daimon.understand.html.Page;
import email.daimon.understand.unseen.SeenText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Finds what a mail hides, and what in it speaks to machines. */
public final class TrustReader {
  private TrustReader() {}

  /**
   * What was found.
   *
   * @param visible what a reader of the mail sees
   * @param hidden what a reader does not see, at most {@link HiddenText#MOST}
   * @param injections what tries to instruct a machine, at most {@link Injection#MOST}
   */
  public record Texts(String visible, List<HiddenText> hidden, List<Injection> injections) {
    public Texts {
      Objects.requireNonNull(visible, "visible");
      hidden = List.copyOf(hidden);
      injections = List.copyOf(injections);
    }
  }

  /** Reads all texts of a mail. */
  public static Texts texts(
      String subject,
      String fromName,
      List<String> fileNames,
      Optional<String> text,
      Optional<String> html,
      Optional<Page> page) {
    List<HiddenText> hidden = new ArrayList<>();
    List<HiddenPart> parts = page.map(Page::hidden).orElse(List.of());
    hidden.addAll(HiddenTexts.ofHtml(html.orElse(""), parts, Set.of()));
    String plain = text.orElse("");
    SeenText seen = SeenText.of(plain);
    hidden.addAll(HiddenTexts.ofText("text_body", plain, seen));
    hidden.addAll(HiddenTexts.ofText("subject", subject, SeenText.of(subject)));
    hidden.addAll(HiddenTexts.ofText("from_name", fromName, SeenText.of(fromName)));
    return new Texts(page.map(Page::text).orElse(seen.text()), HiddenTexts.most(hidden), List.of());
  }
}
