package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.wire.TokenEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reading for those who pay by the token. */
final class LeanReadingTest {
  private static final int MAILS = 8;
  private final TestApi api = new TestApi();
  private final Postman postman = new Postman(api);
  private final Opened agent = api.open("lean-reader");
  private final String inbox = "/v1/inboxes/" + agent.inboxId();

  @Test
  void aCompactThreadHoldsWhatIsNewAlone() {
    String thread = converse();
    JsonNode full = ok(inbox + "/threads/" + thread).path("thread");
    JsonNode compact = ok(inbox + "/threads/" + thread + "?view=compact").path("thread");

    assertThat(compact.path("messages")).hasSize(MAILS);
    assertThat(compact.at("/messages/3/reply_body").asText()).startsWith("Answer number 3");
    assertThat(compact.toString()).doesNotContain("> Answer").doesNotContain("headers");
    assertThat(TokenEstimate.of(compact)).isLessThan(TokenEstimate.of(full) / 3);
    JsonNode threads = ok(inbox + "/threads?view=compact").path("threads");
    assertThat(threads.get(0).has("thread_id")).isFalse();
    assertThat(threads.get(0).path("message_count").asInt()).isEqualTo(MAILS);
  }

  @Test
  void aCompactMessageHoldsWhatIsNewAlone() {
    converse();
    String id = ok(inbox + "/messages?limit=1").at("/messages/0/id").asText();
    JsonNode message = ok(inbox + "/messages/" + id + "?view=compact");
    assertThat(message.path("reply_body").asText()).startsWith("Answer number 7");
    assertThat(message.path("reply_body").asText()).doesNotContain("number 6");
    assertThat(message.at("/trust/words").size()).isPositive();
    assertThat(message.has("text_body")).isFalse();
    assertThat(message.has("html_body")).isFalse();
    assertThat(
            api.call(get(inbox + "/messages/" + id + "?view=short").key(agent.inboxKey())).status())
        .isEqualTo(400);
  }

  @Test
  void aThreadWithinABudgetSaysWhatItCutAndGoesOnByItsCursor() {
    String thread = converse();
    String route = inbox + "/threads/" + thread + "?max_tokens=";
    JsonNode whole = ok(route + 100_000).path("thread");
    assertThat(whole.path("cut")).isEmpty();
    assertThat(whole.at("/messages/7/text_body").asText()).contains("> Answer number 6");

    JsonNode some = ok(route + 1_500).path("thread");
    assertThat(some.path("tokens").asInt()).isLessThanOrEqualTo(1_600);
    assertThat(some.at("/cut/0/what/0").asText()).isEqualTo("quoted");
    assertThat(some.path("messages").get(some.path("messages").size() - 1).toString())
        .contains("Answer number 7");

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = ok(route + 400 + cursor).path("thread");
      List<String> ids = new ArrayList<>(page.path("messages").findValuesAsText("id"));
      ids.removeIf(id -> !id.startsWith("msg_"));
      seen.addAll(ids.reversed());
      assertThat(ids).isNotEmpty();
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.isEmpty());
    assertThat(seen).hasSize(MAILS).doesNotHaveDuplicates();
  }

  @Test
  void aCursorIsOfItsThreadAlone() {
    String thread = converse();
    postman.bring("lean-reader", Postman.plain("other", "Other", "Words"));
    String other = ok(inbox + "/threads").at("/threads/0/id").asText();
    String cursor =
        ok(inbox + "/threads/" + thread + "?max_tokens=100").at("/thread/next_cursor").asText();
    Answer foreign =
        api.call(get(inbox + "/threads/" + other + "?cursor=" + cursor).key(agent.inboxKey()));
    assertThat(foreign.status()).isEqualTo(400);
  }

  @Test
  void aShownMessageIsADocumentForAFrameAndWhatToSayBesideIt() {
    postman.bring(
        "lean-reader",
        Postman.plain(
            "html",
            "Hello",
            "<p onclick=x()>Look <a href='https://evil.example/'>here</a></p><script>x()</script>"
                + "<img src='https://t.example/p.gif'>",
            "MIME-Version: 1.0",
            "Content-Type: text/html; charset=utf-8"));
    String id = ok(inbox + "/messages?limit=1").at("/messages/0/id").asText();
    JsonNode shown = ok(inbox + "/messages/" + id + "?view=shown");
    assertThat(shown.path("shown_html").asText())
        .contains("<p>Look <a href=\"https://evil.example/\"", "img-src 'none'")
        .doesNotContain("script>", "onclick", "t.example");
    assertThat(shown.path("blocked_images").asInt()).isEqualTo(1);
    assertThat(shown.path("hidden").isArray()).isTrue();
    assertThat(shown.path("injection").isArray()).isTrue();
    JsonNode asked = ok(inbox + "/messages/" + id + "?view=shown&images=true");
    assertThat(asked.path("shown_html").asText()).contains("https://t.example/p.gif");

    postman.bring("lean-reader", Postman.plain("plain", "Plain", "Words"));
    String plain = ok(inbox + "/messages?limit=1").at("/messages/0/id").asText();
    JsonNode text = ok(inbox + "/messages/" + plain + "?view=shown");
    assertThat(text.path("shown_html").isNull()).isTrue();
    assertThat(text.path("visible_text").asText()).isEqualTo("Words\n");

    postman.bring(
        "lean-reader",
        Postman.plain("virus", "Virus", "<b>x</b>", "Content-Type: text/html"),
        Map.of("virus", "FAIL"));
    String virus =
        ok(inbox + "/messages?limit=1&include_flagged=true").at("/messages/0/id").asText();
    JsonNode held = ok(inbox + "/messages/" + virus + "?view=shown");
    assertThat(held.path("shown_html").isNull()).isTrue();
    assertThat(held.path("reply_body").asText()).isEmpty();
  }

  /** A conversation in which each quotes all before it. */
  private String converse() {
    String before = "";
    for (int i = 0; i < MAILS; i++) {
      String text = "Answer number " + i + ". " + "It is so. ".repeat(20).strip();
      String quoted =
          before.isEmpty()
              ? ""
              : "\n\nOn Mon, 16 Mar 2026 at 10:40, Alice <alice@example.org> wrote:\n> "
                  + before.replace("\n", "\n> ");
      String[] fields =
          i == 0 ? new String[0] : new String[] {"In-Reply-To: <m" + (i - 1) + "@example.org>"};
      postman.bring("lean-reader", Postman.plain("m" + i, "Re: Answers", text + quoted, fields));
      before = text + quoted;
    }
    return ok(inbox + "/threads").at("/threads/0/id").asText();
  }

  private JsonNode ok(String target) {
    Answer answer = api.call(get(target).key(agent.inboxKey()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.result();
  }
}
