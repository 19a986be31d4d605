package email.daimon.functions.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.model.Verdicts.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What SES says, and what is none of its notifications. */
final class NotificationTest {
  @Test
  void sampleEventIsRead() throws Exception {
    String body =
        new ObjectMapper()
            .readTree(Path.of("../events/inbound.json").toFile())
            .at("/Records/0/body")
            .asText();

    Notification notification = Notification.read(body).orElseThrow();

    assertThat(notification.sesId()).isNotBlank();
    assertThat(notification.recipients()).isNotEmpty();
    assertThat(notification.verdicts().spam()).isEqualTo(Verdict.PASS);
  }

  @Test
  void emptyEnvelopeSenderIsEmpty() {
    String body =
        """
        {"notificationType":"Received","unknown":1,
         "mail":{"messageId":"s","timestamp":"2026-03-16T10:40:00Z","source":"<>"},
         "receipt":{"recipients":["a@daimon.email"],"dmarcVerdict":{"status":"NEW"}}}
        """;

    Notification notification = Notification.read(body).orElseThrow();

    assertThat(notification.envelopeFrom()).isEmpty();
    assertThat(notification.verdicts().dmarc()).isEqualTo(Verdict.GRAY);
  }

  @Test
  void whatTellsOfNoMailIsNothing() {
    for (String body :
        new String[] {
          "Successfully validated SNS topic for Amazon SES event publishing.",
          "{\"Type\":\"Notification\",\"Message\":\"Successfully validated\"}",
          "{\"notificationType\":\"Bounce\"}",
          "{\"notificationType\":\"Received\"}",
          "[]",
          "null",
          ""
        }) {
      assertThat(Notification.read(body)).as(body).isEmpty();
    }
  }
}
