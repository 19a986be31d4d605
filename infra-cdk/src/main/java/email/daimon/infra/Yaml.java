package email.daimon.infra;

import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads CloudFormation's YAML; {@code !X v} becomes {@code {"Fn::X": v}}. */
final class Yaml {
  private Yaml() {}

  static Object read(String text) {
    return new org.yaml.snakeyaml.Yaml(new Intrinsics()).load(text);
  }

  private static final class Intrinsics extends SafeConstructor {
    Intrinsics() {
      super(options());
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

    private static LoaderOptions options() {
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      return options;
    }

    private Object value(Node node) {
      return switch (node) {
        case ScalarNode scalar -> constructScalar(scalar);
        case SequenceNode sequence -> constructSequence(sequence);
        case MappingNode mapping -> constructMapping(mapping);
        default -> throw new InfraException("unexpected node " + node.getNodeId());
      };
    }

    private static Object attribute(Object value) {
      return value instanceof String text && text.indexOf('.') > 0
          ? List.of(text.substring(0, text.indexOf('.')), text.substring(text.indexOf('.') + 1))
          : value;
    }
  }
}
