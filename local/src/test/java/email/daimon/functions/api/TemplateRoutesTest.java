package email.daimon.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.wait.WaitApiHandler;
import email.daimon.local.stack.Function;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.Template;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The routes of {@code template.yaml} are those of the router, each with a function behind it. */
final class TemplateRoutesTest {
  private static final String MAIL = MailApiHandler.class.getName();
  private static final String ADMIN = AdminApiHandler.class.getName();
  private final List<Function> functions =
      Stack.of(Template.load(), Map.of(), URI.create("http://localhost:9324")).functions();
  private final List<Route> routes = new TestApi().pipeline.router().routes();

  @Test
  void everyRouteIsInTheTemplate() {
    assertThat(keys(_ -> true))
        .as("routes of this house; those that are not built yet fall to $default")
        .containsAll(routes.stream().filter(route -> !route.later()).map(Route::name).toList());
  }

  @Test
  void everyRouteOfTheTemplateIsInTheRouterAndOfOneFunction() {
    assertThat(routes.stream().map(Route::name).toList())
        .containsAll(keys(_ -> true).stream().filter(key -> !key.equals("$default")).toList());
    assertThat(keys(_ -> true)).doesNotHaveDuplicates();
  }

  @Test
  void mailIsReadByTheFunctionThatMayNotMakeKeysOrInboxes() {
    List<String> ofMail = keys(function -> function.handler().equals(MAIL));
    List<String> ofAdmin = keys(function -> function.handler().equals(ADMIN));

    assertThat(ofMail).contains("$default");
    assertThat(ofMail.stream().filter(key -> !key.equals("$default")))
        .isNotEmpty()
        .allMatch(key -> key.matches("\\S+ (/v1/.*(messages|threads).*|/(?!v1/).*)"));
    assertThat(ofAdmin)
        .isNotEmpty()
        .allMatch(key ->
            key.matches(
                "\\S+ /(v1/(inboxes(/\\{id})?|account(/upgrade)?|upgrade-link|capabilities|keys.*|webhooks.*)|upgrade)"));
  }

  @Test
  void whatWaitsIsHeldByAFunctionOfItsOwnThatReadsMailAndTakesCodes() {
    assertThat(keys(function -> function.handler().equals(WaitApiHandler.class.getName())))
        .containsExactlyInAnyOrder(
            "GET /v1/events",
            "GET /v1/inboxes/{id}/messages/wait",
            "GET /v1/inboxes/{id}/codes",
            "GET /v1/inboxes/{id}/codes/wait",
            "POST /v1/inboxes/{id}/codes/wait",
            "POST /v1/inboxes/{id}/codes/{code_id}/consume");
  }

  private List<String> keys(Predicate<Function> wanted) {
    return functions.stream()
        .filter(wanted)
        .flatMap(function -> function.routes().stream())
        .map(Function.Route::key)
        .toList();
  }
}
