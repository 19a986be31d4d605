package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.post;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.admin.Administration;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.functions.store.Sends.Claim;
import email.daimon.model.Account;
import email.daimon.model.DeliveryNews;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.model.SendTags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An account whose mail bounces: paused with its figures, still receiving, lifted by hand. */
final class ReviewRoutesTest {
  private static final int RECIPIENTS = 50;
  private static final Duration REMEMBERED = Duration.ofSeconds(6);
  private final TestApi api = new TestApi(Map.of("DEFAULT_TIER", "developer"));
  private final Opened own = api.open("review-own");

  @Test
  void anAccountIsPausedWithItsFiguresReceivesAndIsResumed() {
    List<Message> mails = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      mails.add(sent(send(RECIPIENTS)));
    }
    Answer waiting = send(1);
    mails.forEach(mail -> bounce(mail, 10));
    mails.forEach(mail -> bounce(mail, 10));
    api.clock.advance(REMEMBERED);

    Answer refused = call(1);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.error()).isEqualTo("ACCOUNT_UNDER_REVIEW");
    JsonNode figures = refused.json().path("details");
    assertThat(figures.path("sent").asInt()).isEqualTo(100);
    assertThat(figures.path("bounced").asInt()).isEqualTo(20);
    assertThat(figures.path("bounce_rate").asDouble()).isEqualTo(0.2);
    JsonNode account = api.call(get("/v1/account").key(own.accountKey())).result();
    assertThat(account.path("status").asText()).isEqualTo("under_review");
    assertThat(account.path("total_sent").asInt()).isEqualTo(100);
    assertThat(account.path("total_bounced").asInt()).isEqualTo(20);
    assertThat(account.path("total_complaints").asInt()).isZero();
    assertThat(account.path("bounce_rate").asDouble()).isEqualTo(0.2);
    assertThat(account.path("complaint_rate").asDouble()).isZero();

    new Postman(api).bring("review-own", Postman.plain("in-review", "Hello", "Still there?"));
    String inbox = "/v1/inboxes/" + own.inboxId() + "/messages?direction=inbound";
    assertThat(api.call(get(inbox).key(own.inboxKey())).result().path("messages")).hasSize(1);

    new Administration(api.wiring).run(List.of("account", "resume", account().id()));
    api.clock.advance(REMEMBERED);
    send(1);
    assertThat(sent(waiting).status()).isEqualTo("sending");
    bounce(mails.getFirst(), 30);
    assertThat(account().status().wireName()).as("its window began anew").isEqualTo("active");
  }

  private Answer call(int recipients) {
    String to =
        IntStream.range(0, recipients)
            .mapToObj(i -> "'r" + i + "@example.com'")
            .collect(joining(","));
    return api.call(
        post("/v1/inboxes/" + own.inboxId() + "/send")
            .key(own.inboxKey())
            .body("{'to': [" + to + "], 'subject': 's', 'text': 'x'}"));
  }

  private Answer send(int recipients) {
    Answer answer = call(recipients);
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer;
  }

  // What the worker does with a transport that takes it.
  private Message sent(Answer answer) {
    String id = answer.result().path("id").asText();
    long time = Instant.parse(answer.result().path("created_at").asText()).toEpochMilli();
    Message message =
        api.wiring.sends().find(own.inboxId(), new MessageKey(time, id)).orElseThrow();
    Claim claim = api.wiring.sends().claim(account(), message, "one", Optional.empty());
    Message marked = api.wiring.sends().attempting(((Claim.Mine) claim).message()).orElseThrow();
    return api.wiring
        .sends()
        .settle(account(), marked, way -> way.accepted(api.clock.instant(), id, Optional.empty()))
        .orElseThrow();
  }

  private void bounce(Message mail, int recipients) {
    api.wiring
        .newsDesk()
        .report(
            new DeliveryNews(
                DeliveryNews.Kind.BOUNCE,
                new SendTags(mail.accountId(), mail.inboxId(), mail.key(), "one"),
                api.clock.instant(),
                Optional.empty(),
                Optional.empty(),
                IntStream.range(0, recipients)
                    .mapToObj(i ->
                        new DeliveryNews.Recipient(
                            "r" + i + "@example.com", Optional.of("450"), Optional.empty()))
                    .toList(),
                false,
                ""));
  }

  private Account account() {
    String id = api.accountId(own);
    return api.wiring.accounts().find(id).orElseThrow();
  }
}
