package email.daimon.local.operate.deploy;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the operator asks for.
 *
 * @param home the checkout, with template.yaml and the built functions
 * @param parameters of the template, as given; they win over what is proposed
 */
public record Wish(
    Path home, String stack, String domain, boolean cdk, Map<String, String> parameters) {
  public Wish {
    requireNonNull(home, "home is null");
    requireNonNull(stack, "stack is null");
    requireNonNull(domain, "domain is null");
    parameters = Map.copyOf(parameters);
  }

  Wish withDomain(String other) {
    return new Wish(home, stack, other, cdk, parameters);
  }

  Path zip() {
    return home.resolve("functions/target/functions.zip");
  }
}
