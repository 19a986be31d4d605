package email.daimon.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** template.yaml as data: nothing of it is resolved but the parameters that the settings decide. */
record Template(Map<String, Object> root) {
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^!][^}]*)}");

  Template {
    Objects.requireNonNull(root);
  }

  static Template read(Path file) {
    try {
      return new Template(map(Yaml.read(Files.readString(file))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, Object> resource(String id) {
    return map(section("Resources").get(id));
  }

  Map<String, Object> properties(String id) {
    return map(resource(id).getOrDefault("Properties", Map.of()));
  }

  /** The logical ids of a type, in the template's order. */
  List<String> ids(String type) {
    return section("Resources").keySet().stream()
        .filter(id -> type.equals(resource(id).get("Type")))
        .toList();
  }

  Map<String, Object> parameters() {
    return section("Parameters");
  }

  Map<String, Object> section(String name) {
    return map(root.getOrDefault(name, Map.of()));
  }

  /** The same with these parameters replaced by their values, checked as CloudFormation would. */
  Template withParameters(Map<String, String> values) {
    new TreeMap<>(values).forEach(this::check);
    return without(values.keySet(), map(replaced(root, values)));
  }

  /** The same with a parameter replaced by a reference to a resource. */
  Template withReference(String parameter, Map<String, Object> reference) {
    Map<String, Object> copy = map(replaced(root, Map.of(parameter, reference)));
    // A condition may not name a resource; that there is one is all that it asks.
    copy.put("Conditions", replaced(section("Conditions"), Map.of(parameter, "made by the stack")));
    return without(Set.of(parameter), copy);
  }

  private Template without(Set<String> names, Map<String, Object> copy) {
    Map<String, Object> left = parameters();
    left.keySet().removeAll(names);
    copy.put("Parameters", left);
    return new Template(Conditions.settle(copy));
  }

  /** The same with a property set in every function, below what Globals and the function say. */
  Template withFunctions(UnaryOperator<Map<String, Object>> change) {
    Map<String, Object> globals = new LinkedHashMap<>(section("Globals"));
    globals.put("Function", change.apply(map(globals.getOrDefault("Function", Map.of()))));
    return with("Globals", globals);
  }

  private Template with(String section, Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(root);
    copy.put(section, value);
    return new Template(copy);
  }

  /**
   * The resources that the CDK must take as they are: those of SAM, of which its classes know less
   * than the transform, and those that name what only the transform makes.
   */
  Set<String> untyped() {
    Set<String> known = new LinkedHashSet<>(section("Resources").keySet());
    known.addAll(parameters().keySet());
    Set<String> untyped = new LinkedHashSet<>();
    for (String id : section("Resources").keySet()) {
      Set<String> names = new LinkedHashSet<>();
      references(resource(id), names);
      names.removeAll(known);
      names.removeIf(name -> name.startsWith("AWS::"));
      if (String.valueOf(resource(id).get("Type")).startsWith("AWS::Serverless::")
          || !names.isEmpty()) {
        untyped.add(id);
      }
    }
    return untyped;
  }

  Path write(Path file) {
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      return Files.writeString(file, new ObjectMapper().writeValueAsString(root));
    } catch (JsonProcessingException e) {
      throw new InfraException("template.yaml holds what JSON cannot: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void check(String name, String value) {
    if (!parameters().containsKey(name)) {
      throw new InfraException(
          "parameters."
              + name
              + ": template.yaml has no such parameter, only "
              + parameters().keySet());
    }
    Map<String, Object> declared = map(parameters().get(name));
    if (Boolean.TRUE.equals(declared.get("NoEcho"))) {
      throw new InfraException(
          "parameters."
              + name
              + " is a secret: give it with cdk deploy --parameters "
              + name
              + "=…");
    }
    if (declared.get("AllowedValues") instanceof List<?> allowed
        && allowed.stream().map(String::valueOf).noneMatch(value::equals)) {
      throw new InfraException("parameters." + name + " must be one of " + allowed);
    }
    if (declared.get("AllowedPattern") instanceof String pattern && !value.matches(pattern)) {
      throw new InfraException("parameters." + name + " must match " + pattern);
    }
    if (declared.get("MinValue") instanceof Number least
        && Double.parseDouble(value) < least.doubleValue()) {
      throw new InfraException("parameters." + name + " must be at least " + least);
    }
    if (declared.get("MaxValue") instanceof Number most
        && Double.parseDouble(value) > most.doubleValue()) {
      throw new InfraException("parameters." + name + " must be at most " + most);
    }
  }

  private static Object replaced(Object node, Map<String, ?> values) {
    if (node instanceof List<?> list) {
      return new ArrayList<>(list.stream().map(item -> replaced(item, values)).toList());
    }
    if (!(node instanceof Map<?, ?> map)) {
      return node;
    }
    if (map.size() == 1 && map.get("Ref") instanceof String name && values.containsKey(name)) {
      return Objects.requireNonNull(values.get(name));
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), replaced(value, values)));
    copy.computeIfPresent("Fn::Sub", (key, value) -> substituted(value, values));
    return copy;
  }

  private static Object substituted(Object sub, Map<String, ?> values) {
    if (sub instanceof String text) {
      return SUBSTITUTION
          .matcher(text)
          .replaceAll(match ->
              Matcher.quoteReplacement(
                  values.get(match.group(1)) instanceof String value ? value : match.group()));
    }
    if (sub instanceof List<?> list && list.size() == 2 && list.get(1) instanceof Map<?, ?> own) {
      Map<String, Object> others = new TreeMap<>(values);
      others.keySet().removeAll(own.keySet());
      return List.of(substituted(Objects.requireNonNull(list.get(0)), others), own);
    }
    return sub;
  }

  /** Every logical id that Ref, GetAtt, Sub or DependsOn name below a node. */
  private static void references(Object node, Set<String> names) {
    if (node instanceof List<?> list) {
      list.forEach(item -> references(item, names));
    } else if (node instanceof Map<?, ?> map) {
      map.forEach((key, value) -> {
        switch (String.valueOf(key)) {
          case "Ref" -> names.add(String.valueOf(value));
          case "Fn::GetAtt" ->
              names.add(String.valueOf(value instanceof List<?> l ? l.get(0) : value));
          case "Fn::Sub" -> {
            Object text = value instanceof List<?> l ? l.get(0) : value;
            SUBSTITUTION
                .matcher(String.valueOf(text))
                .results()
                .map(match -> match.group(1).replaceAll("\\..*", ""))
                .filter(name -> !(value instanceof List<?> l && map(l.get(1)).containsKey(name)))
                .forEach(names::add);
            references(value, names);
          }
          case "DependsOn" -> {
            if (value instanceof List<?> list) {
              list.forEach(name -> names.add(String.valueOf(name)));
            } else {
              names.add(String.valueOf(value));
            }
          }
          default -> references(value, names);
        }
      });
    }
  }

  static Map<String, Object> map(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new InfraException("not a map in template.yaml: " + value);
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, item) -> copy.put(String.valueOf(key), item));
    return copy;
  }
}
