package email.daimon.understand.css;

import java.util.Locale;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** A place among siblings (Selectors 4, 13.3): {@code an+b}. For the elements of one page. */
final class Position implements Selector.Test {
  /** So many siblings are passed in the time of one comparison. */
  private static final int SIBLINGS = 16;

  private final int step;
  private final int first;
  private final boolean fromEnd;
  private final boolean ofType;
  private @Nullable Element known;
  private int placeOfKnown;

  private Position(int step, int first, boolean fromEnd, boolean ofType) {
    this.step = step;
    this.first = first;
    this.fromEnd = fromEnd;
    this.ofType = ofType;
  }

  /** The test that a pseudo-class stands for; empty where it is none of these. */
  static Optional<Selector.Test> test(String name, String argument) {
    boolean last = name.contains("last");
    boolean type = name.endsWith("of-type");
    return switch (name) {
      case "first-child", "last-child", "first-of-type", "last-of-type" ->
          Optional.of(new Position(0, 1, last, type));
      case "only-child", "only-of-type" -> {
        Position one = new Position(0, 1, false, type);
        Position other = new Position(0, 1, true, type);
        yield Optional.of(
            (element, budget) -> one.matches(element, budget) && other.matches(element, budget));
      }
      case "nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type" ->
          of(argument.replace(" ", "").toLowerCase(Locale.ROOT), last, type);
      default -> Optional.empty();
    };
  }

  private static Optional<Selector.Test> of(String formula, boolean fromEnd, boolean ofType) {
    String plain = formula.equals("odd") ? "2n+1" : formula.equals("even") ? "2n" : formula;
    int n = plain.indexOf('n');
    String step = n < 0 ? "0" : plain.substring(0, n);
    String first = plain.substring(n + 1);
    try {
      int every =
          switch (step) {
            case "", "+" -> 1;
            case "-" -> -1;
            default -> Integer.parseInt(step);
          };
      int start = first.isEmpty() ? 0 : Integer.parseInt(first);
      return Optional.of(new Position(every, start, fromEnd, ofType));
    } catch (NumberFormatException notOne) {
      return Optional.empty();
    }
  }

  @Override
  public boolean matches(Element element, Budget budget) {
    int behind = place(element, budget) - first;
    return step == 0 ? behind == 0 : behind % step == 0 && behind / step >= 0;
  }

  /** From 1; the sibling that was asked for before this one need not be counted again. */
  private int place(Element element, Budget budget) {
    if (element.equals(known)) {
      return placeOfKnown;
    }
    int place = 1;
    int passed = 0;
    @Nullable Element at = next(element);
    while (at != null && (step != 0 || place <= first)) {
      boolean counts = !ofType || at.normalName().equals(element.normalName());
      if (at.equals(known) && counts) {
        place += placeOfKnown;
        break;
      }
      place += counts ? 1 : 0;
      if (++passed % SIBLINGS == 0 && !budget.spend(1)) {
        return place;
      }
      at = next(at);
    }
    if (!fromEnd && step != 0) {
      known = element;
      placeOfKnown = place;
    }
    return place;
  }

  private @Nullable Element next(Element element) {
    return fromEnd ? element.nextElementSibling() : element.previousElementSibling();
  }
}
