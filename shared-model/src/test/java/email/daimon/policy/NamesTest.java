package email.daimon.policy;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.Tier;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"abc", "a-b", "agent-slug-001", "0a0", "a--b"})
  void usernamesThatAreWellFormed(String name) {
    assertThat(Usernames.wellFormed(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "-abc", "abc-", "Abc", "a.b", "a_b", "a+b", "a b", "äbc"})
  void usernamesThatAreNot(String name) {
    assertThat(Usernames.wellFormed(name)).isFalse();
    assertThat(Usernames.wellFormed("a".repeat(32))).isTrue();
    assertThat(Usernames.wellFormed("a".repeat(33))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postmaster",
        "ABUSE",
        "webmaster",
        "hostmaster",
        "admin",
        "administrator",
        "security",
        "noc",
        "mailer-daemon",
        "root",
        "noreply",
        "no-reply",
        "support",
        "billing",
        "sales",
        "bounce",
        "bounces",
        "bounce-x",
        "api",
        "smtp",
        "docs",
        "mx1",
        "mx2"
      })
  void namesOfTheOperator(String name) {
    assertThat(Usernames.reserved(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"platform-admin", "support-bot", "my-bounce", "sales-agent", "agent"})
  void namesThatAreFree(String name) {
    assertThat(Usernames.reserved(name)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "Agent@Daimon.Email, agent@daimon.email, ",
    "agent+tag@daimon.email, agent@daimon.email, tag",
    "agent+Tag+two@daimon.email, agent@daimon.email, Tag+two",
    "'\"agent\"@daimon.email', agent@daimon.email, ",
    "'\"ag\\ent\"@daimon.email', agent@daimon.email, ",
    "agent@bücher.example, agent@xn--bcher-kva.example, ",
    "+tag@daimon.email, +tag@daimon.email, "
  })
  void addressesOfOursHaveOneForm(String written, String form, String tag) {
    OwnAddress address = OwnAddress.parse(written).orElseThrow();
    assertThat(address.text()).isEqualTo(form);
    assertThat(address.tag().orElse(null)).isEqualTo(tag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "agent", "@daimon.email", "agent@"})
  void whatIsNoAddress(String text) {
    assertThat(OwnAddress.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "example.org, example.org",
    "@Example.ORG, example.org",
    "Bob@Example.org, bob@example.org",
    "bücher.example, xn--bcher-kva.example"
  })
  void receiveRulesAreAddressesOrDomains(String written, String kept) {
    assertThat(ReceiveRuleSyntax.normal(written)).contains(kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "a b@example.org", "bob@", "*@example.org x", "a@b@c"})
  void whatIsNoReceiveRule(String text) {
    assertThat(ReceiveRuleSyntax.normal(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Agent", "Ägent Smith", "代理", "O'Neil, Bot"})
  void displayNamesThatAreAllowed(String name) {
    assertThat(DisplayNames.allowed(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a@b", "a\nb", "a\u0000b", "a\u202Eb", "a\u2066b", "a\u200Fb"})
  void displayNamesThatAreNot(String name) {
    assertThat(DisplayNames.allowed(name)).isFalse();
  }

  @Test
  void tiersHaveTheNumbersOfTheDocuments() {
    TierLimits free = TierLimits.of(Tier.FREE);
    assertThat(free.inboxes()).isEqualTo(OptionalInt.of(10));
    assertThat(free.sendsPerDay()).isEqualTo(OptionalInt.of(0));
    assertThat(free.webhooks()).isFalse();
    assertThat(TierLimits.of(Tier.DEVELOPER).sendsPerDay()).isEqualTo(OptionalInt.of(1_000));
    assertThat(TierLimits.of(Tier.GROWTH).sendsPerDay()).isEqualTo(OptionalInt.of(10_000));
    assertThat(TierLimits.of(Tier.ENTERPRISE).sendsPerDay()).isEmpty();
    assertThat(TierLimits.of(Tier.ENTERPRISE).inboxes()).isEmpty();
  }
}
