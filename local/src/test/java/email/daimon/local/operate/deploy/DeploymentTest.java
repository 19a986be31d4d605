package email.daimon.local.operate.deploy;

import static email.daimon.local.operate.testing.FakeAws.xml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import email.daimon.local.operate.AwsCalls;
import email.daimon.local.operate.Dns;
import email.daimon.local.operate.OperatorException;
import email.daimon.local.operate.Terminal;
import email.daimon.local.operate.testing.AwsAccount;
import email.daimon.local.operate.testing.DnsServer;
import email.daimon.local.operate.testing.FakeAws;
import email.daimon.local.operate.testing.RecordedPrograms;
import email.daimon.local.stack.Template;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Looks, says, asks, and only then changes anything. */
final class DeploymentTest {
  private static final List<String> LOOKS =
      List.of(
          "GetCallerIdentity",
          "GET /2016-08-19/account-settings/",
          "GET /v2/email/account",
          "DescribeStacks",
          "DescribeActiveReceiptRuleSet");
  private static final String RULE =
      xml("Name", "mail")
          + xml("Enabled", "true")
          + xml("ScanEnabled", "true")
          + xml(
              "Actions",
              xml("member", xml("S3Action", xml("BucketName", "b"), xml("TopicArn", "t"))));

  @TempDir private Path home;
  private final FakeAws aws = AwsAccount.fresh();
  private final DnsServer dns = new DnsServer();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private RecordedPrograms programs = new RecordedPrograms(0, "sam");
  private AwsCredentialsProvider credentials =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret"));

  @BeforeEach
  void built() throws Exception {
    Path zip = home.resolve("functions/target/functions.zip");
    Files.createDirectories(zip.getParent());
    Files.writeString(zip, "classes");
    dns.add("inbound-smtp.eu-west-1.amazonaws.com", "A", "192.0.2.1");
  }

  @AfterEach
  void stop() {
    aws.close();
    dns.close();
  }

  @Test
  void aDryRunLooksSaysAndChangesNothing() {
    assertThat(deploy("", true, false)).isZero();
    assertThat(aws.calls()).containsExactlyElementsOf(LOOKS);
    assertThat(programs.run()).isEmpty();
    assertThat(text())
        .contains("ok    account", "123456789012", "SES receives there", "1,000 concurrent")
        .contains("SES in production: 50,000 mails a day, 14 a second", "none is active")
        .contains("agents.example.org has no MX yet", "daimon is new")
        .contains("11 Function", "2 Table", "Domain = agents.example.org")
        .contains("SesMaxSendRate = 12", "SignupToken = (not shown)")
        .containsPattern(
            "about \\$[1-9]\\.\\d\\d a month where nothing happens, and \\$0\\.1\\d for 1,000 mails")
        .endsWith("Nothing was changed: --dry-run.\n");
  }

  @Test
  void anAgreedDeploymentRunsSamAndDoesWhatCloudFormationCannot() {
    afterSam();
    assertThat(deploy("yes\n", false, false)).isZero();
    assertThat(programs.run()).hasSize(2);
    assertThat(programs.settings().getLast())
        .contains("PublicUrl=\\\"https://abc.execute-api.example\\\"", "CodeSha256=\\\"");
    assertThat(programs.run().getFirst())
        .containsSubsequence("sam", "deploy")
        .containsSubsequence("--stack-name", "daimon")
        .containsSubsequence("--region", "eu-west-1")
        .noneMatch(word -> word.contains("SignupToken"));
    String settings = programs.settings().getFirst();
    assertThat(settings).contains("Domain=\\\"agents.example.org\\\"", "SignupToken=\\\"");
    String token = settings.replaceAll("(?s).*SignupToken=\\\\\"([^\\\\]*).*", "$1");
    assertThat(text())
        .contains("X-Signup-Token: " + token)
        .contains("Receipt rule set daimon-rules-1 is active now.")
        .contains("agents.example.org. MX 10 inbound-smtp.eu-west-1.amazonaws.com.")
        .contains("abc._domainkey.agents.example.org. CNAME abc.dkim.amazonses.com.")
        .contains("mail.agents.example.org. MX 10 feedback-smtp.eu-west-1.amazonses.com.")
        .contains("The API answers at https://abc.execute-api.example")
        .contains("inbox key for mail-1");
    assertThat(aws.forms("SetActiveReceiptRuleSet").getFirst())
        .containsEntry("RuleSetName", "daimon-rules-1");
  }

  @Test
  void withoutAWordOfAgreementNothingChanges() {
    assertThat(deploy("\n", false, false)).isEqualTo(1);
    assertThat(deploy("no\n", false, false)).isEqualTo(1);
    assertThatThrownBy(() -> run(wish(), new StringReader(""), false, false, false))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("--yes");
    assertThat(programs.run()).isEmpty();
    assertThat(aws.calls()).allMatch(LOOKS::contains);
  }

  @Test
  void aDomainThatReceivesMailElsewhereIsNotTaken() {
    dns.add("example.org", "MX", "10 mail.example.org");
    assertThat(run(wish().withDomain("example.org"), new StringReader(""), false, false, true))
        .isEqualTo(1);
    assertThat(text())
        .contains(
            "STOP  domain", "mail.example.org, which would end", "--domain agents.example.org");
    assertThat(programs.run()).isEmpty();
  }

  @Test
  void whoSitsThereIsOfferedASubdomain() {
    dns.add("example.org", "MX", "10 mail.example.org");
    assertThat(
            run(wish().withDomain("example.org"), new StringReader("\nno\n"), true, false, false))
        .isEqualTo(1);
    assertThat(text()).contains("Makes stack daimon in eu-west-1 for agents.example.org");
  }

  @Test
  void anActiveRuleSetOfOthersStaysAndGetsTheRuleForThisDomainAlone() {
    aws.answer(
            "DescribeActiveReceiptRuleSet",
            AwsAccount.ruleSet(
                "DescribeActiveReceiptRuleSet", "theirs", xml("Name", "a"), xml("Name", "b")))
        .answer(
            "DescribeReceiptRuleSet",
            AwsAccount.ruleSet("DescribeReceiptRuleSet", "daimon-rules-1", RULE))
        .answer("CreateReceiptRule", xml("CreateReceiptRuleResponse"));
    afterSam();
    assertThat(deploy("y\n", false, false)).isZero();
    assertThat(text()).contains("theirs (2 rules) is active and stays so");
    assertThat(aws.calls()).doesNotContain("SetActiveReceiptRuleSet");
    assertThat(aws.forms("CreateReceiptRule"))
        .containsExactly(
            Map.of(
                "Action", "CreateReceiptRule",
                "Version", "2010-12-01",
                "RuleSetName", "theirs",
                "After", "b",
                "Rule.Name", "mail",
                "Rule.Enabled", "true",
                "Rule.ScanEnabled", "true",
                "Rule.Recipients.member.1", "agents.example.org",
                "Rule.Actions.member.1.S3Action.BucketName", "b",
                "Rule.Actions.member.1.S3Action.TopicArn", "t"));
  }

  @Test
  void aSmallAccountGetsSmallBounds() {
    aws.answer(
            "GET /2016-08-19/account-settings/", "{\"AccountLimit\":{\"ConcurrentExecutions\":10}}")
        .answer("GET /v2/email/account", AwsAccount.account(false, 200, 1));
    assertThat(deploy("", true, false)).isZero();
    assertThat(text())
        .contains("note  lambda", "10 concurrent executions", "request-service-quota-increase")
        .contains("note  sending", "sandbox: 200 mails a day, 1 a second")
        .contains("InboundConcurrency = 2", "WebhooksConcurrency = 2", "SesMaxSendRate = 1");
  }

  @Test
  void whatIsMissingIsOneLineWithItsCure() throws Exception {
    Files.delete(home.resolve("functions/target/functions.zip"));
    programs = new RecordedPrograms(0);
    dns.remove("inbound-smtp.eu-west-1.amazonaws.com", "A").add("amazonaws.com", "A", "192.0.2.1");
    credentials =
        () -> {
          throw SdkClientException.create("Unable to load credentials");
        };
    assertThat(deploy("", false, true)).isEqualTo(1);
    assertThat(text().lines().filter(line -> line.startsWith("STOP")))
        .hasSize(4)
        .anyMatch(line -> line.contains("pip install aws-sam-cli"))
        .anyMatch(line -> line.contains("mvn package"))
        .anyMatch(line -> line.contains("no AWS credentials: set AWS_PROFILE"));
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void aRegionWhereSesDoesNotReceiveIsRefused() {
    dns.remove("inbound-smtp.eu-west-1.amazonaws.com", "A");
    assertThat(deploy("", false, true)).isEqualTo(1);
    assertThat(text()).contains("STOP  region", "SES receives no mail in eu-west-1", "--region");
  }

  @Test
  void aStackThatFailedAtFirstMustGoBefore() {
    AwsAccount.deployed(aws, "ROLLBACK_COMPLETE");
    assertThat(deploy("", false, true)).isEqualTo(1);
    assertThat(text()).contains("STOP  stack", "delete-stack --stack-name daimon");
  }

  @Test
  void withACertificateLinksLeadToTheDomainsOwnHost() {
    afterSam();
    Wish wish =
        new Wish(home, "daimon", "agents.example.org", false, Map.of("CertificateArn", "arn:c"));
    assertThat(run(wish, new StringReader(""), false, false, true)).isZero();
    assertThat(programs.settings())
        .singleElement()
        .asString()
        .contains("PublicUrl=\\\"https://api.agents.example.org\\\"");
  }

  @Test
  void aChangedParameterIsAnotherDigestAndTheSameIsTheSame() {
    assertThat(digest(Map.of())).isEqualTo(digest(Map.of())).hasSize(64);
    assertThat(digest(Map.of("LogDays", "60"))).isNotEqualTo(digest(Map.of()));
  }

  private String digest(Map<String, String> parameters) {
    AwsAccount.deployed(aws, "UPDATE_COMPLETE");
    printed.reset();
    run(
        new Wish(home, "daimon", "agents.example.org", false, parameters),
        new StringReader(""),
        false,
        true,
        false);
    return text().replaceAll("(?s).*CodeSha256 = (\\w+).*", "$1");
  }

  @Test
  void anUpdateKeepsTheTokenAndSaysNothingTwice() {
    AwsAccount.deployed(aws, "UPDATE_COMPLETE");
    afterSam();
    assertThat(deploy("", false, true)).isZero();
    assertThat(programs.settings().getFirst()).doesNotContain("SignupToken");
    assertThat(text())
        .contains("Updates stack daimon")
        .doesNotContain("X-Signup-Token", "inbox key");
  }

  @Test
  void aPermissionThatIsLackingIsNotedAndAnUnknownParameterRefused() {
    aws.refuse("GET /v2/email/account", 403, "AccessDeniedException", "no");
    Wish wish = new Wish(home, "daimon", "agents.example.org", false, Map.of("Signpu", "open"));
    assertThat(run(wish, new StringReader(""), false, false, true)).isEqualTo(1);
    assertThat(text())
        .contains("note  sending", "may not call ses:GetAccount")
        .contains("STOP  parameters", "the template has no Signpu");
  }

  @Test
  void theCdkDoesTheRestItself() throws Exception {
    Wish wish =
        new Wish(home, "daimon", "agents.example.org", true, Map.of("SendConcurrency", "5"));
    assertThat(run(wish, new StringReader(""), false, false, true)).isEqualTo(1);
    assertThat(text()).contains("STOP  npx", "install Node 22");
    assertThat(text()).contains("mvn -q package -pl functions,infra-cdk -am");
    Files.createDirectories(home.resolve("infra-cdk/target"));
    Files.writeString(home.resolve("infra-cdk/target/class-path"), "");
    afterDeploying("npx");
    assertThat(run(wish, new StringReader(""), false, false, true)).isZero();
    assertThat(programs.run().getFirst())
        .startsWith("env", "AWS_REGION=eu-west-1", "npx", "--yes", "aws-cdk@2", "deploy")
        .containsSubsequence("-c", "domain=agents.example.org")
        .anyMatch(word -> word.equals("SendConcurrency=5"))
        .anyMatch(word -> word.startsWith("SignupToken="))
        .noneMatch(word -> word.contains("CodeSha256") || word.contains("PublicUrl"));
    assertThat(aws.calls()).doesNotContain("SetActiveReceiptRuleSet");
    assertThat(text()).contains("X-Signup-Token: ", "inbox key for mail-1");
  }

  @Test
  void aFailureOfSamIsTold() {
    programs = new RecordedPrograms(3, "sam");
    assertThatThrownBy(() -> deploy("", false, true))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("sam deploy failed with code 3");
  }

  private void afterSam() {
    afterDeploying("sam");
  }

  private void afterDeploying(String program) {
    aws.answer("SetActiveReceiptRuleSet", xml("SetActiveReceiptRuleSetResponse"));
    aws.answer(
        "GET /v2/email/identities/agents.example.org",
        "{\"VerifiedForSendingStatus\":false,\"DkimAttributes\":{\"Tokens\":[\"abc\"]},"
            + "\"MailFromAttributes\":{\"MailFromDomain\":\"mail.agents.example.org\"}}");
    programs =
        new RecordedPrograms(0, program) {
          @Override
          public int run(List<String> command, Path folder) {
            AwsAccount.deployed(aws, "CREATE_COMPLETE");
            return super.run(command, folder);
          }
        };
  }

  private Wish wish() {
    return new Wish(home, "daimon", "agents.example.org", false, Map.of());
  }

  private int deploy(String typed, boolean dryRun, boolean agreed) {
    return run(wish(), new StringReader(typed), true, dryRun, agreed);
  }

  private int run(Wish wish, StringReader typed, boolean somebody, boolean dryRun, boolean agreed) {
    AwsCalls calls = new AwsCalls("eu-west-1", aws.environment(), credentials);
    Template template = Template.load();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new Deployment(
            new Checks(calls, Dns.at("127.0.0.1", dns.port()), programs, template),
            calls,
            programs,
            template,
            new Terminal(typed, out, somebody),
            environment -> "inbox key for " + environment.get("MAIL_TABLE"))
        .run(wish, dryRun, agreed);
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
