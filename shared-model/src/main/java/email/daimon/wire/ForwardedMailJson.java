package email.daimon.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.ForwardedMail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an attached mail is about, as the API shows it and as it is stored. */
public final class ForwardedMailJson {
  private ForwardedMailJson() {}

  /** As it is shown. */
  public static ObjectNode of(ForwardedMail mail) {
    ObjectNode json = Json.object();
    json.put("subject", mail.subject());
    add(json.putArray("from"), mail.from());
    add(json.putArray("to"), mail.to());
    json.set("date", Json.text(mail.date().map(Instant::toString)));
    json.set("message_id", Json.text(mail.messageId()));
    json.put("preview", mail.preview());
    return json;
  }

  /** Reads what {@link #of} wrote. */
  public static ForwardedMail read(JsonNode json) {
    return new ForwardedMail(
        json.path("subject").asText(),
        texts(json.path("from")),
        texts(json.path("to")),
        text(json, "date").map(Instant::parse),
        text(json, "message_id"),
        json.path("preview").asText());
  }

  private static void add(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.ofNullable(json.get(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }
}
