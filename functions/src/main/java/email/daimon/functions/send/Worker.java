package email.daimon.functions.send;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.send.Release.Decision;
import email.daimon.functions.send.Transport.Answer;
import email.daimon.functions.send.Transport.Envelope;
import email.daimon.functions.store.BlobMissingException;
import email.daimon.functions.store.DeferredException;
import email.daimon.functions.store.Documents.Found;
import email.daimon.functions.store.SendJob;
import email.daimon.functions.store.SendQuota.Exhausted;
import email.daimon.functions.store.SendQuota.Need;
import email.daimon.functions.store.Sends;
import email.daimon.functions.store.Sends.Claim;
import email.daimon.functions.store.Sends.Task;
import email.daimon.model.Account;
import email.daimon.model.AccountStatus;
import email.daimon.model.Message;
import email.daimon.model.Outgoing;
import email.daimon.model.SendRecipient;
import email.daimon.model.SendTags;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Sends one mail: release, claim, compose, mark, call, settle. A kill before the mark is made good
 * by whoever comes next; after it the mail is unknown until a report settles it, and is never sent
 * again by itself.
 */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** RFC 5321 4.5.4.1: at least 4 to 5 days. */
  private static final Duration GIVE_UP_AFTER = Duration.ofDays(5);

  private static final Duration WHILE_PAUSED = Duration.ofMinutes(30);
  private static final int SETTLE_ATTEMPTS = 5;
  private final Sends sends;
  private final Release release;
  private final Assembly assembly;
  private final Transport transport;
  private final IntFunction<Optional<Duration>> pace;
  private final Supplier<String> attempts;
  private final InstantSource clock;

  /**
   * @param pace how long to wait before a mail to so many recipients may be handed on; empty where
   *     it may be now
   * @param attempts new names of attempts
   */
  Worker(
      Sends sends,
      Release release,
      Assembly assembly,
      Transport transport,
      IntFunction<Optional<Duration>> pace,
      Supplier<String> attempts,
      InstantSource clock) {
    this.sends = requireNonNull(sends, "sends is null");
    this.release = requireNonNull(release, "release is null");
    this.assembly = requireNonNull(assembly, "assembly is null");
    this.transport = requireNonNull(transport, "transport is null");
    this.pace = requireNonNull(pace, "pace is null");
    this.attempts = requireNonNull(attempts, "attempts is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Does what there is to do for one mail.
   *
   * @throws DeferredException where it has to be asked for again later
   */
  void send(SendJob job) {
    Optional<Task> task = sends.find(job);
    if (task.isEmpty()) {
      LOG.warn("{} is no mail to send", job.key().id());
      return;
    }
    switch (release.decide(task.get().account(), task.get().message(), clock.instant())) {
      case Decision.Stay(String why) -> LOG.info("{} stays: {}", job.key().id(), why);
      case Decision.Go(Optional<Need> need) -> claim(task.get(), need);
    }
  }

  private void claim(Task task, Optional<Need> need) {
    String id = task.message().id();
    switch (sends.claim(task.account(), task.message(), attempts.get(), need)) {
      case Claim.Nothing(String why) -> LOG.debug("{}: {}", id, why);
      case Claim.NothingLeft(Exhausted limit) -> {
        Instant now = clock.instant();
        LOG.info("{} stays: {}", id, release.without(task.account(), task.message(), limit, now));
      }
      case Claim.Mine(Message message) ->
          attempt(task.account(), new Found(message, task.mail().beside()));
    }
  }

  private void attempt(Account account, Found found) {
    Message message = found.message();
    Instant now = clock.instant();
    if (account.status() != AccountStatus.ACTIVE) {
      sends.release(message, now.plus(WHILE_PAUSED));
      return;
    }
    byte[] mail;
    try {
      mail = assembly.compose(found, now);
    } catch (BlobMissingException | IllegalArgumentException | IllegalStateException e) {
      LOG.error("{} cannot be composed", message.id(), e);
      settle(account, message, way -> Settlement.failed(way, "it cannot be composed", now));
      return;
    } catch (IOException e) {
      LOG.warn("{} could not be read", message.id(), e);
      throw later(message, "its parts could not be read");
    }
    Optional<Duration> wait = pace.apply(message.outgoing().orElseThrow().recipients().size());
    if (wait.isPresent()) {
      throw later(message, "the transport's rate is reached");
    }
    keep(message, mail);
    Optional<Message> marked = sends.attempting(message);
    if (marked.isEmpty()) {
      LOG.info("{} is no longer ours", message.id());
      return;
    }
    hand(account, marked.get(), mail);
  }

  // Before the mark: what fails here leaves nothing in doubt.
  private void keep(Message message, byte[] mail) {
    try {
      assembly.keep(message, mail);
    } catch (SdkException e) {
      LOG.warn("{} could not be kept as it leaves", message.id(), e);
      throw later(message, "it could not be kept as it leaves");
    }
  }

  private void hand(Account account, Message message, byte[] mail) {
    Answer answer = call(message, mail);
    Instant now = clock.instant();
    switch (answer) {
      case Answer.Accepted accepted ->
          settle(account, message, way -> Settlement.accepted(way, accepted, now));
      case Answer.Refused refused ->
          settle(account, message, way -> Settlement.refused(way, refused, now));
      case Answer.Busy(String reason) -> busy(account, message, reason, now);
      case Answer.Lost(String reason) -> {
        LOG.warn("{}: the answer was lost: {}", message.id(), reason);
        settle(account, message, way -> Settlement.lost(way, now));
      }
    }
  }

  private Answer call(Message message, byte[] mail) {
    Outgoing way = message.outgoing().orElseThrow();
    Envelope envelope =
        new Envelope(
            message.from(),
            way.recipients().stream().map(SendRecipient::address).toList(),
            new SendTags(message.accountId(), message.inboxId(), message.key(), way.attempt()),
            message.messageId());
    try {
      return transport.send(envelope, mail);
    } catch (RuntimeException e) {
      LOG.error("{}: the transport failed", message.id(), e);
      return new Answer.Lost(String.valueOf(e.getMessage()));
    }
  }

  private void busy(Account account, Message message, String reason, Instant now) {
    Outgoing way = message.outgoing().orElseThrow();
    Instant since = way.sendAt().orElseGet(message::storedAt);
    if (since.plus(GIVE_UP_AFTER).isBefore(now)) {
      settle(account, message, open -> Settlement.failed(open, reason, now));
      return;
    }
    throw later(message, reason);
  }

  // Back in the queue, where the next one to come takes it.
  private DeferredException later(Message message, String reason) {
    sends.release(message, clock.instant().plus(Sends.UNTIL_SWEPT));
    return new DeferredException(message.id() + ": " + reason);
  }

  // What the transport has said must not be lost to a busy store: it would be said to be unknown.
  private void settle(Account account, Message message, Function<Outgoing, Outgoing> change) {
    for (int attempt = 1; ; attempt++) {
      try {
        sends.settle(account, message, change);
        return;
      } catch (DeferredException e) {
        if (attempt == SETTLE_ATTEMPTS) {
          LOG.error("{}: its outcome could not be stored", message.id(), e);
          return;
        }
      }
    }
  }
}
