package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.delete;
import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.patch;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Call;
import email.daimon.local.services.Usage;
import email.daimon.local.testing.EmulatedServices;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What requests cost: a bound on the calls to tables that each may take, one after the other. */
final class CostTest {
  private final TestApi api = new TestApi();
  private final Usage usage = EmulatedServices.shared().usage();

  @Test
  void requestsStayWithinTheirCalls() {
    var own = api.open("cost-zero");
    String inbox = "/v1/inboxes/" + own.inboxId();
    String mail = "{'to': 'a@example.com', 'subject': 's', 'text': 'x'}";
    api.call(post(inbox + "/send").key(own.inboxKey()).body(mail));
    cost(
        3,
        "create with a key",
        post("/v1/inboxes").key(own.accountKey()).body("{'username': 'cost-one'}"));
    cost(
        4,
        "create with client_id and Idempotency-Key",
        post("/v1/inboxes")
            .key(own.accountKey())
            .header("idempotency-key", "k")
            .body("{'username': 'cost-two', 'client_id': 'c'}"));
    cost(
        2,
        "replay",
        post("/v1/inboxes")
            .key(own.accountKey())
            .header("idempotency-key", "k")
            .body("{'username': 'cost-two', 'client_id': 'c'}"));
    cost(2, "create without a key", post("/v1/inboxes").body("{'username': 'cost-three'}"));
    cost(4, "list inboxes", get("/v1/inboxes").key(own.accountKey()));
    cost(3, "get inbox", get(inbox).key(own.inboxKey()));
    cost(5, "patch inbox", patch(inbox).key(own.inboxKey()).body("{'display_name': 'x'}"));
    cost(5, "get account", get("/v1/account").key(own.accountKey()));
    cost(
        3,
        "send on the free tier, which a remembered account does not refuse alone",
        post(inbox + "/send").key(own.inboxKey()).body(mail));
    cost(3, "make a key", post("/v1/keys").key(own.accountKey()).body("{}"));
    cost(9, "delete inbox", delete(inbox).key(own.accountKey()));
  }

  private void cost(int most, String name, Call call) {
    usage.reset();
    Answer answer = api.call(call);
    double calls =
        usage.snapshot().entrySet().stream()
            .filter(used -> used.getKey().startsWith("dynamodb."))
            .filter(used -> !used.getKey().endsWith("-units"))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    assertThat(answer.status()).isNotEqualTo(500);
    assertThat(calls).as(name).isLessThanOrEqualTo(most);
  }
}
