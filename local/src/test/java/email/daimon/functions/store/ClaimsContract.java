package email.daimon.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.Wiring;
import email.daimon.functions.store.Claims.Claim;
import email.daimon.functions.store.Claims.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every store of claims and of the signing secrets has to do. */
abstract class ClaimsContract {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Claim FIRST = new Claim("acc_a", "hash", "attempt-1");
  private static final Claim SECOND = new Claim("acc_a", "hash", "attempt-2");
  private static final Map<String, String> SENT = Map.of("to", "0123");

  /** A store with nothing in it. */
  abstract Wiring wiring();

  @Test
  void aClaimIsTakenOnce() {
    Claims claims = wiring().claims();
    assertThat(claims.take(FIRST, SENT, NOW)).isEqualTo(new Outcome.Taken());
    assertThat(claims.take(FIRST, SENT, NOW))
        .as("a retry of the same")
        .isEqualTo(new Outcome.Taken());
    assertThat(claims.take(SECOND, SENT, NOW.plusSeconds(10)))
        .isEqualTo(new Outcome.InFlight(SENT, Duration.ofSeconds(20)));
    Claim elsewhere = new Claim("acc_b", "hash", "attempt-3");
    assertThat(claims.take(elsewhere, SENT, NOW)).isEqualTo(new Outcome.Taken());
  }

  @Test
  void aLeaseEnds() {
    Claims claims = wiring().claims();
    claims.take(FIRST, SENT, NOW);
    assertThat(claims.take(SECOND, SENT, NOW.plus(Claims.LEASE))).isEqualTo(new Outcome.Taken());
    claims.finish(FIRST, "too late");
    assertThat(claims.take(FIRST, SENT, NOW.plus(Claims.LEASE)))
        .isInstanceOf(Outcome.InFlight.class);
  }

  @Test
  void aReplyIsKeptForADay() {
    Claims claims = wiring().claims();
    claims.take(FIRST, SENT, NOW);
    claims.finish(FIRST, "reply");
    claims.release(FIRST);
    assertThat(claims.take(SECOND, SENT, NOW.plus(Claims.KEPT).minusSeconds(1)))
        .isEqualTo(new Outcome.Finished(SENT, "reply"));
    assertThat(claims.take(SECOND, SENT, NOW.plus(Claims.KEPT))).isEqualTo(new Outcome.Taken());
  }

  @Test
  void aReleasedClaimIsFree() {
    Claims claims = wiring().claims();
    claims.take(FIRST, SENT, NOW);
    claims.release(SECOND);
    assertThat(claims.take(SECOND, SENT, NOW)).isInstanceOf(Outcome.InFlight.class);
    claims.release(FIRST);
    assertThat(claims.take(SECOND, SENT, NOW)).isEqualTo(new Outcome.Taken());
  }

  @Test
  void theSecretIsMadeOnce() {
    Wiring wiring = wiring();
    byte[] made = wiring.signingSecrets().at(NOW).getFirst();
    assertThat(made).hasSize(32);
    assertThat(wiring.signingSecrets().at(NOW)).hasSize(1).first().isEqualTo(made);
  }

  @Test
  void theOperatorsInboxIsMadeOnce() {
    Wiring wiring = wiring();
    String id = wiring.operatorInbox().findOrMake().id();
    assertThat(wiring.operatorInbox().findOrMake().id()).isEqualTo(id);
    assertThat(wiring.inboxes().findByAddress("abuse@daimon.email").orElseThrow().id())
        .isEqualTo(id);
    assertThat(wiring.inboxes().findByAddress("abuse@elsewhere.example")).isEmpty();
  }
}
