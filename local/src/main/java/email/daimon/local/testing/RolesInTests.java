package email.daimon.local.testing;

import email.daimon.functions.aws.AwsClients;
import email.daimon.local.roles.GuardedClients;
import email.daimon.local.services.IndexLag;
import email.daimon.local.stack.Function;
import email.daimon.local.stack.Function.Route;
import email.daimon.local.stack.Role.Call;
import email.daimon.local.stack.Stack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Lets the handlers that tests call do what their functions' roles allow, and nothing else; what
 * tests do themselves is free. Whose call it is tells the handler on the stack, or who called for a
 * function: all routes are in one handler.
 */
public final class RolesInTests {
  private static final ThreadLocal<Optional<Function>> CALLER =
      new InheritableThreadLocal<>() {
        @Override
        protected Optional<Function> initialValue() {
          return Optional.empty();
        }
      };
  private final Map<String, Function> byHandler;
  private final List<Function> functions;

  RolesInTests(Stack stack) {
    functions = stack.functions();
    byHandler =
        functions.stream().collect(Collectors.toMap(Function::handler, function -> function));
  }

  AwsClients guarded(AwsClients clients) {
    return GuardedClients.of(clients, this::lets);
  }

  /** Does something as the function that has this route. */
  public <T> T asTheFunctionOf(String method, String path, Supplier<T> work) {
    Optional<Function> before = CALLER.get();
    CALLER.set(functionOf(method, path));
    try {
      return work.get();
    } finally {
      CALLER.set(before);
    }
  }

  // As the API chooses: of the routes that fit, that with the fewest variables.
  private Optional<Function> functionOf(String method, String path) {
    Optional<Function> chosen = Optional.empty();
    long fewest = Long.MAX_VALUE;
    for (Function function : functions) {
      for (Route route : function.routes()) {
        String pattern = route.path().orElse("");
        long variables = pattern.chars().filter(c -> c == '{').count();
        if (route.method().equals(method)
            && variables < fewest
            && path.matches(pattern.replaceAll("\\{[^}]+}", "[^/]+"))) {
          chosen = Optional.of(function);
          fewest = variables;
        }
      }
    }
    return chosen;
  }

  private boolean lets(Call call) {
    if (isOfEmulation()) {
      return true;
    }
    Optional<Function> function = CALLER.get().or(this::handlerOnTheStack);
    Call named = ofTheStack(call);
    boolean allowed = function.isEmpty() || function.get().role().allows(named);
    if (named.action().equals("s3:ListBucket") && named.keys().isEmpty()) {
      // An object is missing: who may not list is told 403, and may be content with that.
      return allowed;
    }
    function
        .filter(_ -> !allowed)
        .ifPresent(one -> {
          throw new AssertionError(
              "%s may not %s on %s %s, and does"
                  .formatted(one.id(), named.action(), named.resource(), named.keys()));
        });
    return true;
  }

  // Indexes that lag look up what was there before, and what their keys are.
  private static boolean isOfEmulation() {
    return StackWalker.getInstance()
        .walk(frames ->
            frames.anyMatch(frame ->
                frame.getClassName().equals(IndexLag.class.getName())
                    && Set.of("keys", "remember").contains(frame.getMethodName())));
  }

  private Optional<Function> handlerOnTheStack() {
    return StackWalker.getInstance()
        .walk(frames ->
            frames
                .map(frame -> Optional.ofNullable(byHandler.get(frame.getClassName())))
                .flatMap(Optional::stream)
                .filter(function -> function.routes().isEmpty())
                .findFirst());
  }

  // Tests have tables of their own.
  private static Call ofTheStack(Call call) {
    String resource =
        call.resource().replaceFirst("table/(mail|work)-table-[^/]+", "table/$1-table");
    return new Call(call.action(), resource, call.keys());
  }
}
