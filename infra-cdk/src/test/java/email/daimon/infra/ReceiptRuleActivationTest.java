package email.daimon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The handler's own code, run by Node with a small SES beside it, as CloudFormation calls it. */
class ReceiptRuleActivationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OURS =
      """
      {"Name": "store-and-tell", "Enabled": true, "Actions": [{"S3Action": {"BucketName": "mail"}}]}\
      """;
  private static final String THEIRS = "{\"Name\": \"shop\", \"Recipients\": [\"shop.example\"]}";

  @TempDir Path folder;

  @BeforeAll
  static void node() {
    NodeJs.required();
  }

  @BeforeEach
  void code() throws IOException {
    Files.writeString(folder.resolve("index.js"), ReceiptRuleActivation.code());
    Path library = Files.createDirectories(folder.resolve("node_modules/@aws-sdk/client-ses"));
    try (InputStream in = getClass().getResourceAsStream("ses.js")) {
      Files.copy(Objects.requireNonNull(in), library.resolve("index.js"));
    }
  }

  @Test
  void itFitsIntoATemplate() {
    assertThat(ReceiptRuleActivation.code()).hasSizeLessThan(4096);
  }

  @Test
  void whereNoneIsActiveOursBecomesIt() throws Exception {
    ses("null", "{\"ours\": [%s]}".formatted(OURS));

    assertThat(create("false")).isEqualTo("SUCCESS active/ours");
    assertThat(active()).isEqualTo("ours");
  }

  @Test
  void askedTwiceItChangesNothing() throws Exception {
    ses("\"ours\"", "{\"ours\": [%s]}".formatted(OURS));

    assertThat(create("false")).isEqualTo("SUCCESS active/ours");
    assertThat(calls()).isEmpty();
  }

  @Test
  void anotherThatIsActiveIsNamedAndLeftAlone() throws Exception {
    ses("\"theirs\"", "{\"ours\": [%s], \"theirs\": [%s]}".formatted(OURS, THEIRS));

    assertThat(create("false"))
        .startsWith("FAILED nothing Receipt rule set \"theirs\" is active")
        .contains("left as it is", "otherReceiptRules=add");
    assertThat(calls()).isEmpty();
    // CloudFormation then deletes what could not be made.
    assertThat(call("Delete", "nothing", "false", "ours")).isEqualTo("SUCCESS nothing");
    assertThat(active()).isEqualTo("theirs");
    assertThat(calls()).isEmpty();
  }

  @Test
  void onRequestOurRuleIsAddedToTheOtherSetBehindItsOwn() throws Exception {
    ses("\"theirs\"", "{\"ours\": [%s], \"theirs\": [%s]}".formatted(OURS, THEIRS));

    assertThat(create("true")).isEqualTo("SUCCESS rule/theirs/ours");
    assertThat(active()).isEqualTo("theirs");
    assertThat(rules("theirs")).containsExactly("shop [shop.example]", "ours [agents.example]");
    assertThat(state().at("/sets/theirs/1/Actions/0/S3Action/BucketName").asText())
        .isEqualTo("mail");

    assertThat(call("Update", "rule/theirs/ours", "true", "ours"))
        .isEqualTo("SUCCESS rule/theirs/ours");
    assertThat(rules("theirs")).hasSize(2);

    assertThat(call("Delete", "rule/theirs/ours", "true", "ours"))
        .isEqualTo("SUCCESS rule/theirs/ours");
    assertThat(rules("theirs")).containsExactly("shop [shop.example]");
    assertThat(active()).isEqualTo("theirs");
    assertThat(calls()).doesNotContain("SetActiveReceiptRuleSet");
  }

  @Test
  void anEmptySetOfOthersTakesTheRuleToo() throws Exception {
    ses("\"theirs\"", "{\"ours\": [%s], \"theirs\": []}".formatted(OURS));

    assertThat(create("true")).isEqualTo("SUCCESS rule/theirs/ours");
    assertThat(rules("theirs")).containsExactly("ours [agents.example]");
  }

  @Test
  void aDeletionSwitchesOffOnlyWhatWasSwitchedOn() throws Exception {
    ses("\"ours\"", "{\"ours\": [%s]}".formatted(OURS));
    assertThat(call("Delete", "active/ours", "false", "ours")).isEqualTo("SUCCESS active/ours");
    assertThat(active()).isEqualTo("null");

    ses("\"theirs\"", "{\"ours\": [%s], \"theirs\": [%s]}".formatted(OURS, THEIRS));
    assertThat(call("Delete", "active/ours", "false", "ours")).isEqualTo("SUCCESS active/ours");
    assertThat(active()).isEqualTo("theirs");
    assertThat(calls()).isEmpty();
  }

  @Test
  void aSetThatTakesThePlaceOfOursBecomesActive() throws Exception {
    ses("\"ours\"", "{\"ours\": [%s], \"ours2\": [%s]}".formatted(OURS, OURS));

    assertThat(call("Update", "active/ours", "false", "ours2")).isEqualTo("SUCCESS active/ours2");
    assertThat(active()).isEqualTo("ours2");
    // The old one's deletion follows, and finds that it is no longer the active one.
    assertThat(call("Delete", "active/ours", "false", "ours")).isEqualTo("SUCCESS active/ours");
    assertThat(active()).isEqualTo("ours2");
  }

  @Test
  void whoActivatedAnotherSinceIsNotOverruledByAnUpgrade() throws Exception {
    ses("\"theirs\"", "{\"ours\": [%s], \"theirs\": [%s]}".formatted(OURS, THEIRS));

    assertThat(call("Update", "active/ours", "false", "ours")).isEqualTo("SUCCESS active/ours");
    assertThat(active()).isEqualTo("theirs");
    assertThat(calls()).isEmpty();
  }

  @Test
  void aSetOfOthersThatIsGoneNeedsNoCleaning() throws Exception {
    ses("null", "{\"ours\": [%s]}".formatted(OURS));

    assertThat(call("Delete", "rule/theirs/ours", "true", "ours"))
        .isEqualTo("SUCCESS rule/theirs/ours");
  }

  @Test
  void whatSesRefusesIsToldToCloudFormation() throws Exception {
    ses("null", "{\"ours\": [%s]}".formatted(OURS));
    ObjectNode broken = (ObjectNode) state();
    Files.writeString(stateFile(), broken.put("fails", "SetActiveReceiptRuleSet").toString());

    assertThat(create("false"))
        .isEqualTo("FAILED nothing SetActiveReceiptRuleSet is not to be had in this region");
  }

  private void ses(String active, String sets) throws IOException {
    Files.writeString(
        stateFile(), "{\"active\": %s, \"calls\": [], \"sets\": %s}".formatted(active, sets));
  }

  private String create(String joinOther) throws Exception {
    return call("Create", "", joinOther, "ours");
  }

  /** Status, physical id and reason that CloudFormation is told. */
  private String call(String type, String physicalId, String joinOther, String ruleSet)
      throws Exception {
    CompletableFuture<String> told = new CompletableFuture<>();
    HttpServer cloudFormation =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    cloudFormation.createContext(
        "/",
        exchange -> {
          told.complete(
              exchange.getRequestMethod()
                  + exchange.getRequestHeaders().get("Content-Type")
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    cloudFormation.start();
    try {
      ObjectNode event =
          JSON.createObjectNode()
              .put("RequestType", type)
              .put("ResponseURL", "http://127.0.0.1:" + cloudFormation.getAddress().getPort())
              .put("StackId", "stack")
              .put("RequestId", "request")
              .put("LogicalResourceId", "Active");
      if (!physicalId.isEmpty()) {
        event.put("PhysicalResourceId", physicalId);
      }
      event
          .putObject("ResourceProperties")
          .put("RuleSetName", ruleSet)
          .put("RuleName", "store-and-tell")
          .put("Domain", "agents.example")
          .put("JoinOther", joinOther);
      node(event);
      String request = told.get(10, TimeUnit.SECONDS);
      // The signature of CloudFormation's address is for a type that is empty.
      assertThat(request).startsWith("PUT[]{");
      JsonNode answer = JSON.readTree(request.substring(5));
      assertThat(answer.path("StackId").asText()).isEqualTo("stack");
      assertThat(answer.path("RequestId").asText()).isEqualTo("request");
      assertThat(answer.path("LogicalResourceId").asText()).isEqualTo("Active");
      String reason = answer.path("Reason").asText();
      return answer.path("Status").asText()
          + " "
          + answer.path("PhysicalResourceId").asText()
          + (reason.isEmpty() ? "" : " " + reason);
    } finally {
      cloudFormation.stop(0);
    }
  }

  private void node(ObjectNode event) throws IOException, InterruptedException {
    ProcessBuilder node =
        new ProcessBuilder(
                "node",
                "-e",
                "require('./index.js').handler(JSON.parse(process.argv[1]))",
                event.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true);
    node.environment().put("SES_STATE", stateFile().toString());
    Process process = node.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
  }

  private Path stateFile() {
    return folder.resolve("ses.json");
  }

  private JsonNode state() throws IOException {
    return JSON.readTree(stateFile().toFile());
  }

  private String active() throws IOException {
    return state().path("active").asText();
  }

  private List<String> calls() throws IOException {
    List<String> calls = new ArrayList<>();
    state().path("calls").forEach(call -> calls.add(call.asText()));
    return calls;
  }

  private List<String> rules(String set) throws IOException {
    List<String> rules = new ArrayList<>();
    for (JsonNode rule : state().path("sets").path(set)) {
      rules.add(rule.path("Name").asText() + " [" + rule.at("/Recipients/0").asText() + "]");
    }
    return rules;
  }
}
