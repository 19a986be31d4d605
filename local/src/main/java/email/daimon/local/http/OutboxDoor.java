package email.daimon.local.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import email.daimon.local.ses.Outbox;
import email.daimon.local.ses.OutgoingMail;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Shows what left for addresses outside, as SES would have sent it. */
public final class OutboxDoor {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;
  private final Outbox outbox;

  private record Entry(
      String id,
      String at,
      String from,
      List<String> recipients,
      String subject,
      @JsonProperty("message_id") String messageId,
      long size) {
    static Entry of(OutgoingMail mail) {
      return new Entry(
          mail.id(),
          mail.acceptedAt().toString(),
          mail.source(),
          mail.outside(),
          mail.subject(),
          mail.messageId(),
          mail.size());
    }
  }

  public OutboxDoor(Outbox outbox) {
    this.outbox = Objects.requireNonNull(outbox);
  }

  Reply list(Call call) {
    Map<String, List<String>> parameters = call.parameters();
    for (String name : parameters.keySet()) {
      if (!List.of("limit", "before").contains(name)) {
        throw Refusal.invalid("Unknown parameter " + name, "There are limit and before.");
      }
    }
    String limit = parameters.getOrDefault("limit", List.of(Integer.toString(USUAL))).getFirst();
    if (!limit.matches("[1-9][0-9]{0,3}") || Integer.parseInt(limit) > MOST) {
      throw Refusal.invalid("limit is no number from 1 to 1000", "Leave it out for 100.");
    }
    Optional<String> before = parameters.getOrDefault("before", List.of()).stream().findFirst();
    List<Entry> mails =
        outbox.list(before, Integer.parseInt(limit)).stream().map(Entry::of).toList();
    return Reply.json(200, Map.of("mails", mails));
  }

  Reply raw(Call call) {
    String id = Call.decoded(call.path().split("/")[3]);
    return (id.matches("[0-9a-f-]+") ? outbox.raw(id) : Optional.<byte[]>empty())
        .map(mail ->
            new Reply(
                200, Map.of("Content-Type", List.of("message/rfc822")), ByteBuffer.wrap(mail)))
        .orElseThrow(
            () -> Refusal.notFound("No mail " + id, "GET /dev/outbox lists those there are."));
  }

  Reply clear() {
    return Reply.json(200, Map.of("cleared", outbox.clear()));
  }
}
