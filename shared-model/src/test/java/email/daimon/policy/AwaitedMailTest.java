package email.daimon.policy;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.Direction;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules 3.8: with from, only verified senders unless allowed otherwise. */
final class AwaitedMailTest {
  @ParameterizedTest
  @CsvSource({
    // from, subject, allow unverified, mail's from, its subject, verified, fits, believed
    "-, -, false, ann@example.com, Hello, false, true, true",
    "ann@example.com, -, false, ann@example.com, Hello, true, true, true",
    "ann@example.com, -, false, ann@example.com, Hello, false, true, false",
    "ann@example.com, -, true, ann@example.com, Hello, false, true, true",
    "Ann@EXAMPLE.com, -, false, ann@example.com, Hello, true, true, true",
    "ann@example.com, -, false, bob@example.com, Hello, true, false, true",
    "example.com, -, false, ann@example.com, Hello, true, true, true",
    "@example.com, -, false, ann@example.com, Hello, true, true, true",
    "example.com, -, false, ann@notexample.com, Hello, true, false, true",
    "example.com, -, false, ann@mail.example.com, Hello, true, false, true",
    "-, your CODE, false, ann@example.com, Your code is 7, false, true, true",
    "-, invoice, false, ann@example.com, Your code is 7, true, false, true",
    "ann@example.com, code, false, ann@example.com, Your code, true, true, true",
    "ann@example.com, invoice, false, ann@example.com, Your code, true, false, true",
  })
  void fitsAndIsBelieved(
      String from,
      String subject,
      boolean allowUnverified,
      String mailFrom,
      String mailSubject,
      boolean verified,
      boolean fits,
      boolean believed) {
    AwaitedMail wanted = new AwaitedMail(given(from), given(subject), allowUnverified);
    Message message = message(mailFrom, mailSubject, verified);

    assertThat(wanted.fits(message)).isEqualTo(fits);
    assertThat(wanted.believes(message)).isEqualTo(believed);
  }

  private static Optional<String> given(String value) {
    return Optional.of(value).filter(present -> !present.equals("-"));
  }

  private static Message message(String from, String subject, boolean verified) {
    return new Message(
        new MessageKey(1, "msg_1"),
        "acc_1",
        "inbox_1",
        "thread_1",
        Direction.INBOUND,
        "<1@example.com>",
        from,
        "",
        List.of(),
        List.of(),
        subject,
        "",
        Instant.EPOCH,
        false,
        Set.of(),
        "received",
        verified,
        Optional.empty(),
        false,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        1,
        Optional.empty());
  }
}
