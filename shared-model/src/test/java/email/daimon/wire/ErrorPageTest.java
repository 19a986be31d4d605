package email.daimon.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ErrorPageTest {
  /** {@code -Dupdate.docs} writes the page instead. */
  @Test
  void thePageIsUpToDate() throws IOException {
    Path page = Path.of("../docs/errors.md");
    if (System.getProperty("update.docs") != null) {
      Files.writeString(page, ErrorPage.markdown());
    }
    assertThat(Files.readString(page))
        .as("docs/errors.md is stale: mvn test -pl shared-model -Dtest=ErrorPageTest -Dupdate.docs")
        .isEqualTo(ErrorPage.markdown());
  }

  @Test
  void everyCodeHasAStatusOfItsKind() {
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(code.status()).isBetween(400, 503);
      assertThat(code.meaning()).endsWith(".").doesNotContain("|");
    }
  }
}
