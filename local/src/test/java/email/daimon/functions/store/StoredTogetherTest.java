package email.daimon.functions.store;

import static email.daimon.functions.store.StoreTestHouse.INBOX;
import static email.daimon.functions.store.TestMail.named;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.store.Stored.Outcome;
import email.daimon.local.services.Fault;
import email.daimon.local.services.Fault.Action;
import email.daimon.local.services.Fault.Step;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mails that came together are stored as if one after the other, in one transaction. */
final class StoredTogetherTest {
  private final EmulatedServices services = EmulatedServices.shared();
  private final StoreTestHouse house = new StoreTestHouse();

  @AfterEach
  void end() {
    services.faults().clear();
  }

  @Test
  void sameRowsAsOneAfterTheOther() {
    List<TestMail> mails =
        List.of(
            named("a"),
            named("b").answering("a"),
            named("d").answering("c"),
            named("c").after("a", "b"),
            named("spam").labelled("spam").answering("a"),
            named("e"));
    StoreTestHouse alone = new StoreTestHouse();
    mails.forEach(alone::store);

    services.usage().reset();
    Map<String, Stored> stored = together(arrivals(mails));

    assertThat(services.usage().snapshot()).containsEntry("dynamodb.TransactWriteItems", 1.0);
    assertThat(stored.values()).extracting(Stored::outcome).containsOnly(Outcome.STORED);
    assertThat(stored).hasSize(mails.size());
    assertThat(rows(house)).isEqualTo(rows(alone));
  }

  @Test
  void manyInboxesGoInOneTransactionOfAHundredActions() {
    List<Arrival> arrivals =
        IntStream.range(0, 20).mapToObj(i -> named("m" + i).to("inbox_" + i)).toList();

    services.usage().reset();
    Map<String, Stored> stored = together(arrivals);

    assertThat(stored).hasSize(20);
    assertThat(services.usage().snapshot())
        .containsEntry("dynamodb.TransactWriteItems", 2.0)
        .containsEntry("dynamodb.BatchGetItem", 2.0)
        .doesNotContainKey("dynamodb.Query")
        .doesNotContainKey("dynamodb.GetItem");
  }

  @Test
  void whatIsThereAlreadyIsKnownAndWritesNothing() {
    house.store(named("a"));
    List<String> written = new ArrayList<>();

    Map<String, Stored> stored =
        house.mailbox.storeTogether(
            arrivals(List.of(named("a"), named("b"))),
            fresh -> {
              fresh.forEach(arrival -> written.add(arrival.canonicalId()));
              return fresh;
            });

    assertThat(written).containsExactly("b@example.com");
    assertThat(stored.values())
        .extracting(Stored::outcome)
        .containsExactlyInAnyOrder(Outcome.KNOWN, Outcome.STORED);
    assertThat(house.messages()).hasSize(2);
  }

  @Test
  void aMailThatRepeatsAnotherOfTheBatchIsLeftToBeStoredByItself() {
    Arrival again = named("a").to(INBOX, "ses-again");

    Map<String, Stored> stored = together(List.of(named("a").to(INBOX), again));

    assertThat(stored).hasSize(1);
    assertThat(house.mailbox.store(again, () -> {}).outcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(house.messages()).extracting(Message::duplicateCount).containsExactly(1);
  }

  @Test
  void aMailWithoutItsObjectsStaysOut() {
    Map<String, Stored> stored =
        house.mailbox.storeTogether(
            arrivals(List.of(named("a"), named("b"), named("c"))),
            fresh -> fresh.stream().filter(mail -> !mail.canonicalId().startsWith("b")).toList());

    assertThat(stored).hasSize(2);
    assertThat(house.messages())
        .extracting(Message::messageId)
        .containsExactly("<a@example.com>", "<c@example.com>");
  }

  @Test
  void whereTheCommonTransactionFailsNothingIsSaid() {
    services.faults().arm(new Fault(Step.DB_WRITE, Action.CONFLICT, Duration.ZERO), 1);

    assertThat(together(arrivals(List.of(named("a"), named("b"))))).isEmpty();

    assertThat(house.messages()).isEmpty();
    assertThat(together(arrivals(List.of(named("a"), named("b"))))).hasSize(2);
  }

  private Map<String, Stored> together(List<Arrival> arrivals) {
    return house.mailbox.storeTogether(arrivals, fresh -> fresh);
  }

  private static List<Arrival> arrivals(List<TestMail> mails) {
    return mails.stream().map(mail -> mail.to(INBOX)).toList();
  }

  private static List<String> rows(StoreTestHouse house) {
    return house.scan().stream().map(item -> item.attributes().toString()).sorted().toList();
  }
}
