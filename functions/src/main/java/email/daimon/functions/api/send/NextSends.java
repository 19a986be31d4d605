package email.daimon.functions.api.send;

import email.daimon.functions.api.MessageResource;
import email.daimon.model.Message;
import java.util.ArrayList;
import java.util.List;

/** What may be done with a mail after it was asked for. */
final class NextSends {
  private NextSends() {}

  static String[] steps(List<String> advice, Message message) {
    String path = MessageResource.path(message);
    List<String> steps = new ArrayList<>(advice);
    switch (message.outgoing().orElseThrow().state()) {
      case SCHEDULED -> {
        steps.add("Move it with PATCH " + path + " and send_at");
        steps.add("Take it back before it is sent with DELETE " + path);
      }
      case QUEUED -> steps.add("Take it back while it is queued with DELETE " + path);
      default -> {
        // it can no longer be changed
      }
    }
    steps.add("See what became of it at each recipient with GET " + path);
    steps.add(
        "Read the conversation with GET /v1/inboxes/"
            + message.inboxId()
            + "/threads/"
            + message.threadId());
    return steps.toArray(String[]::new);
  }
}
