package email.daimon.functions.api;

import email.daimon.model.ReceiveRules;
import email.daimon.policy.DisplayNames;
import email.daimon.policy.OwnAddress;
import email.daimon.policy.Usernames;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what a caller may set about an inbox; says what is wrong with it. */
final class InboxFields {
  private static final int MOST_PAIRS = 20;
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_VALUE = 500;
  private final Fields body;

  InboxFields(Fields body) {
    this.body = body;
  }

  /** Whether a field is there that only an account key may set. */
  boolean bindsTheInbox() {
    return List.of("metadata", "daily_send_limit", "receive_rules").stream().anyMatch(body::has);
  }

  /** {@code username}, or {@code address} with or without domain. */
  String username() {
    Optional<String> address = body.text("address");
    Optional<String> username = body.text("username");
    String name = username.or(() -> address.map(InboxFields::localPart)).orElse("");
    if (username.isPresent() && address.isPresent() && !localPart(address.get()).equals(name)) {
      body.problem("address", "disagrees with username");
    }
    if (body.any("username").isEmpty() && body.any("address").isEmpty()) {
      body.problem("username", "is needed");
    } else if (!Usernames.wellFormed(name)) {
      body.problem(
          username.isPresent() ? "username" : "address",
          "is 3 to 32 lower-case letters, digits and hyphens, the first and last no hyphen");
    }
    return name;
  }

  /** {@code domain}, or the domain of {@code address}. */
  Optional<String> domain() {
    Optional<String> ofAddress =
        body.text("address").filter(a -> a.contains("@")).map(a -> a.substring(a.indexOf('@') + 1));
    Optional<String> domain = body.text("domain");
    if (ofAddress.isPresent()
        && domain.isPresent()
        && !ofAddress.get().equalsIgnoreCase(domain.get())) {
      body.problem("domain", "disagrees with address");
    }
    return domain
        .or(() -> ofAddress)
        .map(name -> {
          Optional<String> ascii = OwnAddress.domain(name);
          if (ascii.isEmpty()) {
            body.problem("domain", "is no domain name");
          }
          return ascii.orElse("").toLowerCase(Locale.ROOT);
        });
  }

  Optional<String> clientId() {
    return body.clientId();
  }

  Optional<String> displayName() {
    Optional<String> name = body.text("display_name");
    if (name.filter(given -> !DisplayNames.allowed(given)).isPresent()) {
      body.problem(
          "display_name",
          "is 1 to " + DisplayNames.LONGEST + " characters, none of them @, control or bidi");
    }
    return name;
  }

  Map<String, String> metadata() {
    Map<String, String> pairs = body.pairs("metadata").orElse(Map.of());
    if (pairs.size() > MOST_PAIRS) {
      body.problem("metadata", "has at most " + MOST_PAIRS + " pairs");
    }
    pairs.forEach((name, value) -> {
      if (name.isEmpty() || name.length() > LONGEST_NAME) {
        body.problem("metadata." + name, "has a name of 1 to " + LONGEST_NAME + " characters");
      }
      if (value.length() > LONGEST_VALUE) {
        body.problem("metadata." + name, "has at most " + LONGEST_VALUE + " characters");
      }
    });
    return pairs;
  }

  OptionalInt dailySendLimit() {
    return body.number("daily_send_limit", 0, 1_000_000);
  }

  ReceiveRules receiveRules() {
    return ReceiveRuleFields.read(body);
  }

  private static String localPart(String address) {
    int at = address.indexOf('@');
    return at < 0 ? address : address.substring(0, at);
  }
}
