package email.daimon.local.operate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A domain as SES knows it.
 *
 * @param tokens of Easy DKIM; none where the domain has keys of its own
 * @param mailFrom the domain of the envelope senders, where one is set
 */
public record Identity(
    String domain, boolean verified, List<String> tokens, Optional<String> mailFrom) {
  private static final String PATH = "/v2/email/identities";

  public Identity {
    tokens = List.copyOf(tokens);
  }

  /** Empty where SES does not know the domain. */
  public static Optional<Identity> find(AwsCalls aws, String domain) {
    try {
      JsonNode found = aws.get(AwsApi.SESV2, PATH + "/" + domain);
      List<String> tokens = new ArrayList<>();
      if (found.at("/DkimAttributes/SigningAttributesOrigin").asText("AWS_SES").equals("AWS_SES")) {
        found.at("/DkimAttributes/Tokens").forEach(token -> tokens.add(token.asText()));
      }
      return Optional.of(
          new Identity(
              domain,
              found.path("VerifiedForSendingStatus").asBoolean(),
              tokens,
              Optional.of(found.at("/MailFromAttributes/MailFromDomain").asText())
                  .filter(name -> !name.isEmpty())));
    } catch (AwsRefusal e) {
      if (e.code().startsWith("NotFound")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Tells SES of the domain: Easy DKIM with 2048 bits, and a domain for envelope senders. */
  public static Identity create(AwsCalls aws, String domain) {
    ObjectNode wish = JsonNodeFactory.instance.objectNode().put("EmailIdentity", domain);
    wish.putObject("DkimSigningAttributes").put("NextSigningKeyLength", "RSA_2048_BIT");
    aws.post(AwsApi.SESV2, PATH, wish);
    aws.put(
        AwsApi.SESV2,
        PATH + "/" + domain + "/mail-from",
        JsonNodeFactory.instance
            .objectNode()
            .put("MailFromDomain", DomainRecords.MAIL_FROM_LABEL + domain)
            .put("BehaviorOnMxFailure", "USE_DEFAULT_VALUE"));
    return find(aws, domain)
        .orElseThrow(() -> new OperatorException("SES does not show the identity it made"));
  }

  /** What the zone should have for what SES sends. */
  public List<ExpectedRecord> records(String region) {
    List<ExpectedRecord> records = new ArrayList<>(DomainRecords.dkim(domain, tokens));
    mailFrom.ifPresent(name -> records.addAll(DomainRecords.mailFrom(name, region)));
    return records;
  }
}
