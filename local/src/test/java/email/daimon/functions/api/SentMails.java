package email.daimon.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.local.ses.Outbox;
import email.daimon.model.Message;
import email.daimon.model.Outgoing;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What became of the mails, by the outbox of SES, by the API and by the store, and whether the
 * three agree: each mail by itself, recipient by recipient.
 */
final class SentMails {
  private final TestApi api;
  private final TestApi.Opened own;
  private final SendAttempts attempts;
  // By subject, then by recipient: how many copies left.
  private final Map<String, Map<String, Integer>> copies = new HashMap<>();
  private final Map<String, String> attemptThatLeft = new HashMap<>();
  private final Map<String, Set<String>> inDoubt;
  private final Map<String, Integer> ends = new TreeMap<>();
  private final Map<Instant, Integer> quota = new TreeMap<>();

  SentMails(TestApi api, TestApi.Opened own, Outbox outbox, SendAttempts attempts) {
    this.api = api;
    this.own = own;
    this.attempts = attempts;
    assertThat(attempts.unmarked()).as("calls of SES without the mark").isEmpty();
    inDoubt = attempts.inDoubt();
    outbox
        .list(Optional.empty(), Integer.MAX_VALUE)
        .forEach(mail -> {
          Map<String, Integer> ofMail =
              copies.computeIfAbsent(mail.subject(), _ -> new TreeMap<>());
          mail.recipients().forEach(to -> ofMail.merge(to, 1, Integer::sum));
          attemptThatLeft.put(mail.subject(), mail.tags().get("attempt"));
        });
  }

  /**
   * Checks them all.
   *
   * @param ids of the mails, by their numbers
   * @return the table of how they ended
   */
  String check(List<String> ids) {
    copies.forEach((subject, ofMail) ->
        assertThat(ofMail.values()).as("copies of " + subject + " " + ofMail).containsOnly(1));
    assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    for (int number = 0; number < ids.size(); number++) {
      check(new PlannedMail(number), ids.get(number));
    }
    assertThat(copies.keySet()).as("mails that nobody asked for").hasSize(taken());
    checkQuota(ids.getFirst());
    return table(ids.size());
  }

  private void check(PlannedMail mail, String id) {
    Message stored = stored(id);
    Outgoing way = stored.outgoing().orElseThrow();
    TestApi.Answer answer =
        api.call(
            TestApi.get("/v1/inboxes/" + own.inboxId() + "/messages/" + id).key(own.inboxKey()));
    assertThat(answer.status()).isEqualTo(200);
    JsonNode shown = answer.result();
    String status = shown.path("status").asText();
    assertThat(status).isEqualTo(stored.status());
    assertThat(shown.path("subject").asText()).isEqualTo(mail.subject());
    Map<String, String> kinds = new TreeMap<>();
    Map<String, String> fates = new TreeMap<>();
    for (JsonNode one : shown.path("recipients")) {
      String address = one.path("address").asText();
      kinds.put(address, one.path("kind").asText());
      fates.put(address, one.path("status").asText());
    }
    assertThat(kinds).isEqualTo(mail.recipients());
    assertThat(fates).as("%s, %s", id, status).isEqualTo(fates(mail, status));
    way.counted().ifPresent(use -> quota.merge(use.day(), use.recipients(), Integer::sum));
    assertThat(inDoubt.getOrDefault(id, Set.of()))
        .as("attempts of %s that left a doubt; none may follow them", id)
        .isSubsetOf(way.attempt());
    String left = attemptThatLeft.get(mail.subject());
    switch (status) {
      case "sent", "bounced" -> {
        assertThat(copies.get(mail.subject()))
            .as("recipients of " + id)
            .containsOnlyKeys(mail.recipients().keySet());
        assertThat(left)
            .as("the attempt that is said to have been the one")
            .isEqualTo(way.attempt());
        end(status);
      }
      case "failed" -> {
        assertThat(left).as("failed, and yet sent").isNull();
        assertThat(attempts.refused(way.attempt())).as("%s was refused", id).isTrue();
        end("failed: SES refused it");
      }
      case "unknown" -> {
        assertThat(left).as("told by SES, yet unknown").isNull();
        end("unknown: " + why(id, way.attempt()));
      }
      default -> throw new AssertionError(id + " is " + status);
    }
  }

  // What is to be read of each recipient at the end.
  private static Map<String, String> fates(PlannedMail mail, String status) {
    Map<String, String> fates = new TreeMap<>();
    for (String address : mail.recipients().keySet()) {
      String arrived = PlannedMail.bounces(address) ? "bounced" : "delivered";
      fates.put(
          address,
          switch (status) {
            case "failed" -> "failed";
            case "unknown" -> "pending";
            default -> arrived;
          });
    }
    boolean delivered = fates.containsValue("delivered");
    assertThat(status).isNotEqualTo(delivered ? "bounced" : "sent");
    return fates;
  }

  private String why(String id, String attempt) {
    if (attempts.unanswered(attempt)) {
      return "SES gave no answer in its attempt";
    }
    assertThat(attempts.killed(attempt)).as("%s is unknown without a cause", id).isTrue();
    return "the worker was killed within its attempt";
  }

  private void end(String how) {
    ends.merge(how, 1, Integer::sum);
  }

  private int taken() {
    return ends.getOrDefault("sent", 0) + ends.getOrDefault("bounced", 0);
  }

  // No kill leaves counted what was not stored, nor uncounted what was.
  private void checkQuota(String id) {
    String account = stored(id).accountId();
    assertThat(quota).isNotEmpty();
    quota.forEach((day, recipients) ->
        assertThat(api.wiring.sendQuota().used(account, day)).isEqualTo(recipients.longValue()));
  }

  private Message stored(String id) {
    return api.wiring.mailbox().message(own.inboxId(), id).orElseThrow();
  }

  private String table(int mails) {
    long recipients = copies.values().stream().mapToLong(Map::size).sum();
    StringBuilder text = new StringBuilder("| counted | |\n|---|---|\n");
    text.append("| mails asked for | %d |%n".formatted(mails));
    text.append("| taken by SES, each once | %d |%n".formatted(copies.size()));
    text.append("| their recipients, each with one copy | %d |%n".formatted(recipients));
    ends.forEach((how, number) -> text.append("| %s | %d |%n".formatted(how, number)));
    return text.toString();
  }
}
