package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Call;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.functions.store.HeldPlaces;
import email.daimon.functions.wait.WaitApiHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules 3.9: held calls have caps; above them they answer at once. */
final class HeldCallsTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(2);
  private final TestApi api =
      new TestApi(Map.of("HELD_CALLS", "5", "HELD_CALL_REST_MILLISECONDS", "100"));
  private final WaitApiHandler waiting = new WaitApiHandler(api.wiring);
  private final Opened agent = api.open("held");
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void aHeldCallAnswersWhenSomethingComes() throws Exception {
    Future<Answer> mail = hold(messageWait(10, agent.inboxKey()));
    Future<Answer> event = hold(get("/v1/events?cursor=now&wait=10").key(agent.accountKey()));
    Future<Answer> other =
        hold(get("/v1/events?cursor=now&wait=2&types=account.upgraded").key(agent.accountKey()));
    awaitHeld(3);

    new Postman(api).bring("held", Postman.plain("m", "About waiting", "Words"));

    assertThat(mail.get().result().path("subject").asText()).isEqualTo("About waiting");
    assertThat(mail.get().json().path("timeout").asInt()).isEqualTo(10);
    assertThat(event.get().result().at("/events/0/type").asText()).isEqualTo("message.received");
    assertThat(other.get().result().path("events")).isEmpty();
    assertThat(other.get().result().path("wait").asInt()).isEqualTo(2);
    awaitHeld(0);
  }

  @Test
  void nothingComesAndTheCallEndsInTime() throws Exception {
    long begun = System.nanoTime();
    Answer answer = hold(messageWait(1, agent.inboxKey())).get();

    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(Duration.ofMillis(950), Duration.ofSeconds(6));
    assertThat(answer.result().isNull()).isTrue();
    assertThat(answer.json().path("timeout").asInt()).isEqualTo(1);
    assertThat(answer.json().path("unverified_seen").asInt()).isZero();
  }

  @Test
  void aCallEndsBeforeItsFunctionDoes() {
    long begun = System.nanoTime();
    Answer answer =
        api.through(waiting, messageWait(20, agent.inboxKey()), Duration.ofMillis(2_000));

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
    assertThat(answer.json().path("timeout").asInt()).isEqualTo(1);
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void threeOfAKeyAreHeldTheFourthIsToldToComeAgain() throws Exception {
    List<Future<Answer>> held = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      held.add(hold(messageWait(3, agent.inboxKey())));
    }
    awaitHeld(3);

    refusedAtOnce(messageWait(3, agent.inboxKey()));
    refusedAtOnce(get("/v1/events?cursor=now&wait=3").key(agent.inboxKey()));
    held.add(hold(messageWait(3, agent.accountKey())));
    awaitHeld(4);

    for (Future<Answer> one : held) {
      assertThat(one.get().headers()).doesNotContainKey("Retry-After");
    }
    assertThat(hold(messageWait(1, agent.inboxKey())).get().headers())
        .doesNotContainKey("Retry-After");
  }

  @Test
  void soManyAreHeldInAllAndPlacesThatWereNotGivenBackAreForgotten() throws Exception {
    HeldPlaces places = api.wiring.heldPlaces();
    for (int i = 0; i < 5; i++) {
      assertThat(places.take("acc_" + i, "key_" + i, api.clock.instant())).isPresent();
    }
    refusedAtOnce(messageWait(10, agent.inboxKey()));
    refusedAtOnce(get("/v1/events?cursor=now&wait=4").key(agent.accountKey()));

    api.clock.advance(HeldPlaces.WINDOW.multipliedBy(2));
    assertThat(hold(messageWait(1, agent.inboxKey())).get().json().path("timeout").asInt())
        .isEqualTo(1);
  }

  @Test
  void twentyOfAnAccountAreHeld() {
    HeldPlaces places =
        new HeldPlaces(
            api.wiring.work(), api.wiring.transactions(), new HeldPlaces.Caps(100, 20, 3));
    List<HeldPlaces.Place> taken = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      places.take("acc_a", "key_" + i / 3, api.clock.instant()).ifPresent(taken::add);
    }
    assertThat(taken).hasSize(20);
    assertThat(places.take("acc_b", "key_b", api.clock.instant())).isPresent();
    places.giveBack(taken.getFirst());
    assertThat(places.take("acc_a", "key_0", api.clock.instant())).isPresent();
    assertThat(places.take("acc_a", "key_9", api.clock.instant())).isEmpty();
  }

  @Test
  void whatIsThereAlreadyIsAnsweredWithoutAPlace() throws Exception {
    new Postman(api).bring("held", Postman.plain("m", "There already", "Words"));
    HeldPlaces places = api.wiring.heldPlaces();
    for (int i = 0; i < 5; i++) {
      assertThat(places.take("acc_" + i, "key_" + i, api.clock.instant())).isPresent();
    }

    Answer answer = hold(messageWait(10, agent.inboxKey())).get();

    assertThat(answer.result().path("subject").asText()).isEqualTo("There already");
    assertThat(answer.headers()).doesNotContainKey("Retry-After");
  }

  private Call messageWait(int timeout, String key) {
    return get("/v1/inboxes/" + agent.inboxId() + "/messages/wait?timeout=" + timeout).key(key);
  }

  private Future<Answer> hold(Call call) {
    return threads.submit(() -> api.through(waiting, call));
  }

  private void refusedAtOnce(Call call) throws Exception {
    long begun = System.nanoTime();
    Answer answer = hold(call).get();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("Retry-After", "2");
    assertThat(answer.json().path("retry_after").asInt()).isEqualTo(2);
  }

  private void awaitHeld(int calls) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(TestTables.heldCalls(api)).isEqualTo(calls));
  }
}
