package email.daimon.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.store.Hash;
import email.daimon.functions.store.SigningSecrets;
import email.daimon.functions.store.TierChange;
import email.daimon.model.Tier;
import email.daimon.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * The link that an agent hands to its operator: a JSON Web Token (RFC 7519, HS256) that names
 * account and tier and is good for seven days.
 */
public final class UpgradeLinks {
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
  public record Want(String purpose, String need) {
    public static final Want SENDING = new Want("enable sending", "sending access");
    public static final Want WEBHOOKS = new Want("enable webhooks", "webhooks");
    public static final Want DOMAINS = new Want("enable custom domains", "a custom domain");
    public static final Want SMTP = new Want("enable SMTP submission", "SMTP access");
    public static final Want INBOXES = new Want("create more inboxes", "more inboxes");

    static Want of(Tier tier) {
      return new Want("get the " + tier.wireName() + " tier", "the " + tier.wireName() + " tier");
    }
  }

  ObjectNode context(String accountId, Want want, Instant now) {
    return context(accountId, want, Tier.DEVELOPER, now);
  }

  ObjectNode context(String accountId, Want want, Tier target, Instant now) {
    String template =
        "Tell your operator: I need " + want.need + ". Here's a direct upgrade link: {url}";
    String url = url(accountId, target, now);
    return Json.object()
        .put("operator_action_url", url)
        .put("operator_action_label", "Add a payment method to " + want.purpose)
        .put("agent_script", template.replace("{url}", url))
        .put("agent_script_template", template);
  }

  String url(String accountId, Tier target, Instant now) {
    return publicUrl + "/upgrade?token=" + token(accountId, target, now);
  }

  /** Until when a link that is made now is good, in whole seconds as its token has it. */
  static Instant expiry(Instant now) {
    return now.plus(GOOD_FOR).truncatedTo(ChronoUnit.SECONDS);
  }

  private String token(String accountId, Tier target, Instant now) {
    ObjectNode claims =
        Json.object()
            .put("account_id", accountId)
            .put("target_tier", target.wireName())
            .put("exp", expiry(now).getEpochSecond());
    String signed = HEADER + "." + Signatures.base64(Json.bytes(claims));
    return signed + "." + signatures.sign(signed, now);
  }

  /** What a link's token says. */
  Reading read(String token, Instant now) {
    int dot = token.lastIndexOf('.');
    if (dot < 0
        || !token.startsWith(HEADER + ".")
        || !signatures.good(token.substring(0, dot), token.substring(dot + 1), now)) {
      return new Reading.Forged();
    }
    try {
      JsonNode claims =
          Json.parse(Base64.getUrlDecoder().decode(token.substring(HEADER.length() + 1, dot)));
      Instant expiresAt = Instant.ofEpochSecond(claims.path("exp").longValue());
      if (expiresAt.isBefore(now)) {
        return new Reading.Expired();
      }
      return Tier.parse(claims.path("target_tier").asText())
          .<Reading>map(tier ->
              new Reading.Good(
                  claims.path("account_id").asText(),
                  tier,
                  new TierChange.Link(Hash.sha256(token), expiresAt)))
          .orElseGet(Reading.Forged::new);
    } catch (IOException | IllegalArgumentException _) {
      return new Reading.Forged();
    }
  }

  /** What a token turns out to be. */
  sealed interface Reading {
    /** Ours: this account may be raised to this tier. */
    record Good(String accountId, Tier target, TierChange.Link link) implements Reading {}

    /** Ours, but older than seven days. */
    record Expired() implements Reading {}

    /** Not ours. */
    record Forged() implements Reading {}
  }
}
