package email.daimon.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private static final Template TEMPLATE =
      new Template(
          Template.map(
              Yaml.read(
                  """
                  Parameters:
                    Domain: {Type: String, Default: example.com}
                    Signup: {Type: String, Default: token, AllowedValues: [open, token]}
                    Burst: {Type: Number, Default: 100, MinValue: 1}
                    Token: {Type: String, Default: "", NoEcho: true}
                    CertificateArn: {Type: String, Default: ""}
                  Conditions:
                    HasCertificate: !Not [!Equals [!Ref CertificateArn, ""]]
                    Bursts: !Equals [!Ref Burst, "7"]
                  Resources:
                    Queue:
                      Type: AWS::SQS::Queue
                      Properties:
                        QueueName: !Sub "${Domain}-${AWS::Region}-${!Literal}"
                        Tags: [{Key: signup, Value: !Ref Signup}]
                    Host:
                      Type: AWS::ApiGatewayV2::DomainName
                      Condition: HasCertificate
                      Properties:
                        DomainName: !Sub ["${Label}.${Domain}", {Label: api}]
                        Certificate: !Ref CertificateArn
                        Tags: !If [Bursts, a, b]
                    Mapping:
                      Type: AWS::ApiGatewayV2::ApiMapping
                      DependsOn: MadeByTheTransform
                      Properties: {DomainName: !Ref Host}
                    Function:
                      Type: AWS::Serverless::Function
                      Properties: {Handler: x}
                  Outputs:
                    Host: {Condition: HasCertificate, Value: !GetAtt Host.Name}
                  """)));

  @Test
  void aParameterThatIsSetIsReplacedWhereverItIsNamed() {
    Template set = TEMPLATE.withParameters(Map.of("Domain", "agents.example", "Signup", "open"));

    assertThat(set.parameters()).containsOnlyKeys("Burst", "Token", "CertificateArn");
    assertThat(set.properties("Queue"))
        .containsEntry("QueueName", Map.of("Fn::Sub", "agents.example-${AWS::Region}-${!Literal}"))
        .containsEntry("Tags", List.of(Map.of("Key", "signup", "Value", "open")));
    assertThat(set.properties("Host"))
        .containsEntry(
            "DomainName",
            Map.of("Fn::Sub", List.of("${Label}.agents.example", Map.of("Label", "api"))));
  }

  @Test
  void valuesAreCheckedAsCloudFormationWould() {
    assertThatThrownBy(() -> TEMPLATE.withParameters(Map.of("Signup", "maybe")))
        .hasMessage("parameters.Signup must be one of [open, token]");
    assertThatThrownBy(() -> TEMPLATE.withParameters(Map.of("Burst", "0")))
        .hasMessage("parameters.Burst must be at least 1");
    assertThatThrownBy(() -> TEMPLATE.withParameters(Map.of("Signin", "open")))
        .hasMessageContaining("no such parameter");
  }

  @Test
  void aSecretIsNotTakenFromAFile() {
    assertThatThrownBy(() -> TEMPLATE.withParameters(Map.of("Token", "s3cret")))
        .hasMessageContaining("cdk deploy --parameters Token=")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aReferenceSettlesTheConditionThatAsksForIt() {
    Template set = TEMPLATE.withReference("CertificateArn", Map.of("Ref", "Certificate"));

    assertThat(set.section("Conditions")).containsOnlyKeys("Bursts");
    assertThat(set.resource("Host")).doesNotContainKey("Condition");
    assertThat(set.properties("Host")).containsEntry("Certificate", Map.of("Ref", "Certificate"));
    assertThat(set.section("Outputs")).containsKey("Host");
  }

  @Test
  void whatASettledConditionExcludesGoes() {
    Template set = TEMPLATE.withParameters(Map.of("CertificateArn", "", "Burst", "7"));

    assertThat(set.section("Resources")).doesNotContainKey("Host");
    assertThat(set.section("Outputs")).isEmpty();
    assertThat(TEMPLATE.withParameters(Map.of("Burst", "7")).properties("Host"))
        .containsEntry("Tags", "a");
    assertThat(TEMPLATE.withParameters(Map.of("Burst", "8")).properties("Host"))
        .containsEntry("Tags", "b");
  }

  @Test
  void whatTheTransformMakesOrReadsIsLeftAsItIs() {
    assertThat(TEMPLATE.untyped()).containsExactly("Mapping", "Function");
  }
}
