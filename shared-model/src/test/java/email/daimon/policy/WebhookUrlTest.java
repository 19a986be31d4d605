package email.daimon.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example.com",
        "https://hooks.example.com/daimon?token=a%20b",
        "https://hooks.example.com:443/",
        "https://hooks.example.com:8443/x",
        "HTTPS://Hooks.Example.COM/x",
        "https://1.2.3.4.nip.io/x",
        "https://xn--bcher-kva.example/x",
        "https://a.xn--p1ai/x"
      })
  void httpsAndAHostName(String url) {
    assertThat(WebhookUrl.problem(url, true)).isEmpty();
    assertThat(WebhookUrl.problem(url, false)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://hooks.example.com/x|begins with https://",
        "ftp://hooks.example.com/x|begins with https://",
        "https://user:secret@hooks.example.com/x|has no user name",
        "https://hooks.example.com@127.0.0.1/x|has no user name",
        "https://hooks.example.com/x#y|has no fragment",
        "https://hooks.example.com:22/x|has port 443, 8443 or none",
        "https://hooks.example.com:80/x|has port 443, 8443 or none",
        "https://127.0.0.1.x/y z|is no URL",
        "not a url|is no URL",
        "hooks.example.com/x|is an https URL with a host name, other letters written as xn--",
        "mailto:a@example.com|is an https URL with a host name, other letters written as xn--",
        "https:///x|is an https URL with a host name, other letters written as xn--",
        "https://bücher.example/x|is an https URL with a host name, other letters written as xn--"
      })
  void refusedWithWhatItShouldBe(String url, String problem) {
    assertThat(WebhookUrl.problem(url, true)).contains(problem);
    assertThat(WebhookUrl.problem(url, false)).contains(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://10.0.0.1/x",
        "https://127.1/x",
        "https://2130706433/x",
        "https://0x7f000001/x",
        "https://0x7f.0.0.0x1/x",
        "https://0177.0.0.01/x",
        "https://127.0.0.1./x",
        "https://hooks.example.com./x",
        "https://localhost/x",
        "https://intranet/x",
        "https://-a.example.com/x"
      })
  void noAddressInAnyWritingAndNoNameOfThisNetwork(String url) {
    assertThat(WebhookUrl.problem(url, true)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:3000/x",
        "https://localhost:8443/x",
        "http://127.0.0.1/x",
        "http://[::1]:9/x",
        "http://LOCALHOST:3000"
      })
  void thisMachineOnlyWhereNotStrict(String url) {
    assertThat(WebhookUrl.problem(url, false)).isEmpty();
    assertThat(WebhookUrl.problem(url, true)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.2/x",
        "http://2130706433/x",
        "http://[::ffff:127.0.0.1]/x",
        "http://192.168.0.1:3000/x",
        "http://localhost.example.com/x"
      })
  void nothingElseByHttp(String url) {
    assertThat(WebhookUrl.problem(url, false)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"2048,true", "2049,false"})
  void longUpTo(int length, boolean allowed) {
    String start = "https://hooks.example.com/";
    String url = start + "a".repeat(length - start.length());

    assertThat(WebhookUrl.problem(url, true).isEmpty()).isEqualTo(allowed);
  }
}
