package email.daimon.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import email.daimon.functions.Settings;
import email.daimon.functions.store.Inboxes.Allowance;
import email.daimon.wire.ErrorCode;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Who may open an account: everybody, who knows the token, nobody; and how often. */
final class Signup {
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final int NETWORK_BYTES = 8;
  private static final int IPV6_BYTES = 16;
  private final Settings settings;

  Signup(Settings settings) {
    this.settings = requireNonNull(settings, "settings is null");
  }

  void refuseUnlessOpen(Request request) {
    switch (settings.signup()) {
      case OPEN -> {}
      case TOKEN -> {
        String given = request.header("x-signup-token").orElse("");
        boolean good =
            settings
                .signupToken()
                .map(token -> MessageDigest.isEqual(token.getBytes(UTF_8), given.getBytes(UTF_8)))
                .orElse(false);
        if (!good) {
          throw new ApiException(
              ErrorCode.SIGNUP_TOKEN_REQUIRED,
              "Without an account key this deployment wants its signup token.",
              "Send X-Signup-Token with the token that the operator has, or an account key.");
        }
      }
      case CLOSED ->
          throw new ApiException(
              ErrorCode.SIGNUP_CLOSED,
              "This deployment opens no accounts.",
              "Ask its operator for an account key.");
    }
  }

  Optional<Allowance> allowance(Request request) {
    return settings.creationLimit().stream()
        .mapToObj(most -> new Allowance(network(request.sourceIp()), most, WINDOW))
        .findFirst();
  }

  // A household or a host has a whole /64 of IPv6: its addresses count as one.
  static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return bytes.length == IPV6_BYTES
          ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES)) + "/64"
          : address;
    } catch (IllegalArgumentException _) {
      return address;
    }
  }
}
