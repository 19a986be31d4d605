package email.daimon.understand.html;

import static email.daimon.understand.css.Property.*;

import email.daimon.understand.css.Cascade;
import email.daimon.understand.css.Property;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;

/** Ways to hide an element with all that is within, whatever that says of itself. */
final class Removal {
  /** A screen of 1024 pixels is left by more than it is wide. */
  private static final double FAR_RIGHT = 3_000;

  private static final double FAR_LEFT = -500;

  /** Of style sheets known to all who write for screen readers (Bootstrap, WordPress, Drupal). */
  private static final Set<String> FOR_SCREEN_READERS =
      Set.of(
          "sr-only",
          "visually-hidden",
          "visuallyhidden",
          "screen-reader-text",
          "screen-reader-only",
          "screenreader-only",
          "a11y-hidden",
          "assistive-text",
          "element-invisible",
          "sr-text");

  private Removal() {}

  /** The kind of hiding, or empty. */
  static String of(Element element, Cascade cascade, Look look) {
    String kind = kind(element, cascade, look);
    if (kind.isEmpty() || kind.equals("display_none")) {
      return kind;
    }
    return isForScreenReaders(element) ? "screen_reader" : kind;
  }

  private static String kind(Element element, Cascade cascade, Look look) {
    if (cascade.is(DISPLAY, "none") || cascade.is(CONTENT_VISIBILITY, "hidden")) {
      return "display_none";
    }
    if (cascade.is(MSO_HIDE, "all") && !isButton(element, cascade)) {
      return "mso_hide";
    }
    if (look.opacity() < 0.1) {
      return "transparent";
    }
    double em = look.fontSize();
    boolean aside = cascade.is(POSITION, "absolute") || cascade.is(POSITION, "fixed");
    if (moved(cascade, em, aside)) {
      return "off_screen";
    }
    if (!cascade.word(TRANSFORM).equals("none") && cascade.has(TRANSFORM)) {
      return cascade.word(TRANSFORM);
    }
    boolean onePixel = atMost(cascade, WIDTH, em, 1) && atMost(cascade, HEIGHT, em, 1);
    if (cascade.is(CLIP, "clipped") || cascade.is(CLIP_PATH, "clipped")) {
      return aside || onePixel ? "screen_reader" : "clipped";
    }
    return cut(cascade, em, aside && onePixel);
  }

  private static String cut(Cascade cascade, double em, boolean forScreenReaders) {
    if (atMost(cascade, MAX_HEIGHT, em, 0) || atMost(cascade, MAX_WIDTH, em, 0)) {
      return "clipped";
    }
    String overflow = cascade.word(OVERFLOW);
    if (overflow.isEmpty() || overflow.equals("visible")) {
      return "";
    }
    if (atMost(cascade, WIDTH, em, 1)
        || atMost(cascade, HEIGHT, em, 1)
        || atMost(cascade, MAX_HEIGHT, em, 1)
        || atMost(cascade, MAX_WIDTH, em, 1)) {
      return forScreenReaders ? "screen_reader" : "clipped";
    }
    return cascade
            .length(LINE_HEIGHT)
            .filter(it -> (it.unit().isEmpty() ? it.number() * em : it.pixels(em, em)) < 2)
            .isPresent()
        ? "clipped"
        : "";
  }

  private static boolean moved(Cascade cascade, double em, boolean aside) {
    if (below(cascade, MARGIN_LEFT, em, FAR_LEFT) || below(cascade, MARGIN_TOP, em, FAR_LEFT)) {
      return true;
    }
    if (!aside && !cascade.is(POSITION, "relative")) {
      return false;
    }
    return below(cascade, LEFT, em, FAR_LEFT)
        || below(cascade, TOP, em, FAR_LEFT)
        || below(cascade, RIGHT, em, FAR_LEFT)
        || below(cascade, BOTTOM, em, FAR_LEFT)
        || above(cascade, LEFT, em)
        || above(cascade, TOP, em)
        || above(cascade, RIGHT, em)
        || above(cascade, BOTTOM, em);
  }

  private static boolean below(Cascade cascade, Property side, double em, double least) {
    return cascade.length(side).filter(it -> it.pixels(em, 1_000) <= least).isPresent();
  }

  private static boolean above(Cascade cascade, Property side, double em) {
    return cascade.length(side).filter(it -> it.pixels(em, 1_000) >= FAR_RIGHT).isPresent();
  }

  private static boolean atMost(Cascade cascade, Property side, double em, double most) {
    return cascade.length(side).filter(it -> it.pixels(em, 600) <= most).isPresent();
  }

  /** What Outlook alone does not show, for it draws the button by other means. */
  private static boolean isButton(Element element, Cascade cascade) {
    Element at = element;
    for (int depth = 0; at != null && depth < 6; depth++) {
      if (at.normalName().equals("a") || at.normalName().equals("img")) {
        return true;
      }
      at = at.firstElementChild();
    }
    return cascade.has(BACKGROUND_COLOR);
  }

  private static boolean isForScreenReaders(Element element) {
    String names = element.className();
    if (names.isEmpty() || names.length() > 200) {
      return false;
    }
    for (String name : names.toLowerCase(Locale.ROOT).split(" ")) {
      if (FOR_SCREEN_READERS.contains(name)) {
        return true;
      }
    }
    return false;
  }
}
