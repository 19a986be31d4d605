package email.daimon.understand.reply;

import email.daimon.understand.html.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.nodes.Attributes;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.Evaluator;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;
import org.jspecify.annotations.Nullable;

/** What mail programs have marked in the HTML of a mail, in the order of its text. */
final class HtmlMarks implements NodeFilter {
  private static final int LONGEST_ATTRIBUTION = 600;
  private static final Evaluator BLOCKQUOTE = new Evaluator.Tag("blockquote");
  private static final Map<String, Kind> MARKS = new HashMap<>();
  private static final Map<String, Kind> BEGINNINGS = new HashMap<>();

  /** What a mark says of the text in it. */
  enum Kind {
    QUOTE,
    CONTAINER,
    ATTRIBUTION,
    CUT,
    FORWARD,
    SIGNATURE,
    /** Indented; it is a quote where an attribution stands before it. */
    INDENTED,
    /** Drawn as a quote; it is one, too, where nothing follows it. */
    BARRED
  }

  /** A mark and where its text is, in UTF-16 units. */
  record Mark(Kind kind, String name, int start, int end) {}

  static {
    for (String entry : Vocabulary.of("marks.txt")) {
      String[] parts = entry.split(" ");
      Kind kind = Kind.valueOf(parts[2].toUpperCase(Locale.ROOT));
      String value = parts[1];
      if (value.endsWith("*")) {
        BEGINNINGS.put(parts[0] + ' ' + value.substring(0, value.length() - 1), kind);
      } else {
        MARKS.put(parts[0] + ' ' + value, kind);
      }
    }
  }

  private final Page page;
  private final List<Mark> marks = new ArrayList<>();
  private int containerEnd;
  private String containerName = "";

  private HtmlMarks(Page page) {
    this.page = page;
  }

  /** Found without recursion; what stands in a quote is not looked at. */
  static List<Mark> of(Page page) {
    HtmlMarks found = new HtmlMarks(page);
    NodeTraversor.filter(found, page.document());
    return List.copyOf(found.marks);
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (!(node instanceof Element element)) {
      return FilterResult.CONTINUE;
    }
    if (!page.shows(element)) {
      return depth < 2 ? FilterResult.CONTINUE : FilterResult.SKIP_ENTIRELY;
    }
    boolean blockquote = element.normalName().equals("blockquote");
    boolean included = element.normalName().equals("includetail");
    if (!blockquote && !included && element.attributesSize() == 0) {
      return FilterResult.CONTINUE;
    }
    return mark(element, blockquote, included);
  }

  private FilterResult mark(Element element, boolean blockquote, boolean included) {
    Page.Place place = page.place(element);
    String name = included ? "tag includetail" : nameOf(element);
    Kind kind = name.isEmpty() ? null : kindOf(name);
    if (kind == null && blockquote) {
      boolean cited = element.attr("type").equalsIgnoreCase("cite") || element.hasAttr("cite");
      kind = cited ? Kind.QUOTE : isBarred(element) ? Kind.BARRED : Kind.INDENTED;
      name = "class cite";
    } else if (kind == Kind.CONTAINER && blockquote) {
      kind = Kind.QUOTE;
    }
    if (kind == null) {
      return FilterResult.CONTINUE;
    }
    String rule = name.substring(name.indexOf(' ') + 1);
    if (kind == Kind.CONTAINER) {
      return contain(element, place, rule);
    }
    boolean quoted = kind == Kind.INDENTED || kind == Kind.BARRED;
    if (quoted && place.end() <= containerEnd && containerEnd > 0) {
      kind = Kind.QUOTE;
      rule = containerName;
    }
    marks.add(new Mark(kind, rule, place.start(), place.end()));
    return kind == Kind.INDENTED ? FilterResult.CONTINUE : FilterResult.SKIP_CHILDREN;
  }

  private static boolean isBarred(Element element) {
    String style = element.attr("style").toLowerCase(Locale.ROOT);
    return style.contains("border-left") && !style.contains("border-left:none");
  }

  /** Answers may stand between the blockquotes of a container; without any all of it is quoted. */
  private FilterResult contain(Element element, Page.Place place, String rule) {
    if (place.start() < containerEnd) {
      return FilterResult.CONTINUE;
    }
    containerEnd = place.end();
    containerName = rule;
    Element first = element.selectFirst(BLOCKQUOTE);
    if (first == null || page.place(first).start() - place.start() > LONGEST_ATTRIBUTION) {
      marks.add(new Mark(Kind.QUOTE, rule, place.start(), place.end()));
      return FilterResult.SKIP_CHILDREN;
    }
    marks.add(new Mark(Kind.ATTRIBUTION, rule, place.start(), page.place(first).start()));
    return FilterResult.CONTINUE;
  }

  private static String nameOf(Element element) {
    Attributes attributes = element.attributes();
    String classes = attributes.getIgnoreCase("class");
    if (!classes.isEmpty()) {
      int at = 0;
      while (at < classes.length()) {
        int end = classes.indexOf(' ', at);
        end = end < 0 ? classes.length() : end;
        String name = "class " + plain(classes.substring(at, end));
        if (kindOf(name) != null) {
          return name;
        }
        at = end + 1;
      }
    }
    for (String key : List.of("id", "name", "data-marker")) {
      String value = attributes.getIgnoreCase(key);
      if (!value.isEmpty() && kindOf(key + ' ' + plain(value)) != null) {
        return key + ' ' + plain(value);
      }
    }
    return attributes.hasKeyIgnoreCase("includetail") ? "tag includetail" : "";
  }

  private static @Nullable Kind kindOf(String name) {
    Kind kind = MARKS.get(name);
    if (kind != null) {
      return kind;
    }
    for (Map.Entry<String, Kind> beginning : BEGINNINGS.entrySet()) {
      if (name.startsWith(beginning.getKey())) {
        return beginning.getValue();
      }
    }
    return null;
  }

  /** Without what programs put before the names of others. */
  private static String plain(String value) {
    String plain = value.strip().toLowerCase(Locale.ROOT);
    while (plain.startsWith("x_")) {
      plain = plain.substring(2);
    }
    if (plain.startsWith("ecx")) {
      plain = plain.substring(3);
    }
    if (plain.startsWith("m_") && plain.length() > 4) {
      int at = 2;
      while (at < plain.length()
          && (Character.isDigit(plain.charAt(at)) || plain.charAt(at) == '-')) {
        at++;
      }
      plain = at > 4 ? plain.substring(at) : plain;
    }
    return plain;
  }
}
