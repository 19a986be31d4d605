package email.daimon.understand.links;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.mime.MailAddress;
import email.daimon.model.LinkDetail;
import email.daimon.model.LinkDetail.Kind;
import email.daimon.understand.MailContext;
import email.daimon.understand.Understanding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where links are found, what their addresses are, and what is known of each. */
class MailLinksTest {
  private static final String A = "https://acme.example";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "entities              | <a href='https://acme.example/?a=1&amp;b=2'>x</a> | https://acme.example/?a=1&b=2",
        "blanks and breaks     | <a href=' https://acme.example/a~ b '>x</a> | https://acme.example/ab",
        "an area of a map      | <map><area href='https://acme.example/a'></map> | https://acme.example/a",
        "base                  | <base href='https://acme.example/b/'><a href='c?d=1'>x</a> | https://acme.example/b/c?d=1",
        "relative without base | <a href='c?d=1'>x</a> |",
        "same scheme           | <a href='//acme.example/a'>x</a> | https://acme.example/a",
        "fragment              | <a href='#top'>x</a> |",
        "script                | <a href='javascript:alert(1)'>x</a> |",
        "data                  | <a href='data:text/html,x'>x</a> |",
        "mail                  | <a href='mailto:ada@example.com'>x</a> |",
        "telephone             | <a href='tel:+4930123'>x</a> |",
        "Outlook's button      | <!--[if mso]><v:roundrect href='https://acme.example/v'><center>Verify</center></v:roundrect><![endif]--> | https://acme.example/v",
        "each address once     | <a href='https://acme.example/a'>x</a><a href='https://acme.example/a'>y</a> | https://acme.example/a",
        "bare in the text      | <p>Go to https://acme.example/a.</p> | https://acme.example/a",
        "bare within a link    | <a href='https://acme.example/a'>https://acme.example/b</a> | https://acme.example/a",
        "order of the document | <p>https://acme.example/1</p><a href='https://acme.example/2'>x</a><p>https://acme.example/3</p> | https://acme.example/1 https://acme.example/2 https://acme.example/3",
      })
  void linksOfHtml(String what, String html, String addresses) {
    List<String> wanted = addresses == null ? List.of() : List.of(addresses.split(" "));
    assertThat(html(html.replace("~", "\n")).links()).as(what).isEqualTo(wanted);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "end of a sentence     | Go to https://acme.example/a. Then | https://acme.example/a",
        "question              | Is it https://acme.example/a?b=1? | https://acme.example/a?b=1",
        "full width            | 詳細はhttps://acme.example/a。次へ | https://acme.example/a",
        "brackets of Japanese  | （https://acme.example/a）です | https://acme.example/a",
        "balanced brackets     | https://acme.example/a_(b) | https://acme.example/a_(b)",
        "brackets around       | (see https://acme.example/a) | https://acme.example/a",
        "brackets and point    | (https://acme.example/a_(b)). | https://acme.example/a_(b)",
        "markdown              | [Verify](https://acme.example/a) | https://acme.example/a",
        "quotes                | \"https://acme.example/a\", he said | https://acme.example/a",
        "capitals              | HTTPS://acme.example/a | HTTPS://acme.example/a",
        "entity left           | https://acme.example/?a=1&amp;b=2 | https://acme.example/?a=1&b=2",
        "broken in brackets    | <https://acme.example/verify?token=abc~def123> x | https://acme.example/verify?token=abcdef123",
        "blank in brackets     | <https://acme.example/a b> | https://acme.example/a",
        "short line, new word  | https://acme.example/a~Thanks | https://acme.example/a",
        "short line, number    | https://acme.example/a~2026 | https://acme.example/a",
        "broken where lines are | https://acme.example/verify?user=ada%40example.com&expires=1893456000&token=a~b3f9c77d21 | https://acme.example/verify?user=ada%40example.com&expires=1893456000&token=ab3f9c77d21",
        "soft break left       | https://acme.example/verify?user=ada%40example.com&expires=1893456&token=abcd=~b3f9c77d21 | https://acme.example/verify?user=ada%40example.com&expires=1893456&token=abcdb3f9c77d21",
        "long line, new text   | https://acme.example/verify?user=ada%40example.com&expires=1893456000&token=a~or write to us | https://acme.example/verify?user=ada%40example.com&expires=1893456000&token=a",
        "other scheme          | xhttps://acme.example ftp://acme.example |",
      })
  void linksOfText(String what, String text, String addresses) {
    List<String> wanted = addresses == null ? List.of() : List.of(addresses.split(" "));
    assertThat(text(text.replace("~", "\n")).links()).as(what).isEqualTo(wanted);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Safe Links    | https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Facme.example%2Fverify%3Ft%3D1&data=05 | https://acme.example/verify?t=1",
        "urldefense v1 | https://urldefense.proofpoint.com/v1/url?u=https://acme.example/a&k=oIv | https://acme.example/a",
        "urldefense v2 | https://urldefense.proofpoint.com/v2/url?u=https-3A__acme.example_a-3Fb-3D1&d=Dw | https://acme.example/a?b=1",
        "urldefense v3 | https://urldefense.com/v3/__https://acme.example/a?b=1__;!!ABC!x$ | https://acme.example/a?b=1",
        "v3 with stars | https://urldefense.com/v3/__https://acme.example/a*b__;Iw!!ABC!x$ | https://acme.example/a#b",
        "Google        | https://www.google.com/url?q=https://acme.example/a&sa=D | https://acme.example/a",
        "Facebook      | https://l.facebook.com/l.php?u=https%3A%2F%2Facme.example%2Fa&h=AT0 | https://acme.example/a",
        "LinkedIn      | https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Facme%2Eexample | https://acme.example",
        "any url=      | https://t.mailer.example/c?x=1&url=https%3A%2F%2Facme.example%2Fa | https://acme.example/a",
        "one in other  | https://na01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fm.example%2F%3Fu%3Dhttps%253A%252F%252Facme.example%252Fa | https://acme.example/a",
        "search        | https://other.example/url?q=https://acme.example/a |",
        "return later  | https://acme.example/login?next=https://acme.example/a |",
      })
  void addressesWithinAddresses(String what, String address, String inner) {
    LinkDetail link = only(html("<a href='" + address + "'>Verify</a>"));
    assertThat(link.url()).isEqualTo(address);
    assertThat(link.unwrapped()).as(what).isEqualTo(Optional.ofNullable(inner));
  }

  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource({
    "https://acme.example/pay,            https://acme.example/x,       false",
    "https://bank.com/pay,                https://evil.net/x,           true",
    "www.bank.com,                        https://evil.net/x,           true",
    "bank.com/login,                      https://evil.net/x,           true",
    "bank.com,                            https://secure.bank.com/x,    false",
    "login.bank.co.uk,                    https://www.bank.co.uk/x,     false",
    "https://bank.com/a,                  https://x.net/?url=https%3A%2F%2Fbank.com%2Fa, false",
    "Go to bank.com,                      https://evil.net/x,           false",
    "ada@bank.com,                        https://evil.net/x,           false",
    "report.pdf,                          https://evil.net/x,           false",
  })
  void shownAddressesThatLieAreMarked(String shown, String address, boolean lies) {
    LinkDetail link = only(html("<a href='" + address + "'>" + shown + "</a>"));
    assertThat(link.mismatch()).isEqualTo(lies);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "https://acme.com/a,                  acme.com,              acme.com,       ",
    "https://WWW.Acme.co.uk./a,           www.acme.co.uk,        acme.co.uk,     ",
    "https://bücher.de/a,                 xn--bcher-kva.de,      xn--bcher-kva.de, punycode",
    "https://xn--bcher-kva.de/a,          xn--bcher-kva.de,      xn--bcher-kva.de, punycode",
    "https://раураl.com/a,                xn--l-7sba6dbr.com,    xn--l-7sba6dbr.com, homograph",
    "https://аррӏе.com/a,                 xn--80ak6aa92e.com,    xn--80ak6aa92e.com, homograph",
    "https://почта.рф/a,                  xn--80a1acny.xn--p1ai, xn--80a1acny.xn--p1ai, punycode",
    "https://192.168.0.1:8080/a,          192.168.0.1,           192.168.0.1,    ip_address",
    "https://3232235521/a,                3232235521,            3232235521,     ip_address",
    "https://[::1]:8080/a,                [::1],                 [::1],          ip_address",
    "https://bank.com@evil.net/a,         evil.net,              evil.net,       userinfo",
  })
  void hosts(String address, String host, String domain, String suspicion) {
    LinkDetail link = only(html("<a href='" + address + "'>Go</a>"));
    assertThat(link.host()).isEqualTo(host);
    assertThat(link.domain()).isEqualTo(domain);
    assertThat(link.suspicion()).isEqualTo(Optional.ofNullable(suspicion));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "https://u123.ct.sendgrid.net/ls/click?upn=a, true",
    "https://acme.us1.list-manage.com/track/click?u=a, true",
    "https://click.acme.com/a, true",
    "https://url4321.acme.com/ls/click, true",
    "https://acme.com/click, false",
    "https://link.com/a, false",
  })
  void clickTrackersAreKnown(String address, boolean tracking) {
    assertThat(only(html("<a href='" + address + "'>Go</a>")).tracking()).isEqualTo(tracking);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "word and path           | <a href='A/verify'>Verify</a> | VERIFY | true",
        "path and token alone    | <a href='A/verify/Zm9vYmFy'><img src=x></a> | VERIFY | true",
        "bare address            | <p>A/reset?token=1234abcd</p> | RESET | true",
        "path alone              | <a href='A/login'>Acme</a> <a href='A/'>x</a> | LOGIN | false",
        "word of another path    | <a href='A/login-free/acme'>Follow us</a> | OTHER | false",
        "unsubscribing by path   | <a href='A/unsubscribe?token=abcdef'>Confirm</a> | UNSUBSCRIBE | false",
        "deny by path            | <a href='A/verify/deny?id=77'>Click here</a> | DENY | false",
        "title of an image       | <a href='A/x'><img alt='Confirm your email'></a> | VERIFY | true",
        "aria-label              | <a href='A/x' aria-label='Reset password'></a> | RESET | true",
        "hidden                  | <div style='display:none'><a href='A/verify?token=abcd'>Verify your email</a></div> | VERIFY | false",
        "log in, in the footer   | <div class='footer'><a href='A/login'>Log in</a></div> | LOGIN | false",
        "article                 | <a href='A/blog/x'>Verify your trust in us</a> | VERIFY | true",
        "long slug               | <a href='A/2026/ten-ways-to-cook-pasta-in-2026-now'>Ten ways</a> | OTHER | false",
        "quoted history          | <p>Yes.</p><div class='gmail_quote'>On Monday Bo wrote: <blockquote><a href='A/verify?token=abcd'>Verify your email</a></blockquote></div> | VERIFY | false",
        "how it goes on          | <p><a href='A/x'>Click here</a> to reset your password.</p> | RESET | true",
        "the sentence before     | <p>To join the team, <a href='A/x'>click here</a>.</p> | INVITE | true",
        "the nearer sentence     | <p>Verify your account. For help, <a href='A/x'>click here</a>.</p> | OTHER | false",
        "a link between          | <p>To verify, <a href='A/y'>start</a>. Or <a href='A/x'>click here</a> to stop receiving this.</p> | VERIFY | true",
      })
  void whatFollowingALinkDoes(String what, String html, Kind kind, boolean wanted) {
    Understanding said = html(html.replace("A/", A + "/"));
    assertThat(said.findings().links().getFirst().kind()).as(what).isEqualTo(kind);
    assertThat(!said.ctaLinks().isEmpty()).as(what).isEqualTo(wanted);
  }

  @Test
  void theLineBeforeAnAddressSaysWhatItIsFor() {
    String mail =
        """
        Hi Ada,

        To confirm your email address, open this link:

        https://acme.example/c/1

        You did not sign up? Then tell us:
        https://acme.example/c/2

        To stop these mails: https://acme.example/c/3
        Our privacy policy: https://acme.example/c/4
        """;
    Understanding said = text(mail.replace("You did not sign up? Then tell us", "This was not me"));
    assertThat(said.findings().links())
        .extracting(LinkDetail::kind)
        .containsExactly(Kind.VERIFY, Kind.DENY, Kind.OTHER, Kind.OTHER);
    assertThat(said.ctaLinks()).containsExactly("https://acme.example/c/1");
  }

  @Test
  void listUnsubscribeIsALink() {
    MailContext context =
        new MailContext(
            "",
            List.of(new MailAddress("news@acme.example", "")),
            List.of(),
            List.of("<mailto:u@acme.example>, <https://acme.example/u?id=1>"),
            List.of());
    List<LinkDetail> links =
        Understanding.of(Optional.of("News"), Optional.empty(), context).findings().links();
    assertThat(links).extracting(LinkDetail::url).containsExactly("https://acme.example/u?id=1");
    assertThat(links.getFirst().kind()).isEqualTo(Kind.UNSUBSCRIBE);
  }

  @Test
  void sendersOwnDomainSpeaksForALink() {
    MailContext context =
        new MailContext(
            "",
            List.of(new MailAddress("no-reply@mail.acme.com", "")),
            List.of(),
            List.of(),
            List.of());
    String html = "<a href='https://www.acme.com/x'>Log in</a><a href='https://a.net/y'>Log in</a>";
    assertThat(Understanding.of(Optional.empty(), Optional.of(html), context).findings().links())
        .extracting(LinkDetail::score)
        .containsExactly(5, 4);
  }

  @Test
  void atMost500() {
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      html.append("<a href='https://acme.example/").append(i).append("'>x</a>");
    }
    assertThat(html(html.toString()).links()).hasSize(MailLinks.MOST);
  }

  private static LinkDetail only(Understanding said) {
    assertThat(said.findings().links()).hasSize(1);
    return said.findings().links().getFirst();
  }

  private static Understanding html(String html) {
    return Understanding.of(Optional.empty(), Optional.of(html));
  }

  private static Understanding text(String text) {
    return Understanding.of(Optional.of(text), Optional.empty());
  }
}
