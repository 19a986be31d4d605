package email.daimon.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void cdkJsonHoldsThemAll() {
    Settings settings = Synthesised.settings(Map.of());

    assertThat(settings.zone()).isEqualTo(new Settings.Zone.Elsewhere());
    assertThat(settings.certificate()).isEqualTo(new Settings.Certificate.Created());
    assertThat(settings.records()).containsExactlyInAnyOrder(DnsRecord.Kind.values());
    assertThat(settings.joinOtherReceiptRules()).isFalse();
    assertThat(settings.alarmEmail()).isEmpty();
    assertThat(settings.dmarc())
        .isEqualTo("v=DMARC1; p=none; rua=mailto:postmaster@" + settings.domain());
  }

  @Test
  void theCommandLineGivesListsBetweenCommas() {
    assertThat(Synthesised.settings(Map.of("records", "mx,dkim")).records())
        .containsExactly(DnsRecord.Kind.MX, DnsRecord.Kind.DKIM);
  }

  @Test
  void theCommandLineGivesParametersToo() {
    Settings settings = Synthesised.settings(Map.of("parameters", "Signup=open,RequestRate=50"));

    assertThat(settings.parameters())
        .containsExactlyInAnyOrderEntriesOf(Map.of("Signup", "open", "RequestRate", "50"));
    assertThat(Synthesised.settings(Map.of()).parameters()).isEmpty();
    assertThatThrownBy(() -> Synthesised.settings(Map.of("parameters", "Signup=open,oops")))
        .hasMessage("parameters: oops is not a name and its value");
  }

  @Test
  void aWrongValueIsNamed() {
    assertThatThrownBy(() -> Synthesised.settings(Map.of("domain", "Example.com")))
        .hasMessageContaining("domain must be a host name in lower case");
    assertThatThrownBy(() -> Synthesised.settings(Map.of("records", "mx,caa")))
        .hasMessageContaining("records: caa is none of");
    assertThatThrownBy(() -> Synthesised.settings(Map.of("otherReceiptRules", "replace")))
        .hasMessage("otherReceiptRules must be one of refuse, add");
    assertThatThrownBy(() -> Synthesised.settings(Map.of("domain", "")))
        .hasMessageContaining("domain is missing");
  }
}
