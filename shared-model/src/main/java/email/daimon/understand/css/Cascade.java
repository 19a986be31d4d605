package email.daimon.understand.css;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What wins for one element among all that is declared for it (CSS Cascade 4, 6). */
public final class Cascade {
  private static final long IMPORTANT = 1L << 62;
  private static final long INLINE = 1L << 61;
  private final Map<Property, Won> won = new EnumMap<>(Property.class);

  private record Won(Value value, long weight) {}

  /** Forgets all. */
  public void clear() {
    won.clear();
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
    Won before = won.get(property);
    if (before == null || weight >= before.weight()) {
      won.put(property, new Won(value, weight));
    }
  }

  private @Nullable Value value(Property property) {
    Won winner = won.get(property);
    return winner == null ? null : winner.value();
  }

  /** Whether nothing is declared. */
  public boolean isEmpty() {
    return won.isEmpty();
  }

  /** Whether a property is set to a keyword. */
  public boolean is(Property property, String word) {
    return word(property).equals(word);
  }

  /** The keyword of a property, or empty. */
  public String word(Property property) {
    return value(property) instanceof Value.Word(String text) ? text : "";
  }

  /** The length of a property. */
  public Optional<Length> length(Property property) {
    return value(property) instanceof Length length ? Optional.of(length) : Optional.empty();
  }

  /** The colour of a property. */
  public Optional<Color> color(Property property) {
    return value(property) instanceof Value.Paint(Color color)
        ? Optional.of(color)
        : Optional.empty();
  }

  /** Whether a property is set at all. */
  public boolean has(Property property) {
    return won.containsKey(property);
  }
}
