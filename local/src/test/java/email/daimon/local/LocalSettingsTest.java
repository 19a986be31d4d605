package email.daimon.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import email.daimon.local.services.CloudTraits;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.Template;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Flags and what becomes of them: parameters of the stack, and with them the environment. */
final class LocalSettingsTest {
  @Test
  void aFlagIsAParameterAndThenInTheEnvironmentOfEveryFunction() {
    assertThat(environment("--send-burst", "7", "--strict-webhooks"))
        .containsEntry("SEND_BURST", "7")
        .containsEntry("STRICT_WEBHOOKS", "true");
    assertThat(environment("--request-rate", "5")).containsEntry("REQUEST_RATE", "5");
    assertThat(environment())
        .containsEntry("SEND_BURST", "off")
        .containsEntry("REQUEST_RATE", "off")
        .containsEntry("STRICT_WEBHOOKS", "false");
  }

  @Test
  void inProductionTheTierLimitsAndWebhooksAreStrict() {
    Stack deployed = Stack.of(Template.load(), Map.of(), URI.create("http://localhost"));

    assertThat(deployed.environment())
        .containsEntry("SEND_BURST", "tier")
        .containsEntry("REQUEST_RATE", "20")
        .containsEntry("REQUEST_BURST", "100")
        .containsEntry("STRICT_WEBHOOKS", "true");
  }

  @Test
  void whatEmulatorsHideIsOffUnlessAskedFor() {
    assertThat(settings().traits()).isEqualTo(CloudTraits.NONE);
    assertThat(
            settings(
                    "--index-lag=PT0.5S",
                    "--throttle=0.05",
                    "--late-queue=PT5S",
                    "--double-queue=0.1")
                .traits())
        .isEqualTo(new CloudTraits(Duration.ofMillis(500), 0.05, Duration.ofSeconds(5), 0.1));
  }

  @Test
  void whatIsNoTimeOrNoShareIsSaid() {
    assertThatThrownBy(() -> settings("--index-lag", "soon"))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("PT0.5S");
    for (String share : new String[] {"1", "-0.1", "NaN", "some"}) {
      assertThatThrownBy(() -> settings("--throttle", share))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("--throttle");
    }
  }

  private static Map<String, String> environment(String... line) {
    Map<String, String> parameters = settings(line).parameters("http://localhost:8025", "");
    return Stack.of(Template.load(), parameters, URI.create("http://localhost")).environment();
  }

  private static LocalSettings settings(String... line) {
    return Main.settings(new Arguments(line, Main.VALUED, Main.SWITCHES, Map.of()));
  }
}
