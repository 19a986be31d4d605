package email.daimon.local.operate;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.local.operate.testing.DnsServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DnsTest {
  private final DnsServer server = new DnsServer();
  private final Dns dns = Dns.at("127.0.0.1", server.port());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void hostsAreInLowerCaseWithoutTheLastDot() {
    server
        .add("example.org", "MX", "10 Mail.Example.ORG")
        .add("example.org", "MX", "0 a.example.org");
    assertThat(dns.ask("example.org", Dns.Type.MX).values())
        .containsExactly("0 a.example.org", "10 mail.example.org");
    server.add("k._domainkey.example.org", "CNAME", "k.dkim.amazonses.com");
    assertThat(dns.ask("k._domainkey.example.org", Dns.Type.CNAME).values())
        .containsExactly("k.dkim.amazonses.com");
  }

  @Test
  void textsAreOneHoweverManyStringsTheyCameIn() {
    server
        .add("example.org", "TXT", "v=spf1 include:amazonses.com ~all")
        .add("long.example.org", "TXT", List.of("v=DKIM1; p=abc", "def ghi", "jkl"))
        .add("quoted.example.org", "TXT", "says \"so\" \\ then");
    assertThat(dns.ask("example.org", Dns.Type.TXT).values())
        .containsExactly("v=spf1 include:amazonses.com ~all");
    assertThat(dns.ask("long.example.org", Dns.Type.TXT).values())
        .containsExactly("v=DKIM1; p=abcdef ghijkl");
    assertThat(dns.ask("quoted.example.org", Dns.Type.TXT).values())
        .containsExactly("says \"so\" \\ then");
  }

  @Test
  void nothingIsAnAnswerAndSilenceIsNone() {
    server.add("there.example.org", "A", "192.0.2.1").fail("broken.example.org");
    assertThat(dns.ask("nowhere.example.org", Dns.Type.MX))
        .isEqualTo(new Dns.Answer(true, List.of()));
    assertThat(dns.ask("there.example.org", Dns.Type.MX))
        .isEqualTo(new Dns.Answer(true, List.of()));
    assertThat(dns.ask("broken.example.org", Dns.Type.MX).reached()).isFalse();
  }
}
