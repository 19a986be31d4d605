package email.daimon.understand;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.Correspondent;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LookalikesTest {
  private static final List<Correspondent> KNOWN =
      List.of(
          known("service@paypal.com", "PayPal"),
          known("jane.doe@acme-corp.com", "Jane Doe"),
          known("noreply@amazon.com", "Amazon"),
          known("bob.miller@gmail.com", "Bob Miller"),
          known("team@microsoft.com", "Microsoft Support"));

  @ParameterizedTest
  @CsvSource({
    "service@paypa1.com,,service@paypal.com",
    "service@paypaI.com,,service@paypal.com",
    "x@раураl.com,,service@paypal.com",
    "x@xn--pypal-4ve.com,,service@paypal.com",
    "x@payp-al.com,,service@paypal.com",
    "x@papyal.com,,service@paypal.com",
    "x@paypal-secure.com,,service@paypal.com",
    "x@paypal.com.evil.example,,service@paypal.com",
    "x@rnicrosoft.com,,team@microsoft.com",
    "x@mircosoft.com,,team@microsoft.com",
    "jane.doe@acme-corp.net,,jane.doe@acme-corp.com",
    "bob.mi11er@gmail.com,,bob.miller@gmail.com",
    "bob.rniller@gmail.com,,bob.miller@gmail.com",
    "ceo.office77@gmail.com,Jane Doe,jane.doe@acme-corp.com",
    "ceo.office77@gmail.com,JANE  D0e,",
    "jane.doe@outlook.com,Jane Doe,jane.doe@acme-corp.com",
  })
  void whatMayBeTakenForAnother(String address, String name, String expected) {
    assertThat(Lookalikes.of(address, name == null ? "" : name, KNOWN))
        .isEqualTo(Optional.ofNullable(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "noreply@amazon.de,Amazon",
    "alice@acme.com,Alice",
    "billing@paypal.com,PayPal",
    "bob.muller@gmail.com,Bob Muller",
    "support@github.com,GitHub",
    "noreply@stripe.com,Amazon",
    "help@example.org,Example Support",
    "info@pay.example,Pay",
    "nobody,",
  })
  void whatIsAnotherAndLooksLikeNobody(String address, String name) {
    assertThat(Lookalikes.of(address, name == null ? "" : name, KNOWN)).isEmpty();
  }

  @Test
  void whoIsNotProvenOrResemblesSomebodyIsNoModel() {
    Correspondent unproven =
        new Correspondent("service@paypal.com", "", false, false, Optional.empty());
    Correspondent lookalike =
        new Correspondent("service@paypal.com", "", true, false, Optional.of("a@paypa1.com"));
    assertThat(Lookalikes.of("x@paypa1.com", "", List.of(unproven, lookalike))).isEmpty();
    Correspondent written =
        new Correspondent("service@paypal.com", "", false, true, Optional.empty());
    assertThat(Lookalikes.of("x@paypa1.com", "", List.of(written))).isPresent();
  }

  @Test
  void fiveHundredLongAddressesAreComparedQuickly() {
    List<Correspondent> many =
        IntStream.range(0, 500)
            .mapToObj(i -> known("a".repeat(60) + i + "@" + "b".repeat(60) + i + ".example", "x"))
            .toList();
    long begun = System.nanoTime();
    Lookalikes.of("a".repeat(64) + "@" + "c".repeat(60) + ".example", "y".repeat(10_000), many);
    assertThat(System.nanoTime() - begun).isLessThan(2_000_000_000L);
  }

  private static Correspondent known(String address, String name) {
    return new Correspondent(address, name, true, false, Optional.empty());
  }
}
