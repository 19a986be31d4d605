package email.daimon.local.wiring;

import email.daimon.local.stack.Function;
import email.daimon.local.stack.Role.Call;
import email.daimon.local.stack.Role.Statement;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.StackException;
import email.daimon.local.stack.Table;
import email.daimon.local.stack.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The template held against what the functions were seen to read and to ask for. */
final class CallRules {
  /** What AWS asks for in the function's name. */
  private static final Set<String> OF_THE_PLATFORM =
      Set.of("Mapping", "Log", "Stream", "Failures", "FailuresBucket");

  private CallRules() {}

  /** What functions need and the template does not give them. */
  static List<String> missing(Template template, Records records) {
    List<String> missing = new ArrayList<>();
    List<Function> functions = functions(template, missing);
    for (Function function : functions) {
      String id = function.id();
      records.read().getOrDefault(id, Set.of()).stream()
          .filter(name -> !function.environment().containsKey(name))
          .forEach(name -> missing.add("%s reads %s, which it is not given".formatted(id, name)));
      records
          .calls()
          .getOrDefault(id, Map.of())
          .forEach((kind, call) -> {
            if (!function.role().allows(call)) {
              missing.add("%s may not %s".formatted(id, kind));
            }
          });
    }
    if (!functions.isEmpty()) {
      missing.addAll(indexes(template, records));
    }
    return missing;
  }

  private static List<String> indexes(Template template, Records records) {
    List<String> missing = new ArrayList<>();
    Set<String> there = new TreeSet<>();
    for (Table table : stack(template).tables()) {
      table
          .create()
          .globalSecondaryIndexes()
          .forEach(index -> there.add("table/" + table.name() + "/index/" + index.indexName()));
    }
    records
        .calls()
        .forEach((function, calls) ->
            calls.values().stream()
                .map(Call::resource)
                .filter(resource -> resource.contains("/index/"))
                .map(resource -> resource.substring(resource.indexOf("table/")))
                .filter(index -> !there.contains(index))
                .forEach(index ->
                    missing.add("%s asks %s, which is not there".formatted(function, index))));
    return missing;
  }

  /** What the template gives functions and none was seen to need. */
  static Set<String> unused(Template template, Records records) {
    Set<String> unused = new TreeSet<>();
    for (Function function : functions(template, new ArrayList<>())) {
      String id = function.id();
      Set<String> read = records.read().getOrDefault(id, Set.of());
      function
          .environment()
          .keySet()
          .forEach(name -> {
            if (!read.contains(name)) {
              unused.add(id + " is given " + name);
            }
          });
      Collection<Call> calls = records.calls().getOrDefault(id, Map.of()).values();
      for (Statement statement : function.role().statements()) {
        if (!OF_THE_PLATFORM.contains(statement.sid())) {
          unused.addAll(unused(id, statement, calls));
        }
      }
    }
    return unused;
  }

  private static List<String> unused(String function, Statement statement, Collection<Call> calls) {
    List<String> unused = new ArrayList<>();
    List<Call> covered = calls.stream().filter(statement::covers).toList();
    for (String action : statement.actions()) {
      for (String resource : statement.resources()) {
        Statement one =
            new Statement("one", true, List.of(action), List.of(resource), statement.conditions());
        if (covered.stream().noneMatch(one::covers)) {
          unused.add("%s may %s on %s".formatted(function, action, resource));
        }
      }
    }
    statement
        .conditions()
        .values()
        .forEach(keys ->
            keys.forEach((key, patterns) -> {
              for (String pattern : patterns) {
                Statement one =
                    new Statement(
                        "one",
                        true,
                        List.of("*"),
                        List.of("*"),
                        Map.of("StringLike", Map.of("value", List.of(pattern))));
                boolean met =
                    covered.stream()
                        .flatMap(call -> call.keys().getOrDefault(key, Set.of()).stream())
                        .anyMatch(
                            value -> one.covers(new Call("", "", Map.of("value", Set.of(value)))));
                if (!met) {
                  unused.add("%s.%s may touch %s".formatted(function, statement.sid(), pattern));
                }
              }
            }));
    return unused;
  }

  private static List<Function> functions(Template template, List<String> broken) {
    try {
      return stack(template).functions();
    } catch (StackException e) {
      broken.add("local mode cannot be made of it: " + e.getMessage());
      return List.of();
    }
  }

  private static Stack stack(Template template) {
    return Stack.of(template, Map.of(), StackRules.QUEUES);
  }
}
