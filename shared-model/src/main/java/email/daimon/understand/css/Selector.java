package email.daimon.understand.css;

import java.util.List;
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
  /** So many siblings are passed in the time of one comparison. */
  private static final int SIBLINGS = 4;

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
    return compounds.getFirst().matches(element, budget)
        && around(element, 1, budget) == Fit.MATCHES;
  }

  /** What came of a search around an element. */
  private enum Fit {
    MATCHES,
    /** Not here; around another of its ancestors it may. */
    NOT_HERE,
    /** No ancestor is left that fits, so none will higher up. */
    NOWHERE
  }

  private Fit around(Element element, int next, Budget budget) {
    if (next == compounds.size()) {
      return Fit.MATCHES;
    }
    char combinator = combinators.charAt(next - 1);
    boolean up = combinator == ' ' || combinator == '>';
    boolean once = combinator == '>' || combinator == '+';
    @Nullable Element at = up ? element.parent() : element.previousElementSibling();
    for (int i = 0; at != null && (i == 0 || !once); i++) {
      if ((up || i % SIBLINGS == 0) && !budget.spend(1)) {
        return Fit.NOWHERE;
      }
      Fit fit =
          compounds.get(next).matches(at, budget) ? around(at, next + 1, budget) : Fit.NOT_HERE;
      if (fit != Fit.NOT_HERE) {
        return fit;
      }
      at = up ? at.parent() : at.previousElementSibling();
    }
    return combinator == ' ' ? Fit.NOWHERE : Fit.NOT_HERE;
  }
}
