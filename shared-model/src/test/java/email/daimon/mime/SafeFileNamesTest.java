package email.daimon.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeFileNamesTest {
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "report.pdf              | report.pdf",
        "../../etc/passwd        | passwd",
        "C:\\Users\\ada\\x.doc   | x.doc",
        "/                       | ''",
        "..                      | ''",
        ".                       | ''",
        ". .                     | ''",
        ".bashrc                 | .bashrc",
        "name with blanks.txt    | name with blanks.txt",
        "a<b>:c*?.txt            | abc.txt",
        "Grüße €.txt             | Grüße €.txt",
      })
  void onlyTheSafePartOfABaseNameIsKept(String declared, String safe) {
    assertThat(SafeFileNames.safe(declared.replace("'", ""))).isEqualTo(safe);
  }

  @Test
  void controlsAndMarksOfDirectionGo() {
    assertThat(SafeFileNames.safe("a\0b\r\nc\u202egpj.exe")).isEqualTo("abcgpj.exe");
    assertThat(SafeFileNames.safe("x\u2066y\u200f.png")).isEqualTo("xy.png");
  }

  @Test
  void namesAreComposed() {
    String apart = Normalizer.normalize("Grüße.txt", Normalizer.Form.NFD);
    assertThat(SafeFileNames.safe(apart)).isEqualTo("Grüße.txt");
  }

  @Test
  void longNamesKeepTheirExtensionAndWholeCharacters() {
    String safe = SafeFileNames.safe("€".repeat(100) + ".pdf");
    assertThat(safe).endsWith("€.pdf");
    assertThat(safe.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(177, 180);
  }

  @Test
  void aNameCutAtABlankDoesNotEndWithIt() {
    assertThat(SafeFileNames.safe("word ".repeat(36) + "more"))
        .isEqualTo("word ".repeat(36).strip());
  }

  @Test
  void noTwoNamesOfAMailAreAlike() {
    SafeFileNames names = new SafeFileNames();
    assertThat(names.next(Optional.of("a.txt"), "text/plain", 0)).isEqualTo("a.txt");
    assertThat(names.next(Optional.of("A.TXT"), "text/plain", 1)).isEqualTo("A-2.TXT");
    assertThat(names.next(Optional.of("a-2.txt"), "text/plain", 2)).isEqualTo("a-2-2.txt");
    assertThat(names.next(Optional.of("a.txt"), "text/plain", 3)).isEqualTo("a-3.txt");
    assertThat(names.next(Optional.empty(), "image/png", 4)).isEqualTo("attachment-5.png");
    assertThat(names.next(Optional.of(".."), "x/y", 5)).isEqualTo("attachment-6.bin");
  }
}
