package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.delete;
import static email.daimon.functions.api.TestApi.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.store.BulkChanges.Chunk;
import email.daimon.model.Account;
import email.daimon.model.Account.ThreadFeed;
import email.daimon.model.InboxCounters;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Rules 7.5 and 2.6: counters are held against what they count, and added up, every night. */
final class RecountTest {
  private final TestApi api = new TestApi();
  private final Postman postman = new Postman(api);

  @Test
  void rightCountersAreLeftAndWrongOnesMended() {
    var own = api.open("recount-one");
    for (int i = 0; i < 3; i++) {
      postman.bring("recount-one", mail("r" + i));
    }
    String messages = "/v1/inboxes/" + own.inboxId() + "/messages";
    String newest =
        api.call(get(messages).key(own.accountKey())).result().at("/messages/0/id").asText();
    api.call(delete(messages + "/" + newest).key(own.accountKey()));
    InboxCounters right = counters(own.inboxId());
    assertThat(right.messages()).isEqualTo(2);

    recount();
    assertThat(counters(own.inboxId())).isEqualTo(right);

    set("I#" + own.inboxId(), "SEQ", "messages", 77);
    set("I#" + own.inboxId(), "SEQ", "threads", 0);
    recount();
    InboxCounters mended = counters(own.inboxId());
    assertThat(mended.messages()).isEqualTo(2);
    assertThat(mended.threads()).isEqualTo(right.threads());
    assertThat(mended.version()).isEqualTo(right.version() + 1);
    postman.bring("recount-one", mail("r9"));
    assertThat(counters(own.inboxId()).messages()).isEqualTo(3);
  }

  @Test
  void anAccountWithManyInboxesHasATotalFromTheFirstNightOn() {
    var own = api.open("recount-many");
    postman.bring("recount-many", mail("m1"));
    postman.bring("recount-many", mail("m2"));
    String account =
        api.call(get("/v1/account").key(own.accountKey())).result().path("id").asText();
    assertThat(total(own).asInt()).isEqualTo(2);

    set("A#" + account, "META", "inboxCount", 101);
    api.clock.advance(Duration.ofSeconds(6));
    assertThat(total(own).isNull()).isTrue();
    recount();
    assertThat(total(own).asInt()).isEqualTo(2);
  }

  @Test
  void anAccountThatGrowsIsSpreadOverMorePartitions() {
    var own = api.open("recount-grows");
    String account =
        api.call(get("/v1/account").key(own.accountKey())).result().path("id").asText();
    set("A#" + account, "META", "inboxCount", 1_000_000);
    recount();
    set("I#" + own.inboxId(), "SEQ", "sequence", 50_000_000);
    recount();

    Account spread = api.wiring.accounts().find(account).orElseThrow();
    assertThat(spread.feed()).isEqualTo(new ThreadFeed(0, 1, 16));
    recount();
    assertThat(api.wiring.accounts().find(account).orElseThrow().feed()).isEqualTo(spread.feed());
  }

  private static String mail(String name) {
    return Postman.plain(name, "Subject", "Hi");
  }

  private JsonNode total(TestApi.Opened own) {
    return api.call(get("/v1/threads").key(own.accountKey())).result().path("total");
  }

  private void recount() {
    Optional<String> position = Optional.empty();
    do {
      Chunk chunk = api.wiring.recount().next(position);
      position = chunk.next();
    } while (position.isPresent());
  }

  private InboxCounters counters(String inboxId) {
    return api.wiring.inboxes().counters(inboxId);
  }

  private void set(String pk, String sk, String name, long value) {
    var _ =
        api.wiring
            .mail()
            .dynamoDb()
            .updateItem(update ->
                update
                    .tableName(api.wiring.mail().name())
                    .key(Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk)))
                    .updateExpression("SET #name = :value")
                    .expressionAttributeNames(Map.of("#name", name))
                    .expressionAttributeValues(
                        Map.of(":value", AttributeValue.fromN(Long.toString(value)))));
  }
}
