package email.daimon.functions.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import email.daimon.functions.send.RelaySettings.Login;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What GREEN_ARROW_SMTP_SERVER may say. */
final class RelaySettingsTest {
  private static final Optional<Login> LOGIN = Optional.of(new Login("me", "secret"));

  @Test
  void hostAndPort() {
    assertThat(read("relay.example.net", Optional.empty())).isEqualTo("relay.example.net 25");
    assertThat(read("relay.example.net", LOGIN)).isEqualTo("relay.example.net 587");
    assertThat(read("relay.example.net:2525", LOGIN)).isEqualTo("relay.example.net 2525");
    assertThat(read(" 192.0.2.1:25 ", Optional.empty())).isEqualTo("192.0.2.1 25");
    assertThat(read("[2001:db8::1]:26", Optional.empty())).isEqualTo("2001:db8::1 26");
    assertThat(read("[2001:db8::1]", Optional.empty())).isEqualTo("2001:db8::1 25");
  }

  @Test
  void whatIsNoneStopsTheFunctionAtItsStart() {
    for (String wrong : List.of("relay:", "a b", "relay:x", "2001:db8::1", "smtp://relay")) {
      assertThatThrownBy(() -> read(wrong, LOGIN))
          .as(wrong)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("GREEN_ARROW_SMTP_SERVER");
    }
  }

  private static String read(String server, Optional<Login> login) {
    RelaySettings settings = RelaySettings.of(server, login, "daimon.email");
    return settings.host() + " " + settings.port();
  }
}
