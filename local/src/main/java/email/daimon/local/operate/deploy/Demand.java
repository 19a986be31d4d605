package email.daimon.local.operate.deploy;

import email.daimon.local.stack.Template;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many executions of functions the stack may want at a time: the parameters of the template
 * that bound them, by name.
 */
record Demand(Map<String, Integer> parts) {
  Demand {
    parts = Map.copyOf(parts);
  }

  static Demand of(Template template, Map<String, String> given) {
    Map<String, Integer> parts = new TreeMap<>();
    template
        .parameters()
        .forEach((name, description) -> {
          boolean reserved = name.endsWith("ReservedConcurrency");
          if ((!reserved && name.endsWith("Concurrency")) || name.equals("HeldCalls")) {
            Object value =
                description instanceof Map<?, ?> map ? map.get("Default") : (Object) null;
            String text = given.getOrDefault(name, String.valueOf(value));
            if (text.matches("[0-9]{1,6}")) {
              parts.put(name, Integer.valueOf(text));
            }
          }
        });
    return new Demand(parts);
  }

  int sum() {
    return parts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
