package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Webhook;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which events a webhook is to be told again.
 *
 * @param inboxId the inbox that it hears of; empty for the whole account
 * @param events names of types
 * @param since of the events, inclusive
 * @param until of the events, exclusive
 * @param askedAt what was told since then is not told again
 */
public record Replay(
    String webhookId,
    String accountId,
    Optional<String> inboxId,
    Set<String> events,
    Which which,
    Instant since,
    Instant until,
    Instant askedAt) {
  public Replay {
    requireNonNull(webhookId, "webhookId is null");
    requireNonNull(accountId, "accountId is null");
    requireNonNull(inboxId, "inboxId is null");
    events = Set.copyOf(events);
    requireNonNull(which, "which is null");
    requireNonNull(since, "since is null");
    requireNonNull(until, "until is null");
    requireNonNull(askedAt, "askedAt is null");
  }

  /** Which of the events of its time. */
  public enum Which {
    /** All that happened, told or not. */
    ALL,
    /** All that happened and did not reach the webhook, such as while it was disabled. */
    UNDELIVERED,
    /** Those that were given up. */
    FAILED,
    /** Those that reached it. */
    DELIVERED;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Of what a webhook hears of. */
  public static Replay of(
      Webhook webhook, Set<String> events, Which which, Instant since, Instant until, Instant now) {
    return new Replay(
        webhook.id(), webhook.accountId(), webhook.inboxId(), events, which, since, until, now);
  }

  /** The job that carries it out. */
  public Job job(String id) {
    Map<String, String> detail = new HashMap<>();
    detail.put(Job.WEBHOOK, webhookId);
    inboxId.ifPresent(inbox -> detail.put("inbox_id", inbox));
    detail.put("events", String.join(",", events));
    detail.put("which", which.name());
    detail.put("since", Long.toString(since.toEpochMilli()));
    detail.put("until", Long.toString(until.toEpochMilli()));
    detail.put("asked_at", Long.toString(askedAt.toEpochMilli()));
    return new Job(
        id,
        Job.Type.REPLAY_WEBHOOK,
        accountId,
        inboxId.orElse(""),
        Optional.empty(),
        0,
        Instant.EPOCH,
        detail);
  }

  /** Reads {@link #job}. */
  public static Replay of(Job job) {
    return new Replay(
        job.webhookId(),
        job.accountId(),
        Optional.of(job.detail("inbox_id")).filter(id -> !id.isEmpty()),
        Arrays.stream(job.detail("events").split(",")).collect(Collectors.toSet()),
        Which.valueOf(job.detail("which")),
        time(job, "since"),
        time(job, "until"),
        time(job, "asked_at"));
  }

  private static Instant time(Job job, String name) {
    return Instant.ofEpochMilli(Long.parseLong(job.detail(name)));
  }
}
