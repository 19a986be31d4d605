package email.daimon.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The texts below one multipart. Of alternatives the last of each kind that says anything counts
 * (RFC 2046, 5.1.4); elsewhere the parts are read one after the other.
 *
 * <p>An empty line comes between two parts, but only a line end next to a part without any header,
 * and after one in base64, whose own line end, if it wants one, is in it. So do the parsers that
 * people know.
 */
final class Bodies {
  private final boolean alternative;
  private final List<Body> texts = new ArrayList<>();
  private final List<Body> htmls = new ArrayList<>();

  /**
   * One text.
   *
   * @param glued whether no empty line comes before it
   * @param glues whether no empty line comes after it
   */
  record Body(String text, boolean glued, boolean glues) {
    static Body of(String text, PartHeader header) {
      boolean bare = header.isEmpty();
      return new Body(text, bare, bare || header.encoding().equals("base64"));
    }
  }

  Bodies(boolean alternative) {
    this.alternative = alternative;
  }

  void addText(Body text) {
    add(texts, text);
  }

  void addHtml(Body html) {
    add(htmls, html);
  }

  /** Takes over what a multipart within this one holds. */
  void addAll(Bodies inner) {
    inner.text().ifPresent(text -> addText(new Body(text, false, false)));
    inner.html().ifPresent(html -> addHtml(new Body(html, false, false)));
  }

  boolean isEmpty() {
    return texts.isEmpty() && htmls.isEmpty();
  }

  Optional<String> text() {
    return joined(texts);
  }

  Optional<String> html() {
    return joined(htmls);
  }

  private void add(List<Body> kind, Body body) {
    if (alternative && !kind.isEmpty()) {
      if (body.text().isBlank()) {
        return;
      }
      kind.clear();
    }
    kind.add(body);
  }

  private static Optional<String> joined(List<Body> parts) {
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    if (parts.size() == 1) {
      return Optional.of(parts.getFirst().text());
    }
    StringBuilder all = new StringBuilder(parts.getFirst().text());
    for (int i = 1; i < parts.size(); i++) {
      Body part = parts.get(i);
      all.append(parts.get(i - 1).glues() || part.glued() ? "\n" : "\n\n").append(part.text());
    }
    return Optional.of(all.toString());
  }
}
