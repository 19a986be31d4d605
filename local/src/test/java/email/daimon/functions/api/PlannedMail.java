package email.daimon.functions.api;

import email.daimon.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A mail that is to be sent: every fourth goes to several, some have addresses that bounce. */
record PlannedMail(int number) {
  private static final String BOUNCES = "@simulator.amazonses.com";

  static boolean bounces(String address) {
    return address.endsWith(BOUNCES);
  }

  String subject() {
    return "mail " + number;
  }

  private boolean toSeveral() {
    return number % 4 == 1;
  }

  private List<String> to() {
    if (number % 20 == 7) {
      return List.of("bounce+" + number + BOUNCES);
    }
    return toSeveral() ? List.of(named("ann"), named("bob")) : List.of(named("ann"));
  }

  private List<String> cc() {
    if (!toSeveral()) {
      return List.of();
    }
    return List.of(number % 40 == 13 ? "bounce+cc" + number + BOUNCES : named("cleo"));
  }

  // One of them gets many of the mails.
  private List<String> bcc() {
    return toSeveral() ? List.of(named("dan"), "everybody@example.com") : List.of();
  }

  private String named(String name) {
    return name + number + "@example.com";
  }

  /** Each recipient, and which field of the request names it. */
  Map<String, String> recipients() {
    Map<String, String> kinds = new TreeMap<>();
    to().forEach(address -> kinds.put(address, "to"));
    cc().forEach(address -> kinds.put(address, "cc"));
    bcc().forEach(address -> kinds.put(address, "bcc"));
    return kinds;
  }

  /** As the API is asked for it. */
  String request() {
    var body = Json.object().put("subject", subject()).put("text", "hello");
    Map.of("to", to(), "cc", cc(), "bcc", bcc())
        .forEach((field, addresses) -> body.set(field, Json.texts(addresses)));
    return body.toString();
  }
}
