package email.daimon.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class OpenApiTest {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
  private static final Pattern UNDERSCORE = Pattern.compile("_(\\w)");
  private final Contract contract = Contract.load();

  @Test
  void everyRouteIsInTheContractAndTheOtherWayRound() {
    List<String> routes =
        new TestApi().pipeline.router().routes().stream().map(Route::name).toList();
    assertThat(contract.operations()).containsExactlyInAnyOrderElementsOf(routes);
  }

  @Test
  void everyPathParameterIsDeclared() {
    contract
        .document()
        .path("paths")
        .propertyStream()
        .forEach(path -> {
          String declared = path.getValue().findValues("parameters").toString();
          assertThat(PARAMETER.matcher(path.getKey()).results())
              .extracting(MatchResult::group)
              .map(name -> name.substring(1, name.length() - 1))
              .as(path.getKey() + " declares " + declared)
              .allMatch(name ->
                  declared.contains("\"name\":\"" + name + "\"")
                      || declared.contains("/parameters/" + camelCase(name) + "\""));
        });
  }

  private static String camelCase(String name) {
    return UNDERSCORE.matcher(name).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
  }
}
