package email.daimon.understand.css;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What wins for one element among all that is declared for it (CSS Cascade 4, 6). */
public final class Cascade {
  private static final long IMPORTANT = 1L << 62;
  private static final long INLINE = 1L << 61;
  private static final Property[] ALL = Property.values();

  private final @Nullable Value[] values = new Value[ALL.length];
  private final long[] weights = new long[ALL.length];
  private boolean empty = true;

  /** Forgets all. */
  public void clear() {
    if (!empty) {
      Arrays.fill(values, null);
      Arrays.fill(weights, 0);
      empty = true;
    }
  }

  /** By attributes such as {@code bgcolor}: any style sheet wins. */
  public void hint(Property property, Value value) {
    set(property, value, 1);
  }

  void inline(List<Declaration> declarations) {
    apply(declarations, INLINE);
  }

  void rule(List<Declaration> declarations, int specificity, int order) {
    apply(declarations, ((long) specificity << 24) + order + 2);
  }

  private void apply(List<Declaration> declarations, long weight) {
    for (Declaration one : declarations) {
      set(one.property(), one.value(), one.important() ? weight | IMPORTANT : weight);
    }
  }

  private void set(Property property, Value value, long weight) {
    int at = property.ordinal();
    if (weight >= weights[at]) {
      values[at] = value;
      weights[at] = weight;
      empty = false;
    }
  }

  /** Whether nothing is declared. */
  public boolean isEmpty() {
    return empty;
  }

  /** Whether a property is set to a keyword. */
  public boolean is(Property property, String word) {
    return values[property.ordinal()] instanceof Value.Word(String text) && text.equals(word);
  }

  /** The keyword of a property, or empty. */
  public String word(Property property) {
    return values[property.ordinal()] instanceof Value.Word(String text) ? text : "";
  }

  /** The length of a property. */
  public Optional<Length> length(Property property) {
    return values[property.ordinal()] instanceof Length length
        ? Optional.of(length)
        : Optional.empty();
  }

  /** The colour of a property. */
  public Optional<Color> color(Property property) {
    return values[property.ordinal()] instanceof Value.Paint(Color color)
        ? Optional.of(color)
        : Optional.empty();
  }

  /** Whether a property is set at all. */
  public boolean has(Property property) {
    return values[property.ordinal()] != null;
  }
}
