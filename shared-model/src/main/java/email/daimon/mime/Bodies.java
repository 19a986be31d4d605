package email.daimon.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The texts below one multipart. Of alternatives the last of each kind counts (RFC 2046, 5.1.4);
 * elsewhere the parts are read one after the other.
 */
final class Bodies {
  private final boolean alternative;
  private final List<String> texts = new ArrayList<>();
  private final List<String> htmls = new ArrayList<>();

  Bodies(boolean alternative) {
    this.alternative = alternative;
  }

  void addText(String text) {
    add(texts, text);
  }

  void addHtml(String html) {
    add(htmls, html);
  }

  /** Takes over what a multipart within this one holds. */
  void addAll(Bodies inner) {
    inner.text().ifPresent(this::addText);
    inner.html().ifPresent(this::addHtml);
  }

  private void add(List<String> kind, String body) {
    if (alternative) {
      kind.clear();
    }
    kind.add(body);
  }

  Optional<String> text() {
    return joined(texts);
  }

  Optional<String> html() {
    return joined(htmls);
  }

  private static Optional<String> joined(List<String> parts) {
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", parts));
  }
}
