package email.daimon.understand.html;

import email.daimon.understand.unseen.SeenText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Gathers hidden text while HTML is rendered. */
final class HiddenParts {
  private static final int MOST = 1_000;
  private static final Node NONE = new TextNode("");

  /**
   * One piece and where it stands.
   *
   * @param order of its node in the walk
   * @param last node that it goes to
   * @param attribute of the node, or empty
   * @param from in the text of the node; below 0 for all of it
   */
  record Found(
      HiddenPart part, int order, Node node, Node last, String attribute, int from, int to) {}

  private final List<Found> found = new ArrayList<>();
  private final StringBuilder words = new StringBuilder();
  private String kind = "";
  private int order;
  private Node first = NONE;
  private Node last = NONE;
  private int seenBefore;
  private boolean gap;

  /** A block begins or ends: words on its sides are two. */
  void gap() {
    gap = true;
  }

  /** Adds text of a node that is hidden. */
  void text(String hiding, TextNode node, int number, int seen) {
    String text = node.getWholeText();
    if (!speaks(text)) {
      gap = true;
      return;
    }
    if (!hiding.equals(kind) || seen != seenBefore) {
      end();
      kind = hiding;
      order = number;
      first = node;
      seenBefore = seen;
    }
    last = node;
    characters(collapsed(text), node, number, seen);
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
      HiddenPart part = new HiddenPart(kind, words.toString().strip(), 0, 0, seenBefore == 0);
      add(new Found(part, order, first, last, "", -1, -1));
    }
    kind = "";
    words.setLength(0);
  }

  /** What invisible characters hide within visible text. */
  void characters(List<SeenText.Hidden> hidden, TextNode node, int number, int seen) {
    for (SeenText.Hidden one : hidden) {
      HiddenPart part = new HiddenPart(one.kind(), one.text(), 0, 0, seen == 0);
      add(new Found(part, number, node, node, "", one.start(), one.end()));
    }
  }

  /** Adds an attribute that is shown to no one who reads. */
  void attribute(String hiding, Element element, String name, int number, int seen) {
    String text = element.attr(name).strip();
    if (found.size() < MOST && speaks(text)) {
      HiddenPart part = new HiddenPart(hiding, text, 0, 0, seen == 0);
      add(new Found(part, number, element, element, name, -1, -1));
    }
  }

  /** Adds a comment that says something; names of sections do not. */
  void comment(Comment comment, int number, int seen) {
    if (found.size() >= MOST) {
      return;
    }
    String said = Comments.said(comment.getData());
    if (!said.isEmpty()) {
      HiddenPart part = new HiddenPart("comment", said, 0, 0, seen == 0);
      add(new Found(part, number, comment, comment, "", -1, -1));
    }
  }

  private void add(Found one) {
    if (found.size() < MOST) {
      found.add(one);
    }
  }

  List<Found> all() {
    end();
    found.sort(Comparator.comparingInt(Found::order).thenComparingInt(Found::from));
    return found;
  }

  private static boolean speaks(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c > ' ' && c < 0x80) || (c >= 0x80 && Character.isLetterOrDigit(c)) || c == 0xdb40) {
        return true;
      }
    }
    return false;
  }
}
