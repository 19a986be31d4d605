package email.daimon.local.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DottedDataTest {
  @ParameterizedTest
  @CsvSource({
    "'.RN',            ''",
    "'aRN.RN',         'aRN'",
    "'aRN..RN.RN',     'aRN.RN'",
    "'aRN..bRN.RN',    'aRN.bRN'",
    "'aRN.bRN.RN',     'aRNbRN'",
    "'aN.NbRN.RN',     'aN.NbRN'",
    "'aRN.NRN.RN',     'aRNNRN'",
    "'aRN.RxRN.RN',    'aRNRxRN'",
    "'aR.RNRN.RN',     'aR.RNRN'",
    "'aRN.RRN.RN',     'aRNRRN'",
  })
  void theDotsAreTakenAwayAndTheLastOneEnds(String wire, String data) throws IOException {
    InputStream in = stream(wire + "QUIT");
    assertThat(new DottedData(in).readAllBytes()).isEqualTo(bytes(data));
    assertThat(in.readAllBytes()).isEqualTo(bytes("QUIT"));
  }

  @Test
  void dataThatIsCutOffIsAnError() {
    assertThatThrownBy(() -> new DottedData(stream("aRN.R")).readAllBytes())
        .isInstanceOf(EOFException.class);
  }

  @Test
  void whateverIsStuffedComesOutAsItWas() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      StringBuilder data = new StringBuilder();
      int length = random.nextInt(20_000);
      for (int j = 0; j < length; j++) {
        data.append("RNN..x".charAt(random.nextInt(6)));
      }
      data.append("RN");
      String stuffed = (data.charAt(0) == '.' ? "." : "") + data.toString().replace("RN.", "RN..");
      InputStream in = stream(stuffed + ".RNQUIT");
      assertThat(new DottedData(in).readAllBytes()).isEqualTo(bytes(data.toString()));
      assertThat(in.readAllBytes()).isEqualTo(bytes("QUIT"));
    }
  }

  private static InputStream stream(String text) {
    return new BufferedInputStream(new ByteArrayInputStream(bytes(text)), 1024);
  }

  private static byte[] bytes(String text) {
    return text.replace('R', '\r').replace("N", "\n").getBytes(ISO_8859_1);
  }
}
