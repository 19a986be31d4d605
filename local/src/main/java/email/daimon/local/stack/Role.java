package email.daimon.local.stack;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a function may do: the statements of the role that it runs with. */
public record Role(String id, List<Statement> statements) {
  public Role {
    Objects.requireNonNull(id);
    statements = List.copyOf(statements);
  }

  /** As IAM decides: nothing is allowed that no statement allows, nor what one denies. */
  public boolean allows(Call call) {
    return statements.stream().anyMatch(s -> s.allow() && s.covers(call))
        && statements.stream().noneMatch(s -> !s.allow() && s.covers(call));
  }

  /**
   * A call as IAM sees it.
   *
   * @param action {@code dynamodb:GetItem}
   * @param resource ARN
   * @param keys condition keys of the request; {@code dynamodb:LeadingKeys} has several values
   */
  public record Call(String action, String resource, Map<String, Set<String>> keys) {
    public Call {
      Objects.requireNonNull(action);
      Objects.requireNonNull(resource);
      keys = Map.copyOf(keys);
    }
  }

  /**
   * One statement of a policy.
   *
   * @param actions patterns with {@code *} and {@code ?}, like resources
   * @param conditions by operator, then by key: the values of which one must fit
   */
  public record Statement(
      String sid,
      boolean allow,
      List<String> actions,
      List<String> resources,
      Map<String, Map<String, List<String>>> conditions) {
    public Statement {
      Objects.requireNonNull(sid);
      actions = List.copyOf(actions);
      resources = List.copyOf(resources);
      conditions = Map.copyOf(conditions);
    }

    /** Whether it is about this call. */
    public boolean covers(Call call) {
      return actions.stream().anyMatch(action -> like(action, call.action()))
          && resources.stream().anyMatch(resource -> like(resource, call.resource()))
          && conditions.entrySet().stream()
              .allMatch(one -> holds(one.getKey(), one.getValue(), call));
    }

    // Of a key that a request does not have, ForAllValues holds and the plain operators do not.
    private static boolean holds(String operator, Map<String, List<String>> wanted, Call call) {
      boolean forAll = operator.startsWith("ForAllValues:");
      String plain = forAll ? operator.substring("ForAllValues:".length()) : operator;
      if (!Set.of("StringEquals", "StringLike").contains(plain)) {
        throw new StackException("no meaning here of the condition " + operator);
      }
      return wanted.entrySet().stream()
          .allMatch(key -> {
            Set<String> given = call.keys().getOrDefault(key.getKey(), Set.of());
            return (forAll || !given.isEmpty())
                && given.stream().allMatch(value -> fits(plain, key.getValue(), value));
          });
    }

    private static boolean fits(String operator, List<String> wanted, String value) {
      return wanted.stream()
          .anyMatch(one -> operator.equals("StringLike") ? like(one, value) : one.equals(value));
    }

    /** Whether a pattern of IAM fits the whole text: asked for each call, so without a regex. */
    static boolean like(String pattern, String text) {
      int p = 0;
      int t = 0;
      int star = -1;
      int resumed = 0;
      while (t < text.length()) {
        char wanted = p < pattern.length() ? pattern.charAt(p) : 0;
        if (wanted == '*') {
          star = p++;
          resumed = t;
        } else if (p < pattern.length() && (wanted == '?' || wanted == text.charAt(t))) {
          p++;
          t++;
        } else if (star >= 0) {
          p = star + 1;
          t = ++resumed;
        } else {
          return false;
        }
      }
      while (p < pattern.length() && pattern.charAt(p) == '*') {
        p++;
      }
      return p == pattern.length();
    }
  }
}
