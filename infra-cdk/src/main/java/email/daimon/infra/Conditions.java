package email.daimon.infra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Conditions of a template that its values have settled: they go, and with them what they exclude.
 * Else a reader of the result, and cfn-lint, would meet questions with one answer.
 */
final class Conditions {
  private final Map<String, Object> written;
  private final Map<String, Boolean> settled = new LinkedHashMap<>();

  private Conditions(Map<String, Object> written) {
    this.written = written;
    written.forEach((name, condition) -> answer(condition).ifPresent(is -> settled.put(name, is)));
  }

  static Map<String, Object> settle(Map<String, Object> root) {
    if (!root.containsKey("Conditions")) {
      return root;
    }
    Conditions conditions = new Conditions(Template.map(root.get("Conditions")));
    Map<String, Object> left = new LinkedHashMap<>(conditions.written);
    left.keySet().removeAll(conditions.settled.keySet());
    Map<String, Object> result = new LinkedHashMap<>();
    root.forEach((section, value) ->
        result.put(
            section,
            switch (section) {
              case "Conditions" -> left;
              case "Resources", "Outputs" -> conditions.included(Template.map(value));
              default -> conditions.chosen(value);
            }));
    return result;
  }

  /** True or false where no parameter is left in a condition. */
  private Optional<Boolean> answer(Object condition) {
    if (!(condition instanceof Map<?, ?> map) || map.size() != 1) {
      return Optional.empty();
    }
    Object operator = map.keySet().iterator().next();
    Object operand = map.values().iterator().next();
    return switch (String.valueOf(operator)) {
      case "Fn::Equals" ->
          operand instanceof List<?> sides
                  && sides.stream().allMatch(side -> side instanceof String)
              ? Optional.of(Objects.equals(sides.get(0), sides.get(1)))
              : Optional.empty();
      case "Fn::Not" ->
          operand instanceof List<?> list
              ? answer(Objects.requireNonNull(list.get(0))).map(is -> !is)
              : Optional.empty();
      case "Condition" ->
          written.containsKey(String.valueOf(operand))
              ? answer(Objects.requireNonNull(written.get(String.valueOf(operand))))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Map<String, Object> included(Map<String, Object> parts) {
    Map<String, Object> included = new LinkedHashMap<>();
    parts.forEach((id, part) -> {
      Map<String, Object> copy = Template.map(part);
      Boolean is = settled.get(String.valueOf(copy.get("Condition")));
      if (is != null) {
        copy.remove("Condition");
      }
      if (is == null || is) {
        included.put(id, chosen(copy));
      }
    });
    return included;
  }

  private Object chosen(Object node) {
    if (node instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(chosen(item)));
      return copy;
    }
    if (!(node instanceof Map<?, ?> map)) {
      return node;
    }
    if (map.get("Fn::If") instanceof List<?> choice) {
      Boolean is = settled.get(String.valueOf(choice.get(0)));
      if (is != null) {
        return chosen(Objects.requireNonNull(choice.get(is ? 1 : 2)));
      }
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), chosen(value)));
    return copy;
  }
}
