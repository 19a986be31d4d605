package email.daimon.local.wiring;

import com.fasterxml.jackson.databind.JsonNode;

/** The part of the story in which an agent reads its mail, waits for it and tidies it up. */
final class ReadingStory {
  private final Customer customer;
  private final String inbox;

  ReadingStory(Customer customer, String inbox) {
    this.customer = customer;
    this.inbox = inbox;
  }

  void reading() {
    JsonNode list = customer.get(inbox + "/messages?limit=100");
    String file = Customer.named(list, "File");
    customer.get(inbox + "/messages?limit=2&unread=true");
    customer.get(inbox + "/messages?include_flagged=true");
    customer.get(inbox + "/messages/" + Customer.named(list, "Long"));
    customer.get(inbox + "/messages/" + file);
    customer.patch(inbox + "/messages/" + file, "{'labels': ['mine'], 'read': true}");
    customer.post(inbox + "/messages/" + Customer.named(list, "Code") + "/read", "");
    customer.get(inbox + "/messages/" + file + "/raw");
    String attachment =
        customer.get(inbox + "/messages/" + file + "/attachments").findPath("id").asText();
    customer.get(inbox + "/messages/" + file + "/attachments/" + attachment);
    JsonNode threads = customer.get(inbox + "/threads?unread=true");
    customer.get("/v1/threads?limit=2");
    customer.get("/v1/threads?search=First");
    String thread = customer.get(inbox + "/messages/" + file).path("thread_id").asText();
    String path = inbox + "/threads/" + thread;
    customer.get(path);
    customer.get(path + "/messages/" + file + "/attachments/" + attachment);
    for (int i = 0; i < 2; i++) {
      customer.call(
          "POST",
          path + "/labels",
          "{'label': 'x'}",
          "Idempotency-Key",
          "label",
          "Content-Type",
          "application/json");
      customer.answer(
          "POST",
          path + "/labels",
          "{'label': 5}",
          "Idempotency-Key",
          "bad",
          "Content-Type",
          "application/json");
    }
    customer.delete(path + "/labels/x");
    customer.patch(path, "{'labels': ['y']}");
    customer.get(inbox + "/threads?label=y");
    customer.get(inbox + "/codes");
    customer.get(inbox + "/codes/wait?timeout=1&after=2020-01-01T00:00:00Z");
    JsonNode code =
        customer.post(inbox + "/codes/wait", "{'consumer': 'me', 'after': '2020-01-01T00:00:00Z'}");
    customer.answer(
        "POST", inbox + "/codes/" + code.path("id").asText() + "/consume", "{'consumer': 'me'}");
    customer.get(inbox + "/messages/wait?timeout=1&from=nobody@nowhere.example");
    customer.get(inbox + "/codes/wait?timeout=1&from=nobody@nowhere.example");
    JsonNode events = customer.get("/v1/events?limit=2");
    customer.get(
        "/v1/events?wait=1&limit=2&cursor="
            + events.path("cursor").asText(events.path("next_cursor").asText()));
    customer.get("/v1/events?inbox_id=" + inbox.substring(12));
    customer.delete(inbox + "/messages/" + Customer.named(list, "Left"));
  }
}
