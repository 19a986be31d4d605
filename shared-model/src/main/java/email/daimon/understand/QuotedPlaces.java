package email.daimon.understand;

import email.daimon.model.TextSpan;
import email.daimon.understand.reply.ReplyReader;
import email.daimon.understand.words.CodePoints;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Which places of a text are quoted history; looked up when a place is first asked for. */
final class QuotedPlaces implements IntPredicate {
  private static final int LONGEST = 2 << 20;

  private final String text;
  private final String name;
  private final ReplyReader.Reply reply;
  private @Nullable IntPredicate places;

  /**
   * Of one text of a mail.
   *
   * @param name of the text, as spans name it
   * @param reply how the mail was divided, perhaps by its other text
   */
  QuotedPlaces(String text, String name, ReplyReader.Reply reply) {
    this.text = text;
    this.name = name;
    this.reply = reply;
  }

  @Override
  public boolean test(int place) {
    if (places == null) {
      boolean divided = reply.parts().of().equals(name) && !reply.parts().rule().equals("none");
      places = divided ? bySpans(text, reply.parts().quoted()) : byBody(text, reply.body());
    }
    return places.test(place);
  }

  private static IntPredicate bySpans(String text, List<TextSpan> quoted) {
    BitSet places = new BitSet();
    CodePoints points = new CodePoints(text);
    for (TextSpan span : quoted) {
      places.set(points.unit(span.start()), points.unit(span.end()));
    }
    return places::get;
  }

  /** Where the new text is the beginning or the end of the other, the rest is not new. */
  private static IntPredicate byBody(String text, String body) {
    int most = Math.min(text.length(), LONGEST);
    int end = 0;
    int i = 0;
    while (i < body.length() && end < most) {
      char wanted = body.charAt(i);
      char c = text.charAt(end);
      if (Character.isWhitespace(wanted)) {
        i++;
      } else if (Character.isWhitespace(c)) {
        end++;
      } else if (c == wanted) {
        i++;
        end++;
      } else {
        return _ -> false;
      }
    }
    int cut = end;
    boolean whole = body.isBlank() || i < body.length();
    return place -> !whole && place >= cut;
  }
}
