package email.daimon.understand.css;

import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * One selector without commas.
 *
 * @param compounds the rightmost first
 * @param combinators between them, as many less one: {@code ' '}, {@code '>'}, {@code '+'}, {@code
 *     '~'}
 * @param specificity ids, classes, types in eight bits each
 */
record Selector(List<Compound> compounds, String combinators, int specificity) {
  /** Ancestors and siblings looked at: deeper nesting is not for readers. */
  private static final int FARTHEST = 64;

  /** So many characters of class names are looked through in the time of one comparison. */
  private static final int CLASS_NAMES = 32;

  /**
   * What must hold of one element.
   *
   * @param tag lower case, or empty for any
   * @param id or empty
   * @param classes all of them
   * @param tests all else
   */
  record Compound(String tag, String id, List<String> classes, List<Test> tests) {
    boolean matches(Element element, Budget budget) {
      if (!tag.isEmpty() && !tag.equals(element.normalName())) {
        return false;
      }
      if (!id.isEmpty() && !id.equalsIgnoreCase(element.id())) {
        return false;
      }
      if (!classes.isEmpty()
          && !budget.spend(classes.size() * (element.className().length() / CLASS_NAMES))) {
        return false;
      }
      for (String one : classes) {
        if (!element.hasClass(one)) {
          return false;
        }
      }
      for (Test test : tests) {
        if (!budget.spend(1) || !test.matches(element, budget)) {
          return false;
        }
      }
      return true;
    }
  }

  /** A condition on one element. */
  @FunctionalInterface
  interface Test {
    boolean matches(Element element, Budget budget);
  }

  boolean matches(Element element, Budget budget) {
    return compounds.getFirst().matches(element, budget) && around(element, budget);
  }

  /** Each compound at the nearest place where it fits: enough for what style sheets say. */
  private boolean around(Element element, Budget budget) {
    Element at = element;
    for (int i = 1; i < compounds.size(); i++) {
      Optional<Element> next = next(at, compounds.get(i), combinators.charAt(i - 1), budget);
      if (next.isEmpty()) {
        return false;
      }
      at = next.get();
    }
    return true;
  }

  private static Optional<Element> next(
      Element from, Compound compound, char combinator, Budget budget) {
    boolean up = combinator == ' ' || combinator == '>';
    boolean once = combinator == '>' || combinator == '+';
    @Nullable Element at = from;
    for (int i = 0; i < (once ? 1 : FARTHEST); i++) {
      at = up ? at.parent() : at.previousElementSibling();
      if (at == null || !budget.spend(1)) {
        return Optional.empty();
      }
      if (compound.matches(at, budget)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }
}
