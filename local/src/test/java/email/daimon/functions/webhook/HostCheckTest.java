package email.daimon.functions.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCheckTest {
  @Test
  void aPublicAddressIsTaken() {
    assertThat(check("93.184.216.34")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "169.254.169.254", "93.184.216.34 10.0.0.1"})
  void oneRefusedAddressIsToldAtOnce(String addresses) {
    assertThat(check(addresses.split(" "))).isFalse();
  }

  @Test
  void aNameThatHasNoAddressYetMayGetOne() {
    HostCheck check =
        new HostCheck(
            AddressGuard.strict(),
            host -> {
              throw new UnknownHostException(host);
            });

    assertThat(check.refusal(URI.create("https://hooks.example.com/"))).isEmpty();
  }

  private static boolean check(String... addresses) {
    HostCheck check =
        new HostCheck(
            AddressGuard.strict(),
            _ -> Arrays.stream(addresses).map(HostCheckTest::address).toArray(InetAddress[]::new));
    return check.refusal(URI.create("https://hooks.example.com/")).isEmpty();
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
