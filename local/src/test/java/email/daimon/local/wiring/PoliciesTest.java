package email.daimon.local.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.local.stack.Function;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.Template;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each function may do what it does. */
class PoliciesTest {
  @Test
  void everyCallOfTheStoryIsAllowedByItsFunctionsRole() {
    Records records = Story.told();

    assertThat(records.refused()).isEmpty();
    Stack stack = Stack.of(Template.load(), Map.of(), URI.create("http://localhost"));
    assertThat(records.calls().keySet())
        .containsExactlyElementsOf(stack.functions().stream().map(Function::id).sorted().toList());
  }
}
