package email.daimon.functions.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.send.RelaySettings.Login;
import email.daimon.functions.send.Transport.Answer;
import email.daimon.functions.send.Transport.Envelope;
import email.daimon.functions.send.Transport.Refusal;
import email.daimon.functions.store.DeferredException;
import email.daimon.local.smtp.TestRelay;
import email.daimon.model.MessageKey;
import email.daimon.model.SendTags;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RelayTransportTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:15:30Z");
  private static final SendTags TAGS =
      new SendTags("acc_1", "inbox_1", new MessageKey(1_795_256_130_000L, "msg_1"), "attempt-1");
  private static final String RETURN_PATH = "bounce+1.2@daimon.email";
  private static final String MAIL =
      "From: agent@daimon.email\r\nTo: ann@example.com\r\nMessage-ID: <m@daimon.email>\r\n"
          + "\r\nLine\r\n.\r\n.. dots\r\nlast\r\n";

  @Test
  void theMailArrivesAsItIsAndCountsAsDelivered() throws Exception {
    try (TestRelay relay = TestRelay.open()) {
      Answer answer = send(to(relay.port()), "ann@example.com", "bob@example.com");

      assertThat(answer)
          .isInstanceOfSatisfying(
              Answer.Accepted.class,
              accepted -> {
                assertThat(accepted.delivered()).isTrue();
                assertThat(accepted.messageIdHeader()).hasValue("<m@daimon.email>");
                assertThat(accepted.refused()).isEmpty();
              });
      TestRelay.Received received = relay.received().getFirst();
      assertThat(received.from()).isEqualTo(RETURN_PATH);
      assertThat(received.recipients()).containsExactly("ann@example.com", "bob@example.com");
      assertThat(received.text()).isEqualTo(MAIL);
      assertThat(received.encrypted()).as("where it is offered").isTrue();
    }
  }

  @Test
  void aLoginGoesOverAnEncryptedLineOnly() throws Exception {
    try (TestRelay relay = TestRelay.withLogin("me", "secret")) {
      assertThat(send(login(relay.port(), "secret", Map.of()), "ann@example.com"))
          .as("its certificate is none that is known")
          .isInstanceOf(Answer.Busy.class);
      Map<String, String> trusting = Map.of("mail.smtp.ssl.trust", "localhost");
      assertThat(send(login(relay.port(), "secret", trusting), "ann@example.com"))
          .isInstanceOf(Answer.Accepted.class);
      assertThat(send(login(relay.port(), "wrong", trusting), "ann@example.com"))
          .isInstanceOf(Answer.Busy.class);
      assertThat(relay.received()).hasSize(1).allMatch(TestRelay.Received::encrypted);
    }
    try (StagedRelay withoutTls = new StagedRelay("none", Optional.empty())) {
      assertThat(send(login(withoutTls.port(), "secret", Map.of()), "ann@example.com"))
          .isInstanceOf(Answer.Busy.class);
      assertThat(withoutTls.heard()).noneMatch(line -> line.startsWith("AUTH"));
    }
  }

  @Test
  void aRealServersRefusalsAtEachStage() throws Exception {
    try (TestRelay relay = TestRelay.open()) {
      RelayTransport transport = to(relay.port());
      relay.refuse("from", 550, "5.7.1 not you");
      assertThat(send(transport, "ann@example.com"))
          .isEqualTo(new Answer.Refused(Optional.of("550"), "5.7.1 not you", List.of()));
      relay.refuse("from", 451, "4.7.1 later");
      assertThat(send(transport, "ann@example.com")).isEqualTo(new Answer.Busy("4.7.1 later"));
      relay.refuse("recipient ann@example.com", 550, "5.1.1 unknown");
      assertThat(send(transport, "ann@example.com"))
          .isEqualTo(
              new Answer.Refused(
                  Optional.of("550"),
                  "5.1.1 unknown",
                  List.of(new Refusal("ann@example.com", Optional.of("550"), "5.1.1 unknown"))));
      assertThat(send(transport, "ann@example.com", "bob@example.com"))
          .isInstanceOfSatisfying(
              Answer.Accepted.class,
              accepted ->
                  assertThat(accepted.refused())
                      .extracting(Refusal::address)
                      .containsExactly("ann@example.com"));
      assertThat(relay.received().getFirst().recipients()).containsExactly("bob@example.com");
      relay.refuse("recipient ann@example.com", 450, "4.2.1 greylisted");
      assertThat(send(transport, "bob@example.com", "ann@example.com"))
          .isEqualTo(new Answer.Busy("4.2.1 greylisted"));
      relay.refuse("data", 554, "5.6.0 spam");
      assertThat(send(transport, "ann@example.com"))
          .isEqualTo(new Answer.Refused(Optional.of("554"), "5.6.0 spam", List.of()));
      relay.refuse("data", 452, "4.3.1 full");
      assertThat(send(transport, "ann@example.com")).isEqualTo(new Answer.Busy("4.3.1 full"));
      assertThat(relay.received()).hasSize(1);
    }
  }

  @Test
  void aConnectionThatEndsBeforeTheDataHasSentNothing() throws Exception {
    for (String stage : List.of("connect", "ehlo", "mail", "rcpt", "data")) {
      assertThat(staged(stage, Optional.empty())).as(stage).isInstanceOf(Answer.Busy.class);
    }
  }

  @Test
  void oneThatEndsAfterTheDataMayHaveSent() throws Exception {
    assertThat(staged(".", Optional.empty())).isInstanceOf(Answer.Lost.class);
  }

  @Test
  void aReplyToTheDataIsAnAnswerHoweverLate() throws Exception {
    assertThat(staged(".", Optional.of("421 4.3.2 going down"))).isInstanceOf(Answer.Busy.class);
    assertThat(staged(".", Optional.of("550 5.7.1 spam"))).isInstanceOf(Answer.Refused.class);
    assertThat(staged("data", Optional.of("451 4.3.0 not now"))).isInstanceOf(Answer.Busy.class);
    assertThat(staged("data", Optional.of("554 5.5.1 no"))).isInstanceOf(Answer.Refused.class);
    assertThat(staged("connect", Optional.of("421 too many"))).isInstanceOf(Answer.Busy.class);
    assertThat(staged("quit", Optional.empty())).isInstanceOf(Answer.Accepted.class);
  }

  @Test
  void noConnectionMeansNothingWasSent() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0)) {
      port = taken.getLocalPort();
    }

    assertThat(send(to(port), "ann@example.com")).isInstanceOf(Answer.Busy.class);
  }

  @Test
  void addressesBeyondAsciiGoWhereTheRelayTakesThem() throws Exception {
    try (StagedRelay offers = new StagedRelay("none", Optional.empty())) {
      RelayTransport transport = to(offers.port());
      assertThat(transport.smtpUtf8()).isTrue();
      assertThat(send(transport, "jürgen@example.com")).isInstanceOf(Answer.Accepted.class);
      assertThat(offers.heard())
          .anyMatch(line -> line.startsWith("MAIL FROM:") && line.endsWith(" SMTPUTF8"));
    }
    try (StagedRelay offersNot =
        new StagedRelay("ehlo", Optional.of("250-relay.example.net\r\n250 SIZE"))) {
      RelayTransport transport = to(offersNot.port());
      assertThat(transport.smtpUtf8()).isFalse();
      assertThat(send(transport, "jürgen@example.com")).isInstanceOf(Answer.Refused.class);
      assertThat(offersNot.heard()).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void withoutAnAddressForBouncesNothingIsSent() throws Exception {
    try (TestRelay relay = TestRelay.open()) {
      RelayTransport transport =
          new RelayTransport(
              settings(relay.port(), Optional.empty()),
              (_, _) -> {
                throw new DeferredException("conflict", new IllegalStateException());
              },
              () -> NOW);

      assertThat(send(transport, "ann@example.com")).isInstanceOf(Answer.Busy.class);
      assertThat(relay.received()).isEmpty();
    }
  }

  private static Answer staged(String command, Optional<String> reply) throws IOException {
    try (StagedRelay relay = new StagedRelay(command, reply)) {
      return send(to(relay.port()), "ann@example.com");
    }
  }

  private static Answer send(RelayTransport transport, String... recipients) {
    return transport.send(
        new Envelope("agent@daimon.email", List.of(recipients), TAGS, "<m@daimon.email>"),
        MAIL.getBytes(UTF_8));
  }

  private static RelayTransport to(int port) {
    return new RelayTransport(settings(port, Optional.empty()), (_, _) -> RETURN_PATH, () -> NOW);
  }

  private static RelayTransport login(int port, String password, Map<String, String> more) {
    return new RelayTransport(
        settings(port, Optional.of(new Login("me", password))),
        (_, _) -> RETURN_PATH,
        () -> NOW,
        more);
  }

  private static RelaySettings settings(int port, Optional<Login> login) {
    return new RelaySettings("localhost", port, login, "daimon.email");
  }
}
