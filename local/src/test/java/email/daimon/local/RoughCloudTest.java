package email.daimon.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.local.services.CloudTraits;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** With everything on that emulators hide: each mail appears, once. */
final class RoughCloudTest {
  private static final int MAILS = 30;

  @Test
  void eachMailAppearsOnce() throws Exception {
    CloudTraits rough = new CloudTraits(Duration.ofMillis(500), 0.05, Duration.ofSeconds(2), 0.3);
    try (ReceivingInbox inbox =
        ReceivingInbox.open("rough", LocalSettings.ephemeral().with(rough))) {
      for (int i = 0; i < MAILS; i++) {
        inbox.send(
            """
            From: ann@example.com
            To: %s
            Subject: %d
            Message-ID: <rough-%d@example.com>

            Mail %d
            """
                .formatted(inbox.address(), i, i, i)
                .getBytes(UTF_8));
      }

      inbox.awaitStored(MAILS);

      assertThat(inbox.allRows())
          .extracting((JsonNode row) -> row.path("subject").asInt())
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, MAILS).boxed().toList());
    }
  }
}
