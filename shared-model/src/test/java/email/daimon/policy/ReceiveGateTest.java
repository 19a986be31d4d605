package email.daimon.policy;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.ReceiveRules;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 3.5: whom an inbox listens to. Entries are kept as {@link ReceiveRuleSyntax} has them. */
final class ReceiveGateTest {
  @ParameterizedTest(name = "{0} keeps {1} out: {2}")
  @CsvSource({
    // entry, author, blocked
    "bob@example.org, bob@example.org, true",
    "bob@example.org, BOB@Example.ORG, true",
    "Bob@Example.org, bob@example.org, true",
    "bob@example.org, alice@example.org, false",
    "bob@example.org, notbob@example.org, false",
    "bob@example.org, bob@example.org.evil.example, false",
    "bob@example.org, bob@mail.example.org, false",
    "bob@example.org, bob@example.org., true",
    "bob@example.org, '\"bob\"@example.org', true",
    "bob@example.org, '\"b\\ob\"@example.org', true",
    "'\"bob\"@example.org', bob@example.org, true",
    "bob@example.org, bob+anything@example.org, true",
    "bob@example.org, bob+x+y@example.org, true",
    "bob+x@example.org, bob+X@example.org, true",
    "bob+x@example.org, bob+y@example.org, false",
    "bob+x@example.org, bob@example.org, false",
    "example.org, anybody@example.org, true",
    "@example.org, anybody@Example.Org, true",
    "example.org, anybody@mail.example.org, true",
    "example.org, anybody@a.b.example.org, true",
    "mail.example.org, anybody@example.org, false",
    "example.org, anybody@notexample.org, false",
    "example.org, anybody@example.org.evil.example, false",
    "example.org, example.org@evil.example, false",
    "example.org, '\"x@example.org\"@evil.example', false",
    "co.uk, anybody@shop.co.uk, true",
    "bücher.example, leser@xn--bcher-kva.example, true",
    "xn--bcher-kva.example, leser@BÜCHER.example, true",
    "BÜCHER.example, leser@laden.bücher.example, true",
    "leser@bücher.example, Leser@xn--bcher-kva.example, true",
    "bücher.example, leser@bucher.example, false",
    "example.org, anybody@example。org, true",
    "example.org, '', false",
    "example.org, nobody, false",
    "example.org, @example.org, false",
  })
  void anEntryStandsForAnAddressOrADomain(String entry, String author, boolean blocked) {
    ReceiveRules rules = new ReceiveRules(List.of(), List.of(kept(entry)));

    assertThat(ReceiveGate.blocks(rules, List.of(author), true)).isEqualTo(blocked);
    // What a block entry keeps out, an allow entry lets in.
    ReceiveRules reversed = new ReceiveRules(List.of(kept(entry)), List.of());
    assertThat(ReceiveGate.blocks(reversed, List.of(author), true)).isEqualTo(!blocked);
  }

  @ParameterizedTest
  @CsvSource({
    // allow, block, authors, verified, blocked
    "'', '', bob@example.org, true, false",
    "'', '', bob@example.org, false, false",
    "'', '', '', false, false",
    // an allow match needs a verified sender
    "example.org, '', bob@example.org, true, false",
    "example.org, '', bob@example.org, false, true",
    "example.org, '', bob@other.example, true, true",
    "example.org, '', '', false, true",
    "bob@example.org other.example, '', eve@other.example, true, false",
    // a block match does not: who claims to be blocked is taken at his word
    "'', example.org, bob@example.org, false, true",
    // block wins over allow, whichever is narrower
    "example.org, bob@example.org, bob@example.org, true, true",
    "bob@example.org, example.org, bob@example.org, true, true",
    "example.org, bob@example.org, alice@example.org, true, false",
    // several authors, in one From field or two: any of them is blocked, none of them allowed
    "'', evil.example, bob@example.org eve@evil.example, false, true",
    "'', evil.example, eve@evil.example bob@example.org, false, true",
    "example.org, '', bob@example.org eve@evil.example, true, true",
    "example.org, '', bob@example.org alice@example.org, true, true",
  })
  void blockWinsAndAllowNeedsProof(
      String allow, String block, String authors, boolean verified, boolean blocked) {
    ReceiveRules rules = new ReceiveRules(words(allow), words(block));

    assertThat(ReceiveGate.blocks(rules, words(authors), verified)).isEqualTo(blocked);
  }

  @Test
  void displayNamesAreNoAddresses() {
    ReceiveRules rules = new ReceiveRules(List.of("boss@example.org"), List.of());

    // Of From: "boss@example.org" <eve@evil.example> the gate is given the address alone.
    assertThat(ReceiveGate.blocks(rules, List.of("eve@evil.example"), true)).isTrue();
  }

  private static String kept(String entry) {
    return ReceiveRuleSyntax.normal(entry).orElseThrow();
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }
}
