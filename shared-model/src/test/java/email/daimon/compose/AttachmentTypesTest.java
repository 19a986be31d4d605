package email.daimon.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 5.3: what SES refuses is refused at the call. */
class AttachmentTypesTest {
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "setup.exe            | exe",
        "SETUP.EXE            | exe",
        "setup.exe.           | exe",
        "'setup.exe. . '      | exe",
        "'setup.exe '         | exe",
        "'setup. exe'         | exe",
        "setup.exe\u00a0      | exe",
        "setup.exe\u200b      | exe",
        "setup.\uff45\uff58\uff45 | exe",
        "invoice.pdf.js       | js",
        ".bat                 | bat",
        "a.xnk                | xnk",
        "a.ade                | ade",
        "a.vsmacros           | vsmacros",
        "report.pdf           | ''",
        "exe                  | ''",
        "exe.txt              | ''",
        "archive.tar.gz       | ''",
        "my.executive         | ''",
        "notes                | ''",
        "...                  | ''",
        "''                   | ''",
      })
  void theLastExtensionDecides(String filename, String refused) {
    assertThat(AttachmentTypes.refused(filename).orElse("")).isEqualTo(refused);
  }
}
