package email.daimon.functions.webhook;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.webhook.GuardedNames.Names;
import email.daimon.functions.webhook.GuardedNames.RefusedAddressException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Looks, when a URL is set, where its host leads, so that its owner hears of a mistake at once. It
 * protects nobody: every call judges again what it dials.
 */
public final class HostCheck {
  private final GuardedNames names;

  /**
   * @param strict whether this machine itself is refused, as in production
   */
  public HostCheck(boolean strict) {
    this(strict ? AddressGuard.strict() : AddressGuard.local(), InetAddress::getAllByName);
  }

  HostCheck(AddressGuard guard, Names names) {
    this.names = new GuardedNames(requireNonNull(names), requireNonNull(guard));
  }

  /** Why a well-formed URL could never be called; a name that has no address yet may get one. */
  public Optional<String> refusal(URI url) {
    try {
      var _ = names.resolve(url.getHost());
      return Optional.empty();
    } catch (RefusedAddressException _) {
      return Optional.of("leads to an address that is not of the public internet");
    } catch (UnknownHostException _) {
      return Optional.empty();
    }
  }
}
