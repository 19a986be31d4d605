package email.daimon.local.operate.deploy;

import static java.util.Objects.requireNonNull;

import email.daimon.local.stack.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a deployment will do: the parameters it passes, and what the stack is made of.
 *
 * @param parameters those that are passed; a stack that is there keeps the others
 * @param secrets names of parameters whose values are not shown
 * @param resources how many of each type
 */
public record Plan(
    Wish wish, Map<String, String> parameters, List<String> secrets, Map<String, Long> resources) {
  private static final String PUBLIC_URL = "PublicUrl";
  private static final String CERTIFICATE = "CertificateArn";
  private static final List<String> KINDS =
      List.of(
          "AWS::Serverless::Function",
          "AWS::DynamoDB::Table",
          "AWS::S3::Bucket",
          "AWS::SQS::Queue",
          "AWS::SNS::Topic",
          "AWS::KMS::Key",
          "AWS::Serverless::HttpApi",
          "AWS::SES::ReceiptRuleSet",
          "AWS::SES::ConfigurationSet",
          "AWS::CloudWatch::Alarm");

  public Plan {
    requireNonNull(wish, "wish is null");
    parameters = Map.copyOf(parameters);
    secrets = List.copyOf(secrets);
    resources = Map.copyOf(resources);
  }

  /**
   * @param newToken the token for signing up, where the stack gets its first
   */
  static Plan of(Wish wish, Checked checked, Template template, Optional<String> newToken) {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("Domain", wish.domain());
    boolean hosts = !checked.proposed().getOrDefault(CERTIFICATE, "").isEmpty();
    if (hosts || checked.deployed().isEmpty()) {
      parameters.put(PUBLIC_URL, "https://api." + wish.domain());
    }
    newToken.ifPresent(token -> parameters.put("SignupToken", token));
    checked
        .proposed()
        .forEach((name, value) -> {
          if (template.parameters().containsKey(name)) {
            parameters.put(name, value);
          }
        });
    Map<String, String> all = new HashMap<>(checked.deployed().orElse(Map.of()));
    all.putAll(parameters);
    stamp(template, wish, parameters, all);
    List<String> secrets =
        template.parameters().entrySet().stream()
            .filter(parameter ->
                parameter.getValue() instanceof Map<?, ?> map
                    && Boolean.TRUE.equals(map.get("NoEcho")))
            .map(Map.Entry::getKey)
            .toList();
    return new Plan(wish, parameters, secrets, counts(template));
  }

  private static void stamp(
      Template template, Wish wish, Map<String, String> parameters, Map<String, String> all) {
    // Without itself, or it would never be the same.
    digestParameter(template)
        .ifPresent(name -> {
          all.remove(name);
          parameters.put(name, CodeDigest.of(wish.zip(), all));
        });
  }

  /**
   * Whether the API's own address is where links have to lead: there is no certificate for a host
   * of the domain, and nobody has said where else. It is known once the stack is there.
   */
  boolean linksToAddressOfApi() {
    return !wish.cdk()
        && parameters.containsKey(PUBLIC_URL)
        && !wish.parameters().containsKey(PUBLIC_URL)
        && parameters.getOrDefault(CERTIFICATE, "").isEmpty();
  }

  Plan withPublicUrl(String url, Template template) {
    Map<String, String> changed = new HashMap<>(parameters);
    changed.put(PUBLIC_URL, url);
    stamp(template, wish, changed, new HashMap<>(changed));
    return new Plan(wish, changed, secrets, resources);
  }

  // The parameter that the functions' AutoPublishCodeSha256 refers to.
  private static Optional<String> digestParameter(Template template) {
    return template.resources().values().stream()
        .map(resource -> properties(resource).get("AutoPublishCodeSha256"))
        .filter(Map.class::isInstance)
        .map(reference -> String.valueOf(((Map<?, ?>) reference).get("Ref")))
        .findFirst();
  }

  private static Map<?, ?> properties(Object resource) {
    return resource instanceof Map<?, ?> map && map.get("Properties") instanceof Map<?, ?> inner
        ? inner
        : Map.of();
  }

  private static Map<String, Long> counts(Template template) {
    Map<String, Long> counts = new TreeMap<>();
    template
        .resources()
        .values()
        .forEach(resource -> {
          if (resource instanceof Map<?, ?> map) {
            counts.merge(String.valueOf(map.get("Type")), 1L, Long::sum);
          }
        });
    return counts;
  }

  /** The sentences that the operator agrees to. */
  String text(String region, boolean there) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s stack %s in %s for %s:%n"
            .formatted(there ? "Updates" : "Makes", wish.stack(), region, wish.domain()));
    for (String kind : KINDS) {
      if (resources.containsKey(kind)) {
        text.append("  %3d %s%n".formatted(resources.get(kind), kind.replaceAll(".*::", "")));
      }
    }
    text.append("with parameters:\n");
    new TreeMap<>(parameters)
        .forEach((name, value) ->
            text.append(
                "  %s = %s%n".formatted(name, secrets.contains(name) ? "(not shown)" : value)));
    if (linksToAddressOfApi()) {
      text.append(
          "There is no CertificateArn for api.%s: a second run makes links lead to the address that AWS gives the API.%n"
              .formatted(wish.domain()));
    }
    return text.toString();
  }
}
