package email.daimon.understand.html;

import email.daimon.understand.unseen.SeenText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/**
 * HTML as the plain text that a reader sees: blocks on lines of their own, nothing hidden, with the
 * place of each element. Walks without recursion.
 */
final class HtmlText implements NodeVisitor {
  /** How an element stands in the text. */
  private enum Flow {
    /** Within a line. */
    INLINE,
    /** Within a line, but no part of a word. */
    APART,
    /** On lines of its own. */
    LINES,
    /** With an empty line before and behind. */
    PARAGRAPH
  }

  private static final Map<String, Flow> FLOWS = flows();

  private static Map<String, Flow> flows() {
    Map<String, Flow> flows = new HashMap<>();
    for (String name : "br td th".split(" ")) {
      flows.put(name, Flow.APART);
    }
    for (String name :
        ("div li tr dt dd section article header footer address form fieldset center hr body main"
                + " nav aside figure dl")
            .split(" ")) {
      flows.put(name, Flow.LINES);
    }
    for (String name : "p h1 h2 h3 h4 h5 h6 ul ol blockquote pre table".split(" ")) {
      flows.put(name, Flow.PARAGRAPH);
    }
    return Map.copyOf(flows);
  }

  /** Elements that mail programs draw nothing of, by how their text is hidden. */
  private static final Map<String, String> NEVER_SHOWN =
      Map.ofEntries(
          Map.entry("title", "title"),
          Map.entry("noscript", "noscript"),
          Map.entry("template", "template"),
          Map.entry("script", "not_rendered"),
          Map.entry("style", "not_rendered"),
          Map.entry("object", "not_rendered"),
          Map.entry("svg", "not_rendered"),
          Map.entry("select", "not_rendered"),
          Map.entry("datalist", "not_rendered"),
          Map.entry("iframe", "not_rendered"),
          Map.entry("noembed", "not_rendered"),
          Map.entry("noframes", "not_rendered"),
          Map.entry("audio", "not_rendered"),
          Map.entry("video", "not_rendered"),
          Map.entry("canvas", "not_rendered"));

  private static final int LONGEST_ALT = 300;

  private final StringBuilder text = new StringBuilder();
  private final Map<Element, Page.Place> places = Page.noPlaces();
  private final List<Target> targets = new ArrayList<>();
  private final HiddenParts hidden = new HiddenParts();
  private final Looks looks;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private Frame frame = new Frame(Look.PAGE, "", Flow.INLINE, 0, 0, 0);
  private int nodes;
  private int seenStart;
  private int tooDeep = -1;
  private int pictures;
  private int wantedBreaks;
  private boolean blank;
  private int preformatted;

  /** An address and where it belongs in the text. */
  private record Target(int at, String address) {}

  /**
   * An open element.
   *
   * @param hiding how its own text is hidden, or empty
   * @param start of it in the text
   * @param pictures shown before it
   * @param node its number in the walk
   */
  private record Frame(Look look, String hiding, Flow flow, int start, int pictures, int node) {}

  private HtmlText(Document document) {
    looks = new Looks(document);
  }

  static HtmlText of(Document document) {
    HtmlText rendering = new HtmlText(document);
    NodeTraversor.traverse(rendering, document);
    rendering.end();
    return rendering;
  }

  String text() {
    return text.toString();
  }

  /** Where each shown element is in the text. */
  Map<Element, Page.Place> places() {
    return places;
  }

  /** What the text leaves out. */
  List<HiddenParts.Found> hidden() {
    return hidden.all();
  }

  /** Where the source nests deeper than is read; below 0 where it does not. */
  int tooDeep() {
    return tooDeep;
  }

  String textWithLinks() {
    if (targets.isEmpty()) {
      return text();
    }
    StringBuilder all = new StringBuilder(text.length());
    int from = 0;
    for (Target target : targets) {
      int at = Math.min(target.at(), text.length());
      all.append(text, from, at).append(" (").append(target.address()).append(')');
      from = at;
    }
    return all.append(text, from, text.length()).toString();
  }

  private void end() {
    int end = text.length();
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    text.setLength(end);
  }

  @Override
  public void head(Node node, int depth) {
    switch (node) {
      case TextNode words -> words(words);
      case Element element -> {
        depth(element, depth);
        open(element);
      }
      case Comment comment -> hidden.comment(comment, nodes, text.length());
      default -> {}
    }
    nodes++;
  }

  @Override
  public void tail(Node node, int depth) {
    if (node instanceof Element element) {
      close(element);
      frame = frames.removeLast();
    }
  }

  /** An element moved by the parser has no place of its own: that of the one before it. */
  private void depth(Element element, int depth) {
    int start = element.sourceRange().startPos();
    seenStart = start < 0 ? seenStart : start;
    if (depth >= BoundedHtml.DEEPEST && (tooDeep < 0 || seenStart < tooDeep)) {
      tooDeep = seenStart;
    }
  }

  private void words(TextNode words) {
    if (!frame.hiding().isEmpty()) {
      hidden.text(frame.hiding(), words, nodes, text.length());
      blank |= frame.look().removed().isEmpty() && words.isBlank();
      return;
    }
    SeenText seen = SeenText.of(words.getWholeText());
    hidden.characters(seen.hidden(), words, nodes, text.length());
    append(seen.text());
  }

  private void open(Element element) {
    String name = element.normalName();
    Look look = looks.of(element, frame.look());
    String never = NEVER_SHOWN.get(name);
    if (never != null && look.removed().isEmpty()) {
      look = look.removed(never);
    }
    frames.addLast(frame);
    Flow flow = FLOWS.getOrDefault(name, Flow.INLINE);
    separate(flow);
    boolean removed = !look.removed().isEmpty();
    if (!removed) {
      switch (name) {
        case "br" -> lineBreak();
        case "pre" -> preformatted++;
        default -> {}
      }
      breakAround(flow);
    }
    String hiding = look.equals(frame.look()) ? frame.hiding() : look.hiding();
    frame = new Frame(look, hiding, flow, text.length(), pictures, nodes);
    unseenFields(element, name);
    if (name.equals("img")) {
      picture(element, look);
    }
    if (removed) {
      return;
    }
    if (name.equals("li") && frame.hiding().isEmpty()) {
      append("- ");
    }
  }

  /** What a picture shows is told where pictures are not loaded. */
  private void picture(Element image, Look look) {
    pictures += look.showsPictures() ? 1 : 0;
    String alt = image.attr("alt");
    if (!look.showsPictures() || alt.length() > LONGEST_ALT || isDot(image)) {
      hidden.attribute("alt", image, "alt", nodes, text.length());
    } else {
      append(SeenText.of(alt).text());
    }
  }

  private static boolean isDot(Element image) {
    String style = ';' + image.attr("style").replace(" ", "") + ';';
    return isDot(image.attr("width"))
        || isDot(image.attr("height"))
        || style.contains(";width:1px;")
        || style.contains(";height:1px;")
        || style.contains(";width:0;")
        || style.contains(";height:0;");
  }

  private static boolean isDot(String size) {
    return size.equals("1") || size.equals("0") || size.equals("1px") || size.equals("0px");
  }

  private void close(Element element) {
    separate(frame.flow());
    attribute("title", "title", element);
    attribute("aria_label", "aria-label", element);
    if (!frame.look().removed().isEmpty()) {
      return;
    }
    String name = element.normalName();
    boolean seen =
        frame.hiding().isEmpty() || text.length() > frame.start() || pictures > frame.pictures();
    if (seen) {
      places.put(element, new Page.Place(frame.start(), text.length()));
    }
    switch (name) {
      case "td", "th" -> blank = true;
      case "a" -> link(element, frame.start());
      case "pre" -> preformatted--;
      default -> {}
    }
    breakAround(frame.flow());
  }

  /** Adds what a pointer or a screen reader tells, unless it repeats what is seen. */
  private void attribute(String kind, String name, Element element) {
    if (element.attributesSize() == 0 || !element.hasAttr(name)) {
      return;
    }
    String said = element.attr(name).strip();
    int start = Math.min(frame.start(), text.length());
    boolean repeated =
        said.equals(element.attr("alt").strip())
            || (text.length() - start <= said.length() + 4
                && text.substring(start).strip().equalsIgnoreCase(said));
    if (!repeated) {
      hidden.attribute(kind, element, name, frame.node(), text.length());
    }
  }

  private void separate(Flow flow) {
    if (flow != Flow.INLINE) {
      hidden.gap();
    }
  }

  private void unseenFields(Element element, String name) {
    if (name.equals("input") && element.attr("type").equalsIgnoreCase("hidden")) {
      hidden.attribute("hidden_input", element, "value", nodes, text.length());
    } else if (name.equals("meta") && element.attr("name").equalsIgnoreCase("description")) {
      hidden.attribute("meta", element, "content", nodes, text.length());
    }
  }

  private void breakAround(Flow flow) {
    if (flow == Flow.PARAGRAPH) {
      wantedBreaks = 2;
    } else if (flow == Flow.LINES) {
      wantedBreaks = Math.max(wantedBreaks, 1);
    }
  }

  private void link(Element element, int from) {
    String address = LinkAddress.of(element.attr("href")).orElse("");
    if (address.isEmpty() || from >= text.length()) {
      return;
    }
    String shown = text.substring(from).strip();
    if (!shown.isEmpty() && !address.contains(shown)) {
      targets.add(new Target(text.length(), address));
    }
  }

  private void lineBreak() {
    blank = false;
    if (text.isEmpty()) {
      return;
    }
    flushBreaks();
    text.append('\n');
  }

  private void append(String words) {
    int i = 0;
    while (i < words.length()) {
      char c = words.charAt(i);
      if (isBlank(c)) {
        if (preformatted > 0 && c == '\n') {
          lineBreak();
        } else {
          blank = true;
        }
        i++;
      } else {
        int from = i;
        while (i < words.length() && !isBlank(words.charAt(i))) {
          i++;
        }
        word(words, from, i);
      }
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\u00a0' || c == '\t' || c == '\r' || c == '\f';
  }

  private void word(String words, int from, int to) {
    flushBreaks();
    if (blank && !text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
      text.append(' ');
    }
    blank = false;
    text.append(words, from, to);
  }

  private void flushBreaks() {
    if (wantedBreaks == 0) {
      return;
    }
    int there = 0;
    while (there < 2 && there < text.length() && text.charAt(text.length() - 1 - there) == '\n') {
      there++;
    }
    for (int i = there; i < wantedBreaks && !text.isEmpty(); i++) {
      text.append('\n');
    }
    wantedBreaks = 0;
  }
}
