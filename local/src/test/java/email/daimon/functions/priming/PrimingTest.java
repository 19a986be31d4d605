package email.daimon.functions.priming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import email.daimon.functions.Wiring;
import email.daimon.local.stack.Function;
import email.daimon.local.stack.LocalNames;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.Template;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PrimingTest {
  private static final List<Function> FUNCTIONS =
      Stack.of(Template.load(), Map.of(), URI.create("http://localhost")).functions();

  @TestFactory
  List<DynamicTest> everyFunctionRehearsesWithItsOwnEnvironment() {
    assertThat(FUNCTIONS).hasSize(11);
    return FUNCTIONS.stream()
        .map(function ->
            DynamicTest.dynamicTest(
                function.id(),
                () -> {
                  Method rehearse =
                      Class.forName(function.handler()).getMethod("rehearse", Wiring.class);
                  assertThatCode(() ->
                          Priming.rehearse(environment(function), wiring -> call(rehearse, wiring)))
                      .doesNotThrowAnyException();
                }))
        .toList();
  }

  static Map<String, String> environment(Function function) {
    Map<String, String> environment = new HashMap<>(function.environment());
    environment.put("AWS_REGION", LocalNames.REGION);
    return environment;
  }

  private static void call(Method rehearse, Wiring wiring) {
    try {
      var _ = rehearse.invoke(null, wiring);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
    }
  }
}
