package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.delete;
import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.local.services.Usage;
import email.daimon.local.testing.EmulatedServices;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an inbox knows of those who write to it. */
final class TrustRoutesTest {
  private final TestApi api = new TestApi(Map.of("DEFAULT_TIER", "developer"));
  private final Postman postman = new Postman(api);
  private final Opened agent = api.open("trusting");
  private final String messages = "/v1/inboxes/" + agent.inboxId() + "/messages";

  @Test
  void theFirstMailOfAnAddressIsAFirstContactAndNoOther() {
    bring("a", "Ann <ann@bank.example>", Map.of());
    bring("b", "Ann <ANN+x@bank.example>", Map.of());
    bring("c", "Bob <bob@bank.example>", Map.of());

    assertThat(trust("a").path("first_contact").asBoolean()).isTrue();
    assertThat(trust("b").path("first_contact").asBoolean()).isFalse();
    assertThat(trust("c").path("first_contact").asBoolean()).isTrue();
    assertThat(trust("a").path("words").toString()).contains("nothing to do with");
    Opened other = api.open("trusting-too");
    postman.bring("trusting-too", mail("d", "Ann <ann@bank.example>"), Map.of());
    assertThat(
            api.call(get("/v1/inboxes/" + other.inboxId() + "/messages").key(other.inboxKey()))
                .result()
                .at("/messages/0/trust/first_contact")
                .asBoolean())
        .isTrue();
  }

  @Test
  void aMailThatIsDeliveredAgainAnswersAsBefore() {
    String sesId = postman.put(mail("a", "Ann <ann@bank.example>"));
    postman.redeliver(sesId, "trusting", Map.of());
    JsonNode first = trust("a");
    postman.redeliver(sesId, "trusting", Map.of());
    assertThat(trust("a")).isEqualTo(first);
    assertThat(list()).hasSize(1);
  }

  @Test
  void flaggedMailMakesNobodyKnown() {
    bring("spam", "Ann <ann@bank.example>", Map.of("spam", "FAIL"));
    bring("a", "Ann <ann@bank.example>", Map.of());
    assertThat(trust("a").path("first_contact").asBoolean()).isTrue();
  }

  @Test
  void whomTheInboxHasWrittenToIsKnown() {
    var sent =
        api.call(
            post("/v1/inboxes/" + agent.inboxId() + "/send")
                .key(agent.inboxKey())
                .body("{'to': 'Ann@Bank.Example', 'subject': 's', 'text': 't'}"));
    assertThat(sent.status()).isEqualTo(202);
    bring("a", "Ann <ann@bank.example>", Map.of());
    bring("b", "Ann <ann@bank-example.test>", Map.of());
    assertThat(trust("a").path("first_contact").asBoolean()).isFalse();
    assertThat(trust("b").path("first_contact").asBoolean()).isTrue();
  }

  @Test
  void aLookalikeStaysOne() {
    bring("a", "PayBank <service@paybank.example>", Map.of());
    Map<String, String> proven = Map.of();
    bring("b", "PayBank <service@paybanl.example>", proven);
    bring("c", "PayBank <service@paybanl.example>", proven);
    bring("d", "PayBank <help@paybank.example>", proven);

    assertThat(trust("b").path("lookalike_of").asText()).isEqualTo("service@paybank.example");
    assertThat(trust("c").path("lookalike_of").asText()).isEqualTo("service@paybank.example");
    assertThat(trust("c").path("first_contact").asBoolean()).isFalse();
    assertThat(trust("c").path("words").get(0).asText()).contains("resembles");
    assertThat(trust("c").path("words").toString()).doesNotContain("pay");
    assertThat(trust("a").path("lookalike_of").isNull()).isTrue();
    assertThat(trust("d").path("lookalike_of").isNull()).isTrue();
  }

  @Test
  void whoIsNotVerifiedIsNoModelUntilTheyAre() {
    Map<String, String> unproven = Map.of("dmarc", "GRAY", "spf", "GRAY", "dkim", "GRAY");
    bring("a", "PayBank <service@paybank.example>", unproven);
    bring("b", "PayBank <service@paybanl.example>", Map.of());
    bring("c", "PayBank <service@paybank.example>", Map.of());
    bring("d", "PayBank <service@paybnak.example>", Map.of());
    assertThat(trust("b").path("lookalike_of").isNull()).isTrue();
    assertThat(trust("d").path("lookalike_of").asText()).isEqualTo("service@paybank.example");
  }

  @Test
  void aMessageSaysWhoSentItAndWhy() {
    bring("a", "Ann <ann@bank.example>", Map.of());
    JsonNode whole =
        api.call(get(messages + "/" + list().get(0).path("id").asText()).key(agent.inboxKey()))
            .result();
    assertThat(whole.at("/authentication/dmarc").asText()).isEqualTo("pass");
    assertThat(whole.at("/authentication/aligned_domain").asText()).isEqualTo("bank.example");
    assertThat(whole.at("/authentication/evidence").asText()).contains("DMARC passed");
  }

  @Test
  void aKnownCorrespondentCostsHalfAReadUnitAndNoWrite() {
    Usage usage = EmulatedServices.shared().usage();
    bring("warm", "Zoe <zoe@bank.example>", Map.of());
    usage.reset();
    bring("a", "Ann <ann@bank.example>", Map.of());
    Map<String, Double> first = usage.snapshot();
    usage.reset();
    bring("b", "Ann <ann@bank.example>", Map.of());
    Map<String, Double> known = usage.snapshot();
    usage.reset();
    postman.bring("trusting", mail("c", "nobody"), Map.of());
    Map<String, Double> without = usage.snapshot();
    assertThat(known.get("dynamodb.read-units") - without.get("dynamodb.read-units"))
        .isEqualTo(0.5);
    assertThat(known.get("dynamodb.write-units")).isEqualTo(without.get("dynamodb.write-units"));
    assertThat(first.get("dynamodb.read-units") - known.get("dynamodb.read-units"))
        .isLessThanOrEqualTo(2);
    assertThat(first.get("dynamodb.write-units") - known.get("dynamodb.write-units"))
        .isEqualTo(2.0);
  }

  @Test
  void aNewInboxOfTheSameAddressKnowsNobody() {
    bring("a", "Ann <ann@bank.example>", Map.of());
    api.call(delete("/v1/inboxes/" + agent.inboxId()).key(agent.accountKey()));
    var again =
        api.call(post("/v1/inboxes").key(agent.accountKey()).body("{'username': 'trusting'}"));
    assertThat(again.status()).isEqualTo(201);
    postman.bring("trusting", mail("b", "Ann <ann@bank.example>"), Map.of());
    JsonNode all =
        api.call(
                get("/v1/inboxes/" + again.result().path("id").asText() + "/messages")
                    .key(agent.accountKey()))
            .result()
            .path("messages");
    assertThat(all.at("/0/trust/first_contact").asBoolean()).isTrue();
  }

  private void bring(String name, String from, Map<String, String> verdicts) {
    postman.bring("trusting", mail(name, from), verdicts);
  }

  private static String mail(String name, String from) {
    return Postman.plain(name, "About " + name, "Words")
        .replace("From: Alice <alice@example.org>", "From: " + from);
  }

  private JsonNode list() {
    return api.call(get(messages).key(agent.inboxKey())).result().path("messages");
  }

  private JsonNode trust(String name) {
    for (JsonNode row : list()) {
      if (row.path("subject").asText().equals("About " + name)) {
        return row.path("trust");
      }
    }
    throw new AssertionError("no mail about " + name);
  }
}
