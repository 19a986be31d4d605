package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.api.TestApi.Answer;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class InboxPageTest {
  private final TestApi api = new TestApi();
  private final Answer page = api.call(get("/inbox/inbox_abc123"));

  @Test
  void onlyItsOwnScriptAndStyleMayRun() throws Exception {
    String policy = page.headers().get("Content-Security-Policy");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.headers()).containsEntry("Content-Type", "text/html; charset=utf-8");
    assertThat(page.headers()).containsEntry("X-Frame-Options", "DENY");
    assertThat(policy)
        .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
        .contains("script-src '" + hash("script") + "'")
        .contains("style-src '" + hash("style") + "'");
    assertThat(policy.replace("style-src-attr 'unsafe-inline'", "")).doesNotContain("unsafe");
  }

  @Test
  void nothingOfAMailIsEverMarkup() {
    assertThat(page.body())
        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
        .doesNotContainPattern("\\son[a-z]+=");
  }

  @Test
  void htmlOfAMailStandsInAFrameThatMayRunNothing() {
    assertThat(page.body()).contains("srcdoc = html", "view=shown");
    assertThat(page.body())
        .containsPattern(
            "setAttribute\\(\"sandbox\", \"allow-popups allow-popups-to-escape-sandbox\"\\)")
        .doesNotContain("allow-scripts", "allow-same-origin", "allow-forms");
  }

  @Test
  void itSaysNothingOfTheInbox() {
    assertThat(api.call(get("/inbox/inbox_other")).body()).isEqualTo(page.body());
    assertThat(page.body()).doesNotContain("inbox_abc123");
  }

  private String hash(String element) throws Exception {
    Matcher text =
        Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
            .matcher(page.body());
    assertThat(text.find()).isTrue();
    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(text.group(1).getBytes(UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(sha256);
  }
}
