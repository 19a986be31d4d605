package email.daimon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.IDN;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What IDN makes of names, however they get there. */
class DomainNamesTest {
  private static final int NAMES = 20_000;
  private static final String LETTERS = "aZ0-.ß漢_ x";

  @ParameterizedTest
  @ValueSource(ints = {0, IDN.ALLOW_UNASSIGNED, IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES})
  void areAsIdnHasThem(int flags) {
    Random random = new Random(flags);
    for (int i = 0; i < NAMES; i++) {
      isAsIdnHasIt(name(random), flags);
    }
    isAsIdnHasIt("", flags);
    isAsIdnHasIt("A".repeat(63) + ".Example", flags);
    isAsIdnHasIt("a".repeat(64) + ".example", flags);
    isAsIdnHasIt("xn--a.example", flags);
    isAsIdnHasIt("www.-x.example", flags);
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    int length = 1 + random.nextInt(12);
    // Most are plain, or nearly so.
    int letters = random.nextBoolean() ? 5 : LETTERS.length();
    for (int i = 0; i < length; i++) {
      name.append(LETTERS.charAt(random.nextInt(letters)));
    }
    return name.toString();
  }

  private static void isAsIdnHasIt(String name, int flags) {
    String wanted;
    try {
      wanted = IDN.toASCII(name, flags).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException _) {
      assertThatThrownBy(() -> DomainNames.ascii(name, flags))
          .isInstanceOf(IllegalArgumentException.class);
      return;
    }
    assertThat(DomainNames.ascii(name, flags)).isEqualTo(wanted);
  }
}
