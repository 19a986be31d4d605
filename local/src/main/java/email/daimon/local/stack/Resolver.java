package email.daimon.local.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts values where a template has Ref, Fn::GetAtt, Fn::Sub, Fn::Join, Fn::If and what conditions
 * are made of. Any other intrinsic, and any id that the template does not have, is an error.
 */
final class Resolver {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]+)}");

  /** A property that is as if it were not written. */
  private static final Object NO_VALUE = new Object();

  private final Template template;
  private final Map<String, String> parameters;
  private final LocalNames names;

  Resolver(Template template, Map<String, String> parameters, LocalNames names) {
    this.template = Objects.requireNonNull(template);
    this.parameters = values(template, parameters);
    this.names = Objects.requireNonNull(names);
  }

  /** The node with every intrinsic replaced by its value. */
  Object resolve(Object node) {
    return switch (node) {
      case Map<?, ?> map -> resolveMap(Template.map(map, "node"));
      case List<?> list -> list.stream().map(this::resolve).toList();
      default -> node;
    };
  }

  Map<String, Object> resolveProperties(String id) {
    Object properties = resource(id).getOrDefault("Properties", Map.of());
    return Template.map(resolve(properties), id + ".Properties");
  }

  /** Whether a resource is made: it has no condition, or one that holds. */
  boolean made(String id) {
    Object condition = resource(id).get("Condition");
    return condition == null || holds(String.valueOf(condition));
  }

  private boolean holds(String condition) {
    Object written = template.conditions().get(condition);
    if (written == null) {
      throw new StackException("no condition " + condition);
    }
    return (Boolean) resolve(written);
  }

  private Object resolveMap(Map<String, Object> map) {
    if (map.size() == 1) {
      Map.Entry<String, Object> only = map.entrySet().iterator().next();
      switch (only.getKey()) {
        case "Ref" -> {
          String id = String.valueOf(only.getValue());
          return id.equals("AWS::NoValue") ? NO_VALUE : ref(id);
        }
        case "Fn::GetAtt" -> {
          List<?> path = list(only.getValue(), "Fn::GetAtt");
          return attribute(String.valueOf(path.get(0)), String.valueOf(path.get(1)));
        }
        case "Fn::Sub" -> {
          return substitute(only.getValue());
        }
        case "Fn::Join" -> {
          List<?> arguments = list(only.getValue(), "Fn::Join");
          return list(resolve(arguments.get(1)), "Fn::Join").stream()
              .map(String::valueOf)
              .collect(Collectors.joining(String.valueOf(arguments.get(0))));
        }
        case "Fn::If" -> {
          List<?> arguments = list(only.getValue(), "Fn::If");
          return resolve(arguments.get(holds(String.valueOf(arguments.get(0))) ? 1 : 2));
        }
        case "Condition" -> {
          return holds(String.valueOf(only.getValue()));
        }
        case "Fn::Not" -> {
          return !(Boolean) resolve(((List<?>) only.getValue()).getFirst());
        }
        case "Fn::Equals" -> {
          List<?> sides = list(resolve(only.getValue()), "Fn::Equals");
          return String.valueOf(sides.get(0)).equals(String.valueOf(sides.get(1)));
        }
        default -> {
          if (only.getKey().startsWith("Fn::")) {
            throw new StackException("unknown intrinsic " + only.getKey());
          }
        }
      }
    }
    Map<String, Object> result = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      Object resolved = resolve(value);
      if (resolved != NO_VALUE) {
        result.put(key, resolved);
      }
    });
    return result;
  }

  private String ref(String id) {
    String parameter = parameters.get(id);
    if (parameter != null) {
      return parameter;
    }
    return id.startsWith("AWS::") ? LocalNames.pseudoParameter(id) : names.ref(id, type(id));
  }

  private String attribute(String id, String attribute) {
    return names.attribute(id, type(id), attribute);
  }

  private String substitute(Object argument) {
    boolean withVariables = argument instanceof List<?>;
    String text = String.valueOf(withVariables ? list(argument, "Fn::Sub").get(0) : argument);
    Map<String, Object> own =
        withVariables
            ? Template.map(resolve(list(argument, "Fn::Sub").get(1)), "Fn::Sub")
            : Map.of();
    return VARIABLE
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(variable(found.group(1), found.group(2), own)));
  }

  private String variable(String literal, String name, Map<String, Object> own) {
    if (!literal.isEmpty()) {
      return "${" + name + "}";
    }
    Object value = own.get(name);
    if (value != null) {
      return String.valueOf(value);
    }
    int dot = name.indexOf('.');
    return dot < 0 ? ref(name) : attribute(name.substring(0, dot), name.substring(dot + 1));
  }

  private Map<String, Object> resource(String id) {
    Object resource = template.resources().get(id);
    if (resource == null) {
      throw new StackException("no parameter or resource " + id);
    }
    return Template.map(resource, id);
  }

  private String type(String id) {
    return String.valueOf(resource(id).get("Type"));
  }

  private static List<?> list(Object value, String where) {
    if (value instanceof List<?> list && list.size() >= 2) {
      return list;
    }
    throw new StackException(where + " needs a list of two");
  }

  private static Map<String, String> values(Template template, Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    template
        .parameters()
        .forEach((name, declared) -> {
          @Nullable Object value = given.get(name);
          if (value == null) {
            value = Template.map(declared, name).get("Default");
          }
          if (value == null) {
            throw new StackException("parameter " + name + " has no value");
          }
          values.put(name, String.valueOf(value));
        });
    for (String name : given.keySet()) {
      if (!values.containsKey(name)) {
        throw new StackException("the template has no parameter " + name);
      }
    }
    return values;
  }
}
