package email.daimon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The domain's identity, records, zone and certificate. */
class MailDomainTest {
  static final Map<String, Object> OWN_ZONE =
      Map.of(
          "domain", "agents.example",
          "zone", "Z0EXAMPLE",
          "records", "api,mx,dkim,mailfrom,dmarc",
          "otherReceiptRules", "add",
          "alarmEmail", "operator@example.com");

  private static Synthesised elsewhere;
  private static Synthesised ownZone;

  @BeforeAll
  static void synthesise() {
    elsewhere = Synthesised.with(Map.of());
    ownZone = Synthesised.with(OWN_ZONE);
  }

  @Test
  void sesSignsForTheDomainAndSendsFromBelowIt() {
    elsewhere
        .assertions()
        .hasResourceProperties(
            "AWS::SES::EmailIdentity",
            Map.of(
                "EmailIdentity", "daimon.email",
                "DkimSigningAttributes", Map.of("NextSigningKeyLength", "RSA_2048_BIT"),
                "MailFromAttributes",
                    Map.of(
                        "MailFromDomain", "mail.daimon.email",
                        "BehaviorOnMxFailure", "USE_DEFAULT_VALUE")));
  }

  @Test
  void withAZoneTheRecordsAreSetInIt() {
    record("mail.agents.example", "TXT", "\"v=spf1 include:amazonses.com ~all\"");
    record(
        "_dmarc.agents.example",
        "TXT",
        "\"v=DMARC1; p=none; rua=mailto:postmaster@agents.example\"");
    record("agents.example", "MX", region("10 inbound-smtp.", ".amazonaws.com"));
    record("mail.agents.example", "MX", region("10 feedback-smtp.", ".amazonses.com"));
    ownZone
        .assertions()
        .resourcePropertiesCountIs("AWS::Route53::RecordSet", Map.of("Type", "CNAME"), 3);
    ownZone
        .assertions()
        .hasResourceProperties(
            "AWS::Route53::RecordSet",
            Map.of(
                "Name", "api.agents.example",
                "Type", "A",
                "AliasTarget",
                    Map.of(
                        "DNSName", attribute("ApiHost", "RegionalDomainName"),
                        "HostedZoneId", attribute("ApiHost", "RegionalHostedZoneId"))));
  }

  @Test
  void mailIsLedHereOnceItIsTakenIn() {
    JsonNode mx =
        ownZone.resources("AWS::Route53::RecordSet").stream()
            .filter(record -> record.at("/Properties/Name").asText().equals("agents.example"))
            .filter(record -> record.at("/Properties/Type").asText().equals("MX"))
            .findFirst()
            .orElseThrow();

    assertThat(mx.path("DependsOn").toString()).contains("ReceiptRuleActivationActive");
  }

  @Test
  void recordsThatTheOperatorKeepsArePrinted() {
    assertThat(printed(ownZone))
        .containsExactlyInAnyOrder(
            "agents.example TXT v=spf1 include:amazonses.com ~all",
            "agents.example ALIAS (or ANAME) …");
    assertThat(elsewhere.resources("AWS::Route53::RecordSet")).isEmpty();
    assertThat(printed(elsewhere))
        .hasSize(10)
        .contains(
            "daimon.email MX 10 inbound-smtp.….amazonaws.com",
            "mail.daimon.email MX 10 feedback-smtp.….amazonses.com",
            "mail.daimon.email TXT v=spf1 include:amazonses.com ~all",
            "_dmarc.daimon.email TXT v=DMARC1; p=none; rua=mailto:postmaster@daimon.email",
            "api.daimon.email CNAME …",
            "daimon.email ALIAS (or ANAME) …");
  }

  @Test
  void aZoneCanBeMadeAndIsKept() {
    Synthesised made = Synthesised.with(Map.of("zone", "create"));

    made.assertions()
        .hasResource(
            "AWS::Route53::HostedZone",
            Map.of(
                "Properties", Map.of("Name", "daimon.email"),
                "DeletionPolicy", "Retain",
                "UpdateReplacePolicy", "Retain"));
    assertThat(made.template().path("Outputs").toString()).contains("NameServers");
    assertThat(made.resources("AWS::Route53::RecordSet")).hasSize(10);
  }

  @Test
  void oneCertificateServesBothHosts() {
    ownZone
        .assertions()
        .hasResourceProperties(
            "AWS::CertificateManager::Certificate",
            Map.of(
                "DomainName",
                "api.agents.example",
                "SubjectAlternativeNames",
                List.of("agents.example"),
                "ValidationMethod",
                "DNS",
                "DomainValidationOptions",
                List.of(
                    Map.of("DomainName", "api.agents.example", "HostedZoneId", "Z0EXAMPLE"),
                    Map.of("DomainName", "agents.example", "HostedZoneId", "Z0EXAMPLE"))));
    for (JsonNode host : ownZone.resources("AWS::ApiGatewayV2::DomainName")) {
      assertThat(host.at("/Properties/DomainNameConfigurations/0/CertificateArn/Ref").asText())
          .startsWith("ApiHostsCertificate");
      assertThat(host.has("Condition")).isFalse();
    }
  }

  @Test
  void withoutACertificateTheApiHasNoNameOfItsOwn() {
    Synthesised plain = Synthesised.with(Map.of("certificate", "none"));

    assertThat(plain.resources("AWS::ApiGatewayV2::DomainName")).isEmpty();
    assertThat(plain.resources("AWS::CertificateManager::Certificate")).isEmpty();
    assertThat(printed(plain)).hasSize(8).noneMatch(line -> line.startsWith("api."));
    assertThat(plain.template().path("Conditions").has("HasCertificate")).isFalse();
  }

  private static void record(String name, String type, Object value) {
    ownZone
        .assertions()
        .hasResourceProperties(
            "AWS::Route53::RecordSet",
            Map.of(
                "HostedZoneId",
                "Z0EXAMPLE",
                "Name",
                name,
                "Type",
                type,
                "ResourceRecords",
                List.of(value)));
  }

  private static Map<String, Object> region(String before, String after) {
    return Map.of("Fn::Join", List.of("", List.of(before, Map.of("Ref", "AWS::Region"), after)));
  }

  private static Map<String, Object> attribute(String id, String name) {
    return Map.of("Fn::GetAtt", List.of(id, name));
  }

  /** The records among the outputs; what only the deployment knows is an ellipsis. */
  private static List<String> printed(Synthesised stack) {
    List<String> lines = new ArrayList<>();
    for (JsonNode output : stack.template().path("Outputs")) {
      if (output.path("Description").asText().startsWith("DNS record")) {
        StringBuilder line = new StringBuilder(output.path("Value").asText());
        output
            .at("/Value/Fn::Join/1")
            .forEach(part -> line.append(part.isTextual() ? part.asText() : "…"));
        lines.add(line.toString());
      }
    }
    return lines;
  }
}
