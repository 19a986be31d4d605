package email.daimon.local.stack;

import email.daimon.local.stack.Role.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the role that a function names. */
final class RoleReader {
  private RoleReader() {}

  /** The role of a function; one that may do nothing where none is named. */
  static Role of(String functionId, Template template, Resolver resolver) {
    Map<String, Object> function = Template.map(template.resources().get(functionId), functionId);
    Map<String, Object> properties = Template.map(function.get("Properties"), functionId);
    if (!(properties.get("Role") instanceof Map<?, ?> role)
        || !(role.get("Fn::GetAtt") instanceof List<?> path)) {
      return new Role(functionId, List.of());
    }
    String id = String.valueOf(path.getFirst());
    Map<String, Object> resolved = resolver.resolveProperties(id);
    if (resolved.containsKey("ManagedPolicyArns")) {
      throw new StackException(id + " has policies that are not written here");
    }
    List<Statement> statements = new ArrayList<>();
    for (Object policy : list(resolved.get("Policies"))) {
      Map<String, Object> named = Template.map(policy, id);
      Map<String, Object> document = Template.map(named.get("PolicyDocument"), id);
      list(document.get("Statement")).forEach(one -> statements.add(statement(id, one)));
    }
    return new Role(id, statements);
  }

  private static Statement statement(String role, Object written) {
    Map<String, Object> statement = Template.map(written, role);
    Map<String, Map<String, List<String>>> conditions = new LinkedHashMap<>();
    if (statement.containsKey("Condition")) {
      Template.map(statement.get("Condition"), role)
          .forEach((operator, keys) -> {
            Map<String, List<String>> values = new LinkedHashMap<>();
            Template.map(keys, role).forEach((key, value) -> values.put(key, texts(value)));
            conditions.put(operator, values);
          });
    }
    return new Statement(
        String.valueOf(statement.get("Sid")),
        "Allow".equals(statement.get("Effect")),
        texts(statement.get("Action")),
        texts(statement.get("Resource")),
        conditions);
  }

  private static List<String> texts(@Nullable Object value) {
    return list(value).stream().map(String::valueOf).toList();
  }

  private static List<?> list(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case List<?> list -> list;
      default -> List.of(value);
    };
  }
}
