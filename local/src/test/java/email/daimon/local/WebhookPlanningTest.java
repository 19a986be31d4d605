package email.daimon.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import email.daimon.functions.Wiring;
import email.daimon.functions.store.EventHistory;
import email.daimon.functions.store.Webhooks.Creation;
import email.daimon.functions.store.Webhooks.NewWebhook;
import email.daimon.model.Event;
import email.daimon.model.Ids;
import email.daimon.model.SealedBytes;
import email.daimon.model.WebhookDelivery;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From a mail at the SMTP door to what webhooks are to be told of it, with the table's stream. */
final class WebhookPlanningTest {
  @Test
  void aMailIsPlannedAtOnceAndAReplanAddsWhatIsMissing() throws Exception {
    try (ReceivingInbox inbox = ReceivingInbox.open("agent")) {
      Wiring wiring = inbox.daimon().wiring();
      String webhook = webhook(inbox, "wh_0000000000000000000001", "message.received");
      List<Duration> latencies = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        inbox.send(mail(i));
        int wanted = i;
        await().until(() -> events(inbox).size() == wanted);
        Event event = events(inbox).getLast();
        await().until(() -> wiring.hooks().deliveries().find(webhook, event.id()).isPresent());
        WebhookDelivery row = wiring.hooks().deliveries().find(webhook, event.id()).orElseThrow();
        latencies.add(Duration.between(event.at(), row.createdAt()));
        assertThat(new String(wiring.hooks().eventBodies().find(event.id()).orElseThrow(), UTF_8))
            .contains("\"subject\":\"Mail " + i + "\"")
            .contains("\"text_body\":\"Hello " + i);
      }
      // The bound is for a loaded machine; left alone it is about ten milliseconds.
      latencies.sort(null);
      assertThat(latencies.get(latencies.size() / 2)).isLessThan(Duration.ofMillis(500));

      String late = webhook(inbox, "wh_0000000000000000000002", "message.received");
      Event first = events(inbox).getFirst();
      assertThat(wiring.hooks().deliveries().find(late, first.id())).isEmpty();
      assertThat(admin(inbox, "--since", first.at().toString())).contains("3 events");
      for (Event event : events(inbox)) {
        assertThat(wiring.hooks().deliveries().find(late, event.id())).isPresent();
      }
    }
  }

  private static byte[] mail(int number) {
    return "From: a@sender.example\nSubject: Mail %d\nMessage-ID: <%d@x>\n\nHello %d\n"
        .formatted(number, number, number)
        .getBytes(UTF_8);
  }

  private static String admin(ReceivingInbox inbox, String... flags) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> line = new ArrayList<>(List.of("replan"));
    line.addAll(List.of(flags));
    line.addAll(List.of("--port", Integer.toString(inbox.daimon().apiUrl().getPort())));
    PrintStream print = new PrintStream(out, true, UTF_8);
    int code = new AdminCommand(Map.of(), _ -> null, print, print).run(line.toArray(String[]::new));
    assertThat(code).as(out.toString(UTF_8)).isZero();
    return out.toString(UTF_8);
  }

  private static List<Event> events(ReceivingInbox inbox) {
    Wiring wiring = inbox.daimon().wiring();
    List<Event> events = new ArrayList<>();
    Instant now = wiring.clock().instant();
    new EventHistory(wiring.mail())
        .read(
            wiring.accounts().find(account(inbox)).orElseThrow(),
            now.minusSeconds(3_600),
            now.plusSeconds(60),
            page ->
                page.stream()
                    .filter(event -> event.type().equals("message.received"))
                    .forEach(events::add));
    return events;
  }

  private static String account(ReceivingInbox inbox) {
    return inbox.daimon().wiring().inboxes().find(inbox.id()).orElseThrow().accountId();
  }

  private static String webhook(ReceivingInbox inbox, String id, String type) {
    Wiring wiring = inbox.daimon().wiring();
    SealedBytes sealed = new SealedBytes(Ids.firstAt("x", Instant.EPOCH).getBytes(UTF_8));
    assertThat(
            wiring
                .hooks()
                .webhooks()
                .create(
                    new NewWebhook(
                        id,
                        account(inbox),
                        Optional.of(inbox.id()),
                        "https://example.com/hook",
                        Set.of(type),
                        sealed,
                        sealed,
                        Optional.empty(),
                        Map.of(),
                        wiring.clock().instant(),
                        _ -> {})))
        .isInstanceOf(Creation.Created.class);
    return id;
  }
}
