package email.daimon.understand.codes;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.MailCode;
import email.daimon.understand.Cases;
import email.daimon.understand.Understanding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Texts of 40 languages with a code, and with numbers that are none. */
class CodeCasesTest {
  private static final boolean SHOWS_ALL = Boolean.getBoolean("cases.all");
  private final List<String> misses = new ArrayList<>();
  private int seen;
  private int seenRight;
  private int aside;
  private int asideRight;

  @Test
  void codesAreFound() throws IOException {
    for (String[] it : Cases.of(CodeCasesTest.class, "codes.tsv")) {
      List<MailCode> codes = codes(it[2]);
      String found = codes.isEmpty() ? "" : codes.getFirst().value();
      check(it, found.equals(it[1].replace(" ", "")), codes);
    }
    report("codes found", 95);
  }

  @Test
  void noCodeIsFoundWhereThereIsNone() throws IOException {
    for (String[] it : Cases.of(CodeCasesTest.class, "none.tsv")) {
      List<MailCode> codes = codes(it[2]);
      check(it, codes.isEmpty(), codes);
    }
    report("texts without a code", 100);
  }

  private static List<MailCode> codes(String text) {
    return Understanding.of(Optional.of(text.replace("~", "\n")), Optional.empty()).codes();
  }

  private void check(String[] fields, boolean right, List<MailCode> codes) {
    boolean held = Cases.isSetAside(fields);
    seen += held ? 0 : 1;
    aside += held ? 1 : 0;
    seenRight += right && !held ? 1 : 0;
    asideRight += right && held ? 1 : 0;
    if (!right && (!held || SHOWS_ALL)) {
      misses.add(String.join(" | ", fields) + " -> " + codes);
    }
  }

  private void report(String what, int percent) {
    String figures =
        "%s: %d of %d right, set aside %d of %d"
            .formatted(what, seenRight, seen, asideRight, aside);
    System.out.println(figures);
    assertThat(misses).as(figures).isEmpty();
    assertThat(asideRight).as(figures).isGreaterThanOrEqualTo(aside * percent / 100);
  }
}
