package email.daimon.understand.html;

import email.daimon.understand.unseen.SeenText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Gathers hidden text while HTML is rendered; nodes are known by their number in the walk. */
final class HiddenParts {
  private static final int MOST = 1_000;

  /**
   * One piece and where it stands.
   *
   * @param last node that it goes to
   * @param attribute of the node, or empty
   * @param from in the text of the node; below 0 for all of it
   */
  record Found(HiddenPart part, int node, int last, String attribute, int from, int to) {
    /** Whether it is all of the document's title. */
    boolean isTitle() {
      return part.kind().equals("title") && attribute.isEmpty() && from < 0;
    }
  }

  private final List<Found> found = new ArrayList<>();
  private final StringBuilder words = new StringBuilder();
  private String kind = "";
  private int first;
  private int last;
  private int seenBefore;
  private boolean gap;

  /** A block begins or ends: words on its sides are two. */
  void gap() {
    gap = true;
  }

  /** Adds text of a node that is hidden. */
  void text(String hiding, String text, int node, int seen) {
    if (!speaks(text)) {
      gap = true;
      return;
    }
    if (!hiding.equals(kind) || seen != seenBefore) {
      end();
      kind = hiding;
      first = node;
      seenBefore = seen;
    }
    last = node;
    for (SeenText.Hidden one : collapsed(text)) {
      add(one.kind(), one.text(), node, node, "", one.start(), one.end(), seen);
    }
  }

  private List<SeenText.Hidden> collapsed(String text) {
    SeenText shown = SeenText.of(text);
    if (gap && !words.isEmpty()) {
      words.append(' ');
    }
    gap = false;
    boolean blank = words.isEmpty() || words.charAt(words.length() - 1) == ' ';
    for (int i = 0; i < shown.text().length(); i++) {
      char c = shown.text().charAt(i);
      boolean white = c <= ' ' || c == '\u00a0' || (c >= '\u2000' && c <= '\u200f');
      if (!white) {
        words.append(c);
      } else if (!blank) {
        words.append(' ');
      }
      blank = white;
    }
    return shown.hidden();
  }

  /** Ends what was being gathered. */
  void end() {
    if (!kind.isEmpty()) {
      add(kind, words.toString().strip(), first, last, "", -1, -1, seenBefore);
    }
    kind = "";
    words.setLength(0);
  }

  /** What invisible characters hide within visible text. */
  void characters(List<SeenText.Hidden> hidden, int node, int seen) {
    for (SeenText.Hidden one : hidden) {
      add(one.kind(), one.text(), node, node, "", one.start(), one.end(), seen);
    }
  }

  /** Adds an attribute that is shown to no one who reads. */
  void attribute(String hiding, Element element, String name, int node, int seen) {
    String text = element.attr(name).strip();
    if (found.size() < MOST && speaks(text)) {
      add(hiding, text, node, node, name, -1, -1, seen);
    }
  }

  /** Adds a comment that says something; names of sections do not. */
  void comment(Comment comment, int node, int seen) {
    if (found.size() >= MOST) {
      return;
    }
    String said = Comments.said(comment.getData());
    if (!said.isEmpty()) {
      add("comment", said, node, node, "", -1, -1, seen);
    }
  }

  private void add(
      String hiding, String text, int node, int end, String attribute, int from, int to, int seen) {
    if (found.size() < MOST) {
      HiddenPart part = new HiddenPart(hiding, text, 0, 0, seen == 0);
      found.add(new Found(part, node, end, attribute, from, to));
    }
  }

  List<Found> all() {
    end();
    found.sort(Comparator.comparingInt(Found::node).thenComparingInt(Found::from));
    return found;
  }

  private static boolean speaks(@Nullable String text) {
    if (text == null) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c > ' ' && c < 0x80) || (c >= 0x80 && Character.isLetterOrDigit(c)) || c == 0xdb40) {
        return true;
      }
    }
    return false;
  }
}
