package email.daimon.understand.html;

import static java.util.Objects.requireNonNull;

/**
 * Text of HTML that its reader does not see.
 *
 * @param kind how it is hidden, as {@link email.daimon.model.HiddenText#kind()} says
 * @param text whole, blanks collapsed
 * @param start in the HTML, in UTF-16 units; markup may stand between
 * @param end behind its last character
 * @param opening whether nothing visible stands before: programs show it in the list of mails
 */
public record HiddenPart(String kind, String text, int start, int end, boolean opening) {
  public HiddenPart {
    requireNonNull(kind, "kind is null");
    requireNonNull(text, "text is null");
  }

  HiddenPart at(int from, int to) {
    return new HiddenPart(kind, text, from, to, opening);
  }
}
