package email.daimon.understand.trust;

import static java.util.Objects.requireNonNull;

import email.daimon.model.TextSpan;
import java.util.Optional;

/**
 * A text of a mail that is looked at for instructions.
 *
 * @param in where it stands, as {@link email.daimon.model.Injection#in()} says
 * @param unseen whether a reader of the mail does not see it
 * @param label whether it is a line that has no room for orders, such as a name
 * @param coded whether only a machine can read it
 * @param place of the whole in {@code in}, where its own characters are not those there
 */
record Passage(
    String in,
    String text,
    boolean unseen,
    boolean label,
    boolean coded,
    Optional<TextSpan> place) {
  Passage {
    requireNonNull(in, "in is null");
    requireNonNull(text, "text is null");
    requireNonNull(place, "place is null");
  }

  static Passage seen(String in, String text) {
    return new Passage(in, text, false, false, false, Optional.empty());
  }

  static Passage label(String in, String text) {
    return new Passage(in, text, false, true, false, Optional.empty());
  }

  static Passage unseen(String in, String text, TextSpan place) {
    return new Passage(in, text, true, false, false, Optional.of(place));
  }

  static Passage coded(String in, String text, TextSpan place) {
    return new Passage(in, text, true, false, true, Optional.of(place));
  }
}
