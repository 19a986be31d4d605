package email.daimon.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.store.SigningSecrets;
import email.daimon.model.Tier;
import email.daimon.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The link that an agent hands to its operator: a JSON Web Token (RFC 7519, HS256) that names
 * account and tier and is good for seven days.
 */
final class UpgradeLinks {
  private static final Duration GOOD_FOR = Duration.ofDays(7);
  private static final String HEADER =
      Signatures.base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8));
  private final Signatures signatures;
  private final URI publicUrl;

  UpgradeLinks(SigningSecrets secrets, URI publicUrl) {
    this.signatures = new Signatures(secrets);
    this.publicUrl = requireNonNull(publicUrl, "publicUrl is null");
  }

  /** What the operator gets with it: completes "Add a payment method to …" and "I need …". */
  record Want(String purpose, String need) {
    static final Want SENDING = new Want("enable sending", "sending access");
    static final Want WEBHOOKS = new Want("enable webhooks", "webhooks");
    static final Want DOMAINS = new Want("enable custom domains", "a custom domain");
    static final Want SMTP = new Want("enable SMTP submission", "SMTP access");
    static final Want INBOXES = new Want("create more inboxes", "more inboxes");
  }

  ObjectNode context(String accountId, Want want, Instant now) {
    String template =
        "Tell your operator: I need " + want.need + ". Here's a direct upgrade link: {url}";
    String url = url(accountId, Tier.DEVELOPER, now);
    return Json.object()
        .put("operator_action_url", url)
        .put("operator_action_label", "Add a payment method to " + want.purpose)
        .put("agent_script", template.replace("{url}", url))
        .put("agent_script_template", template);
  }

  String url(String accountId, Tier target, Instant now) {
    ObjectNode claims =
        Json.object()
            .put("account_id", accountId)
            .put("target_tier", target.wireName())
            .put("exp", now.plus(GOOD_FOR).getEpochSecond());
    String signed = HEADER + "." + Signatures.base64(Json.bytes(claims));
    return publicUrl + "/upgrade?token=" + signed + "." + signatures.sign(signed, now);
  }

  /** What a link's token says; empty where it is not ours or too old. */
  Optional<Link> read(String token, Instant now) {
    int dot = token.lastIndexOf('.');
    if (dot < 0
        || !token.startsWith(HEADER + ".")
        || !signatures.good(token.substring(0, dot), token.substring(dot + 1), now)) {
      return Optional.empty();
    }
    try {
      JsonNode claims =
          Json.parse(Base64.getUrlDecoder().decode(token.substring(HEADER.length() + 1, dot)));
      if (claims.path("exp").longValue() < now.getEpochSecond()) {
        return Optional.empty();
      }
      return Tier.parse(claims.path("target_tier").asText())
          .map(tier -> new Link(claims.path("account_id").asText(), tier));
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** What was promised. */
  record Link(String accountId, Tier target) {}
}
