package email.daimon.functions.webhook;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses a webhook's call may go to: those of the public internet. Of IPv4 everything but
 * the ranges of IANA's special-purpose registry (RFC 6890) and multicast; of IPv6 only global
 * unicast (2000::/3), less what in it is reserved or leads into another network. An address that is
 * IPv4 written as IPv6 (RFC 4291, 2.5.5) is judged as IPv4, which {@link InetAddress} makes it.
 */
public final class AddressGuard {
  private static final List<Range> REFUSED =
      Stream.of(
              "0.0.0.0/8 this network",
              "10.0.0.0/8 private",
              "100.64.0.0/10 carrier's",
              "127.0.0.0/8 loopback",
              "169.254.0.0/16 link-local",
              "172.16.0.0/12 private",
              "192.0.0.0/24 protocol assignments",
              "192.0.2.0/24 documentation",
              "192.88.99.0/24 6to4 relay",
              "192.168.0.0/16 private",
              "198.18.0.0/15 benchmarks",
              "198.51.100.0/24 documentation",
              "203.0.113.0/24 documentation",
              "224.0.0.0/4 multicast",
              "240.0.0.0/4 reserved",
              "2001::/23 protocol assignments, Teredo",
              "2001:db8::/32 documentation",
              "2002::/16 6to4",
              "3fff::/20 documentation")
          .map(Range::parse)
          .toList();
  private static final Range GLOBAL_UNICAST = Range.parse("2000::/3 global unicast");
  private static final List<String> LOOPBACK = List.of("127.0.0.0/8 loopback", "::1/128 loopback");

  private final List<Range> allowed;

  private AddressGuard(List<Range> allowed) {
    this.allowed = allowed;
  }

  /** As in production. */
  public static AddressGuard strict() {
    return new AddressGuard(List.of());
  }

  /** On one's own machine: that machine too. */
  public static AddressGuard local() {
    return allowing(LOOPBACK);
  }

  /** Allows ranges, written as {@code 127.0.0.0/8 why}, whatever the table says of them. */
  static AddressGuard allowing(List<String> ranges) {
    return new AddressGuard(ranges.stream().map(Range::parse).toList());
  }

  /** Why an address is not called; empty where it may be. */
  public Optional<String> refusal(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (allowed.stream().anyMatch(range -> range.holds(bytes))) {
      return Optional.empty();
    }
    Optional<String> named =
        REFUSED.stream().filter(range -> range.holds(bytes)).map(Range::name).findFirst();
    return named.isEmpty() && bytes.length > 4 && !GLOBAL_UNICAST.holds(bytes)
        ? Optional.of("not global unicast")
        : named;
  }

  private record Range(InetAddress network, int bits, String name) {
    static Range parse(String text) {
      int blank = text.indexOf(' ');
      int slash = text.indexOf('/');
      return new Range(
          InetAddress.ofLiteral(text.substring(0, slash)),
          Integer.parseInt(text.substring(slash + 1, blank)),
          text.substring(blank + 1));
    }

    boolean holds(byte[] address) {
      byte[] first = network.getAddress();
      int whole = bits / 8;
      int rest = bits % 8;
      return address.length == first.length
          && Arrays.equals(address, 0, whole, first, 0, whole)
          && (rest == 0
              || (address[whole] & 0xff) >> (8 - rest) == (first[whole] & 0xff) >> (8 - rest));
    }
  }
}
