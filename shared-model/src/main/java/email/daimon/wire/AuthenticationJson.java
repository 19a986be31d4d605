package email.daimon.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.Authentication;
import email.daimon.model.Authentication.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known of who sent a mail, as the API shows it and as it is stored. */
public final class AuthenticationJson {
  private AuthenticationJson() {}

  public static ObjectNode of(Authentication authentication) {
    ObjectNode json = Json.object();
    json.put("spf", authentication.spf());
    ArrayNode dkim = json.putArray("dkim");
    authentication
        .dkim()
        .forEach(one -> dkim.addObject().put("domain", one.domain()).put("result", one.result()));
    json.put("dmarc", authentication.dmarc());
    json.set("aligned_domain", Json.text(authentication.alignedDomain()));
    json.put("evidence", authentication.evidence());
    return json;
  }

  /** Reads what {@link #of} wrote; empty where nothing is there. */
  public static Optional<Authentication> read(JsonNode json) {
    if (!json.isObject()) {
      return Optional.empty();
    }
    List<Signature> dkim = new ArrayList<>();
    json.path("dkim")
        .forEach(one ->
            dkim.add(new Signature(one.path("domain").asText(), one.path("result").asText())));
    return Optional.of(
        new Authentication(
            json.path("spf").asText(),
            dkim,
            json.path("dmarc").asText(),
            Optional.ofNullable(json.get("aligned_domain"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText),
            json.path("evidence").asText()));
  }
}
