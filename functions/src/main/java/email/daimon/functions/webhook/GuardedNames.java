package email.daimon.functions.webhook;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Addresses of names, for one client alone: asked for once a call, each judged, and only those that
 * were judged are dialled. One refused address refuses the name.
 */
final class GuardedNames implements DnsResolver {
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final int MOST_DIALLED = 3;
  private final Names names;
  private final AddressGuard guard;
  // Looking up blocks in native code: not on the threads that carry the virtual ones.
  private final ExecutorService lookUps =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("webhook-names-", 0).factory());

  /** What knows addresses, as {@link InetAddress#getAllByName}. */
  interface Names {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  /** A name that leads where no call may go. */
  static final class RefusedAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    RefusedAddressException(String message) {
      super(message);
    }
  }

  GuardedNames(Names names, AddressGuard guard) {
    this.names = requireNonNull(names, "names is null");
    this.guard = requireNonNull(guard, "guard is null");
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    List<InetAddress> judged = new ArrayList<>();
    for (InetAddress address : lookUp(host)) {
      Optional<String> refusal = guard.refusal(address);
      if (refusal.isPresent()) {
        throw new RefusedAddressException(host + " is at a refused address: " + refusal.get());
      }
      judged.add(InetAddress.getByAddress(host, address.getAddress()));
    }
    if (judged.isEmpty()) {
      throw new UnknownHostException(host + " has no address");
    }
    // Lambda has no way to IPv6 outside of a VPC.
    judged.sort(Comparator.comparing(address -> address.getAddress().length));
    return judged.stream().limit(MOST_DIALLED).toArray(InetAddress[]::new);
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    Future<InetAddress[]> found = lookUps.submit(() -> names.of(host));
    try {
      return found.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw new UnknownHostException(host + " was not found within " + LONGEST);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException(host + " was not found in time");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnknownHostException unknown
          ? unknown
          : new UnknownHostException(host + ": " + e.getCause());
    }
  }
}
