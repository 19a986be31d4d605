package email.daimon.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A CloudFormation template as written: short intrinsics in their long form, nothing resolved. */
public record Template(Map<String, Object> root) {
  public Template {
    Objects.requireNonNull(root);
  }

  /** The stack of this project, as packed beside the classes. */
  public static Template load() {
    try (InputStream in = Template.class.getResourceAsStream("/template.yaml")) {
      if (in == null) {
        throw new StackException("template.yaml is not on the class path");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Template parse(String yaml) {
    return new Template(map(new Yaml(new Intrinsics()).load(yaml), "template"));
  }

  public Map<String, Object> resources() {
    return map(root.get("Resources"), "Resources");
  }

  public Map<String, Object> parameters() {
    return root.containsKey("Parameters") ? map(root.get("Parameters"), "Parameters") : Map.of();
  }

  public Map<String, Object> conditions() {
    return root.containsKey("Conditions") ? map(root.get("Conditions"), "Conditions") : Map.of();
  }

  /** What Globals gives to every function, or nothing. */
  public Map<String, Object> functionGlobals() {
    Object globals = root.get("Globals");
    Object function = globals == null ? null : map(globals, "Globals").get("Function");
    return function == null ? Map.of() : map(function, "Globals.Function");
  }

  /** The value as a map with string keys; {@code where} names it when it is something else. */
  static Map<String, Object> map(@org.jspecify.annotations.Nullable Object value, String where) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new StackException(where + " must be a map");
    }
    Map<String, Object> result = new LinkedHashMap<>();
    map.forEach((key, item) -> result.put(String.valueOf(key), item));
    return result;
  }

  /**
   * Turns {@code !X v} into {@code {"Fn::X": v}}, and !Ref and !Condition into their bare names.
   */
  private static final class Intrinsics extends SafeConstructor {
    Intrinsics() {
      super(strict());
      yamlMultiConstructors.put(
          "!",
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              String name = node.getTag().getValue().substring(1);
              Object value = value(node);
              return switch (name) {
                case "Ref", "Condition" -> Map.of(name, value);
                case "GetAtt" -> Map.of("Fn::GetAtt", attribute(value));
                default -> Map.of("Fn::" + name, value);
              };
            }
          });
    }

    // CloudFormation refuses a name that stands twice; SnakeYAML would take the last.
    private static LoaderOptions strict() {
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      return options;
    }

    private Object value(Node node) {
      return switch (node) {
        case ScalarNode scalar -> constructScalar(scalar);
        case SequenceNode sequence -> constructSequence(sequence);
        case MappingNode mapping -> constructMapping(mapping);
        default -> throw new StackException("unexpected node " + node.getNodeId());
      };
    }

    private static Object attribute(Object value) {
      if (!(value instanceof String text)) {
        return value;
      }
      int dot = text.indexOf('.');
      if (dot < 0) {
        throw new StackException("GetAtt without an attribute: " + text);
      }
      return List.of(text.substring(0, dot), text.substring(dot + 1));
    }
  }
}
