package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.functions.store.Item;
import email.daimon.functions.store.Keys;
import email.daimon.model.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class EventFeedTest {
  private final TestApi api = new TestApi();
  private final Postman postman = new Postman(api);
  private final Opened agent = api.open("feed-one");

  @Test
  void everyEventComesOnceFromTheOldestOn() {
    bring("feed-one", "a");
    bring("feed-one", "b");
    bring("feed-one", "c");

    JsonNode first = events("limit=2");
    assertThat(first.path("has_more").asBoolean()).isTrue();
    JsonNode event = first.at("/events/0");
    assertThat(event.path("type").asText()).isEqualTo("message.received");
    assertThat(event.path("event").asText()).isEqualTo("message.received");
    assertThat(event.path("inbox_id").asText()).isEqualTo(agent.inboxId());
    assertThat(event.path("sequence").asInt()).isEqualTo(1);
    assertThat(event.at("/data/message_id")).isEqualTo(event.path("message_id"));

    List<String> ids = new ArrayList<>(ids(first));
    JsonNode second = events("limit=2&cursor=" + first.path("next_cursor").asText());
    ids.addAll(ids(second));
    JsonNode third = events("limit=2&cursor=" + second.path("next_cursor").asText());
    assertThat(ids(third)).isEmpty();
    assertThat(third.path("has_more").asBoolean()).isFalse();
    bring("feed-one", "d");
    ids.addAll(ids(events("cursor=" + third.path("next_cursor").asText())));
    assertThat(ids).hasSize(4).doesNotHaveDuplicates().isSorted();
    assertThat(
            api.call(
                    get("/v1/inboxes/"
                            + agent.inboxId()
                            + "/messages/"
                            + event.path("message_id").asText())
                        .key(agent.inboxKey()))
                .status())
        .isEqualTo(200);
  }

  @Test
  void nowIsThisMoment() {
    bring("feed-one", "before");
    JsonNode page = events("cursor=now");
    assertThat(ids(page)).isEmpty();
    bring("feed-one", "after");
    assertThat(ids(events("cursor=" + page.path("next_cursor").asText()))).hasSize(1);
  }

  @Test
  void anInboxKeySeesItsInboxAnAccountKeyEverything() {
    JsonNode other =
        api.call(post("/v1/inboxes").key(agent.accountKey()).body("{'username': 'feed-two'}"))
            .result();
    bring("feed-one", "one");
    bring("feed-two", "two");
    api.call(
        post("/v1/account/upgrade")
            .key(agent.accountKey())
            .body("{'payment_method': 'pm_card_visa', 'target_tier': 'developer'}"));

    assertThat(types(events(""))).containsExactly("message.received");
    JsonNode all = api.call(get("/v1/events").key(agent.accountKey())).result();
    assertThat(types(all)).contains("message.received", "message.received");
    assertThat(all.path("events").findValuesAsText("inbox_id"))
        .contains(agent.inboxId(), other.path("id").asText());
    JsonNode one =
        api.call(get("/v1/events?inbox_id=" + other.path("id").asText()).key(agent.accountKey()))
            .result();
    assertThat(types(one)).containsExactly("message.received");
    assertThat(
            api.call(get("/v1/events?inbox_id=" + other.path("id").asText()).key(agent.inboxKey()))
                .error())
        .isEqualTo("INBOX_NOT_FOUND");
  }

  @Test
  void typesAreFilteredAndNamed() {
    bring("feed-one", "plain");
    postman.bring("feed-one", Postman.plain("s", "Spam", "x"), Map.of("spam", "FAIL"));

    assertThat(types(events("types=message.flagged"))).containsExactly("message.flagged");
    assertThat(types(events("types=message.flagged,message.received"))).hasSize(2);
    assertThat(types(events("types=message.delivered"))).isEmpty();
    Answer wrong = api.call(get("/v1/events?types=message.recieved").key(agent.inboxKey()));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.json().at("/details/0/path").asText()).isEqualTo("types");
    assertThat(wrong.json().path("fix").asText()).contains("message.received");
  }

  @Test
  void quietEventsAreShownToWhoeverAsksForThem() {
    bring("feed-one", "flood");
    String account =
        api.call(get("/v1/account").key(agent.accountKey())).result().path("id").asText();
    Event event = TestTables.events(api, account).getFirst();
    api.wiring
        .clients()
        .dynamoDb()
        .updateItem(update ->
            update
                .tableName(api.wiring.settings().mailTable())
                .key(Item.key(Keys.events(account, event.at(), 0), event.id()))
                .updateExpression("SET detail = :detail")
                .expressionAttributeValues(
                    Map.of(
                        ":detail",
                        AttributeValue.fromM(Map.of("quiet", AttributeValue.fromS("true"))))));

    assertThat(ids(events(""))).isEmpty();
    JsonNode shown = events("include_quiet=true");
    assertThat(ids(shown)).containsExactly(event.id());
    assertThat(shown.at("/events/0/quiet").asBoolean()).isTrue();
  }

  @Test
  void aCursorBelongsToItsAccountInboxAndFilter() {
    bring("feed-one", "one");
    Opened stranger = api.open("feed-stranger");
    String cursor = events("").path("next_cursor").asText();

    for (Answer answer :
        List.of(
            api.call(get("/v1/events?cursor=" + cursor).key(stranger.inboxKey())),
            api.call(get("/v1/events?cursor=" + cursor).key(stranger.accountKey())),
            api.call(get("/v1/events?cursor=" + cursor).key(agent.accountKey())),
            api.call(get("/v1/events?types=message.sent&cursor=" + cursor).key(agent.inboxKey())),
            api.call(get("/v1/events?cursor=abc").key(agent.inboxKey())))) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().at("/details/0/path").asText()).isEqualTo("cursor");
    }
    Answer foreign =
        api.call(get("/v1/events?inbox_id=" + agent.inboxId()).key(stranger.accountKey()));
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(foreign.error()).isEqualTo("INBOX_NOT_FOUND");
    assertThat(
            api.call(
                    get("/v1/events?inbox_id=" + agent.inboxId() + "&cursor=" + cursor)
                        .key(agent.accountKey()))
                .status())
        .isEqualTo(200);
  }

  private void bring(String username, String name) {
    postman.bring(username, Postman.plain(name, "About " + name, "Words"));
  }

  private JsonNode events(String query) {
    Answer answer = api.call(get("/v1/events?" + query).key(agent.inboxKey()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.result();
  }

  private static List<String> ids(JsonNode page) {
    return page.path("events").findValuesAsText("id");
  }

  private static List<String> types(JsonNode page) {
    return page.path("events").valueStream().map(one -> one.path("type").asText()).toList();
  }
}
